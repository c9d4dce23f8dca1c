"""Doors that another house knocks at by itself: its signature is what opens them."""

from collections.abc import Callable
from typing import Any, Protocol

from flask import jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.foundation.clock import now
from app.foundation.db import transaction


class Partner(Protocol):
    """A house that we are connected with."""

    def answer(self, code: str) -> dict[str, Any]:
        """How its messages are answered."""


def take_callback(
    partner: Partner | None, hear: Callable[..., str], *, unreadable: str
) -> Response:
    """Let the verb `hear` take a message of the partner's, and answer with the code it gives.

    Raises NotFound where we are not connected.
    """
    if partner is None:
        raise NotFound
    message: Any = request.get_json(silent=True)
    if not isinstance(message, dict):
        return jsonify(partner.answer(unreadable))
    with transaction() as session:
        code = hear(session, partner, message, at=now())
    return jsonify(partner.answer(code))
