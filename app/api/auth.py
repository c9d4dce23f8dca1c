"""Who calls: the bearer token, and nothing else; a cookie is never looked at."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from app.domain.people.queries import actor_with_token
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db

#: What `issue_token` can make, with room to grow; anything else is not worth a query.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,128}")
REALM = "mot-cua"
R = TypeVar("R")


def authenticated(view: Callable[..., R]) -> Callable[..., R]:
    """Give the view its actor as first argument; 401 without a valid token."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> R:
        return view(bearer(), *args, **kwargs)

    return guarded


def bearer() -> Actor:
    """Whoever holds the token of this request, in one statement; raises Unauthorized."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": REALM}))
    token = token.strip()
    actor = actor_with_token(db.session(), token, now()) if _TOKEN.fullmatch(token) else None
    if actor is None:
        told: dict[str, str | None] = {"realm": REALM, "error": "invalid_token"}
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", told))
    return actor
