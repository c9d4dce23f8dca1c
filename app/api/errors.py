"""Every failure becomes `application/problem+json` (RFC 9457), here and nowhere else."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from flask import Blueprint, Flask, Response, current_app, request
from marshmallow import Schema, fields
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from app.foundation.errors import Conflict, HouseError, Invalid, NotAllowed, NotFound
from app.foundation.text import LazyString, lazy_gettext

MEDIA_TYPE = "application/problem+json"
#: Everything below is this door's.
PREFIX = "/api/"

#: What each kind of house error is in HTTP; any other kind is our own failure.
STATUS: Mapping[type[HouseError], HTTPStatus] = {
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
}

#: What failures of the protocol itself mean, in words.
DETAILS: Mapping[int, LazyString] = {
    400: lazy_gettext("The request cannot be read."),
    401: lazy_gettext("Send a valid access token."),
    403: lazy_gettext("You are not allowed to do this."),
    404: lazy_gettext("Not found."),
    405: lazy_gettext("This address does not take this method."),
    413: lazy_gettext("What was sent is too large."),
    415: lazy_gettext("This kind of content is not taken here."),
    422: lazy_gettext("Some answers are not valid."),
    429: lazy_gettext("Too many requests. Wait a little."),
    500: lazy_gettext("Something went wrong on our side. Nothing was changed."),
    503: lazy_gettext("The service is not ready."),
}

#: What PostgreSQL says when two transactions stood in each other's way, or one waited too long.
COLLISIONS = frozenset({"40001", "40P01", "55P03", "57014"})

log = structlog.get_logger()


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.Str(metadata={"examples": ["about:blank"]})
    title = fields.Str(metadata={"description": "Name of the HTTP status."})
    status = fields.Int(metadata={"description": "HTTP status."})
    detail = fields.Str(metadata={"description": "A sentence in the language asked for."})
    code = fields.Str(
        metadata={"description": "Stable name of the error.", "examples": ["TaskAlreadyDone"]}
    )
    errors = fields.Dict(
        keys=fields.Str(),
        values=fields.List(fields.Str()),
        metadata={"description": "Messages by field path, for example `members[0].name`."},
    )


def init_app(app: Flask) -> None:
    """Answer addresses and methods below /api/ that no resource has."""
    app.before_request(refuse_unknown_address)


def handle_errors(room: Blueprint) -> None:
    """Let a blueprint's failures end here; `HTTPException` includes the unexpected 500."""
    room.register_error_handler(HouseError, house_problem)
    room.register_error_handler(DBAPIError, database_problem)
    room.register_error_handler(HTTPException, http_problem)


def refuse_unknown_address() -> Response | None:
    """Routing fails before a blueprint is known, so its handlers would never be asked."""
    error = request.routing_exception
    if error is None or not request.path.startswith(PREFIX) or (error.code or 0) < 400:
        return None
    return http_problem(error)


def house_problem(error: HouseError) -> Response:
    """A failure that a person can understand."""
    status = status_of(error)
    if status >= 500:
        log.error("unexpected_failure", code=error.code, path=request.path)
    errors = error.errors if isinstance(error, Invalid) else {}
    return problem(status, code=error.code, detail=str(error), errors=errors)


def status_of(error: HouseError) -> HTTPStatus:
    """The HTTP status of a house error."""
    kinds = (status for kind, status in STATUS.items() if isinstance(error, kind))
    return next(kinds, HTTPStatus.INTERNAL_SERVER_ERROR)


def http_problem(error: HTTPException) -> Response:
    """A failure of the protocol; what was thrown inside the house is not told."""
    status = HTTPStatus(error.code or 500)
    data = getattr(error, "data", None) or {}
    answer = problem(
        status,
        code=type(error).__name__,
        detail=str(DETAILS.get(status, status.phrase)),
        errors=flat(data.get("messages", {})),
    )
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers.add(name, value)
    return answer


def database_problem(error: DBAPIError) -> Response:
    """Two callers at once, or no answer in time: try again. Anything else is a bug."""
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, OperationalError) or state in COLLISIONS:
        log.warning("database_busy", path=request.path, state=state)
        return http_problem(ServiceUnavailable(retry_after=1))
    if current_app.testing:
        raise error
    log.error("unexpected", path=request.path, exc_info=error)
    return http_problem(InternalServerError())


def problem(
    status: HTTPStatus, *, code: str, detail: str, errors: Mapping[str, list[str]]
) -> Response:
    """The answer; `errors` only where there are any."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
    }
    if errors:
        told["errors"] = errors
    body = orjson.dumps(told, default=str)
    return Response(body, status, content_type=MEDIA_TYPE)


def flat(messages: Any) -> dict[str, list[str]]:
    """Nested messages by path; the outermost key only says which part of the request it was."""
    if not isinstance(messages, Mapping):
        return {}
    return {
        where or "body": texts for part in messages.values() for where, texts in _paths(part, "")
    }


def _paths(messages: Any, path: str) -> list[tuple[str, list[str]]]:
    if not isinstance(messages, Mapping):
        texts = messages if isinstance(messages, list) else [messages]
        return [(path, [str(text) for text in texts])]
    found = []
    for key, part in messages.items():
        found += _paths(part, path if key == "_schema" else _longer(path, key))
    return found


def _longer(path: str, key: object) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
