"""Where the carrier says what became of a parcel."""

from typing import Any

from flask import current_app, jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.actions.postal.follow_parcel import hear_carrier
from app.domain.postal.messages import UNREADABLE
from app.domain.postal.vnpost import carrier_of
from app.foundation.clock import now
from app.foundation.db import transaction
from app.web.portal.room import blueprint
from app.web.security import limiter


@blueprint.post("/buu-chinh/trang-thai")
@limiter.limit(lambda: str(current_app.config["POSTAL_RATE_LIMIT"]))
def carrier_callback() -> Response:
    """Take what the carrier says; his signature is what opens this door."""
    carrier = carrier_of(current_app.config)
    if carrier is None:
        raise NotFound
    message: Any = request.get_json(silent=True)
    if not isinstance(message, dict):
        return jsonify(carrier.answer(UNREADABLE))
    with transaction() as session:
        code = hear_carrier(session, carrier, message, at=now())
    return jsonify(carrier.answer(code))
