"""Everything that goes wrong, as a page in the reader's language; the API tells it its own way."""

import secrets

import structlog
from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from app.foundation.db import db
from app.foundation.errors import Conflict, HouseError, Invalid, NotAllowed, NotFound
from app.web import kept_posts
from app.web.security import API
from app.web.session import LogInFirst, ProveItFirst, current_actor, here

Page = tuple[str, int] | tuple[str, int, Headers]

#: Kind of house error -> HTTP status; the first that fits counts.
STATUSES: tuple[tuple[type[HouseError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (HouseError, 500),
)
#: What PostgreSQL says when two transactions stood in each other's way, or one waited too long.
COLLISIONS = frozenset({"40001", "40P01", "55P03", "57014"})

#: Rooms whose pages have the navigation of those who work here.
STAFF_ROOMS = frozenset({"desk", "audit", "admin"})

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Answer addresses that no room has; what fails inside a room is the room's."""
    app.before_request(unknown_address)


def handle_errors(room: Blueprint) -> None:
    """Let a room's failures end here; `HTTPException` includes the unexpected 500."""
    room.register_error_handler(LogInFirst, _log_in)
    room.register_error_handler(ProveItFirst, _prove)
    room.register_error_handler(HouseError, house_page)
    room.register_error_handler(DBAPIError, _database)
    room.register_error_handler(HTTPException, http_page)


def unknown_address() -> Page | None:
    """Routing fails before a room is known, so its handlers would never be asked."""
    error = request.routing_exception
    if error is None or request.path.startswith(API) or (error.code or 0) < 400:
        return None
    return http_page(error)


def page(status: int, message: str = "", reference: str = "") -> tuple[str, int]:
    """The error page; it asks the database nothing when the database may be the trouble."""
    known = {"actor": None} if status >= 500 else {"at_work": _is_at_work()}
    shown = render_template(
        "errors/error.html", status=status, message=message, reference=reference, **known
    )
    return shown, status


def _is_at_work() -> bool:
    """Whether it went wrong for somebody who works here, in a room for those."""
    return request.blueprint in STAFF_ROOMS and current_actor().is_staff


def house_page(error: HouseError) -> Page:
    """A failure that a person can understand."""
    words = [str(error)]
    if isinstance(error, Invalid):
        words += [message for messages in error.errors.values() for message in messages]
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    return page(status, " ".join(words))


def http_page(error: HTTPException) -> Page:
    """A failure of the protocol, or one that nobody foresaw."""
    if isinstance(error, InternalServerError):
        return _unexpected(error.original_exception or error)
    # A page that exists for another method only is, to a reader, a page that does not exist.
    shown, status = page(404 if error.code == 405 else error.code or 500)
    # What a browser is told beside the page, for example how long a file really is.
    told = [(name, text) for name, text in error.get_headers() if name != "Content-Type"]
    return shown, status, Headers(told)


def _unexpected(error: BaseException) -> Page:
    """The reader gets a number under which the log tells more."""
    db.session.rollback()
    reference = secrets.token_hex(4)
    log.error("unexpected", reference=reference, path=request.path, exc_info=error)
    return page(500, reference=reference)


def _database(error: DBAPIError) -> Page:
    """Two people at once, or no answer in time: ask to try again. Anything else is a bug."""
    db.session.rollback()
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, OperationalError) or state in COLLISIONS:
        log.warning("database_busy", path=request.path, state=state)
        return page(503)
    if current_app.testing:
        raise error
    return _unexpected(error)


def _log_in(_error: LogInFirst) -> Response | Page:
    if kept := kept_posts.kept():
        # A session that ended while somebody wrote loses nothing.
        return render_template("account/login.html", username="", next="", kept=kept), 401
    back = here() if request.method == "GET" else None
    return redirect(url_for("account.login", next=back), 303)


def _prove(error: ProveItFirst) -> Response | Page:
    code = error.dossier_code
    if kept := kept_posts.kept():
        # Nor does the hour of a visitor's proof.
        return render_template("portal/lookup.html", code=code, identity="", kept=kept), 401
    return redirect(url_for("portal.lookup", code=code), 303)
