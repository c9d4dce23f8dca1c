"""Who is behind this request, and what the signed session remembers of a visitor."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.local import LocalProxy

from app.actions.end_session import touch_session
from app.domain.accounts.events import Whence
from app.domain.accounts.queries import Opened, opened_by
from app.foundation.actor import VISITOR, Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import NotAllowed
from app.foundation.text import lazy_gettext
from app.web.security import API

#: Somebody who forgets to log out is logged out after a working day.
LIFE = timedelta(hours=12)
#: However often he asks to stay, one log-in lasts no longer than this.
LONGEST_LIFE = timedelta(hours=24)
#: When a session was last used is noted to so many minutes; not every page shall write.
TOUCHED_EVERY = timedelta(minutes=10)
#: The session is a cookie of at most 4 KB: only the newest names are kept.
KEPT = 20
#: How long one proof keeps a dossier open to a visitor; shared computers are common.
OPEN_FOR = timedelta(minutes=60)

login_manager = LoginManager()
login_manager.session_protection = "basic"


class LogInFirst(NotAllowed):
    """The page is for people who are logged in."""

    message = lazy_gettext("Please log in first.")


class ProveItFirst(NotAllowed):
    """A visitor must say code and identity number before a dossier is shown."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.dossier_code = code


class PageSessions(SecureCookieSessionInterface):
    """A signed cookie for the pages; the API, which knows tokens only, has no session."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie remembers."""
        return None if request.path.startswith(API) else super().open_session(app, request)


class LoggedIn(UserMixin):
    """What Flask-Login carries around: the name of a stored session, and whose it is."""

    def __init__(self, token: str, opened: Opened | None = None) -> None:
        self.id = token
        self.opened = opened


def init_app(app: Flask) -> None:
    """Bind Flask-Login; give every template `here`, and the `actor`, looked up when first used."""
    app.session_interface = PageSessions()
    login_manager.init_app(app)
    app.context_processor(lambda: {"actor": LocalProxy(current_actor)})
    app.add_template_global(here)
    app.add_template_global(session_ending)
    app.after_request(_touch)


@login_manager.user_loader
def _load(token: str) -> LoggedIn | None:
    """Called once a request; None, hence logged out, for the locked and for ended sessions."""
    opened = opened_by(db.session(), token, now())
    return LoggedIn(token, opened) if opened else None


def _touch(response: Response) -> Response:
    """Note now and then that the session is in use."""
    opened = current_session() if "actor" in g and response.status_code < 500 else None
    if opened is not None and now() - opened.seen_at > TOUCHED_EVERY:
        with transaction() as writing:
            touch_session(writing, opened.session_id, at=now())
    return response


def current_actor() -> Actor:
    """The actor of this request; one statement at most, kept for the request."""
    if "actor" not in g:
        opened = frozenset(_opened())
        known = current_session()
        g.actor = replace(known.actor if known else VISITOR, opened_codes=opened)
    actor: Actor = g.actor
    return actor


def current_session() -> Opened | None:
    """The stored session of this request; None for a visitor."""
    opened: Opened | None = current_user.opened if current_user.is_authenticated else None
    return opened


def seconds_left(ends_at: datetime) -> int:
    """How long it is until then; nothing once it has passed."""
    return max(0, int((ends_at - now()).total_seconds()))


def session_ending() -> dict[str, Any] | None:
    """How long whoever is logged in stays so, and where he asks for more; None for visitors."""
    opened = current_session()
    if opened is None:
        return None
    return {"left": seconds_left(opened.expires_at), "url": url_for("account.stay")}


def session_token() -> str | None:
    """What the cookie of somebody logged in holds."""
    return str(current_user.id) if current_user.is_authenticated else None


def whence() -> Whence:
    """From where this request comes, for the log of an account."""
    return Whence(remote=request.remote_addr or "", browser=request.user_agent.string)


def log_in(token: str, *, must_change_password: bool = False) -> None:
    """Begin a fresh cookie, so that one planted beforehand is worth nothing."""
    kept = {key: session[key] for key in ("lang", "drafts") if key in session}
    session.clear()
    session.update(kept)
    if must_change_password:
        session["must_change"] = True
    login_user(LoggedIn(token, opened_by(db.session(), token, now())))
    g.pop("actor", None)


def log_out() -> None:
    """Forget everything but the language."""
    logout_user()
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    g.pop("actor", None)


def _was_logged_in() -> bool:
    """Whether the cookie still names a session that is over."""
    return "_user_id" in session and not current_user.is_authenticated


def open_code(code: str) -> None:
    """Remember that this reader has proved to own the dossier."""
    if _was_logged_in():
        # He goes on as a visitor: from now on the proof is what he is asked for.
        logout_user()
    opened = _opened() | {code: int(now().timestamp())}
    session["opened_at"] = dict(sorted(opened.items(), key=lambda pair: pair[1])[-KEPT:])
    g.pop("actor", None)


def close_code(code: str, draft_ids: Collection[str]) -> None:
    """Forget the proof, and the drafts the dossier was written as."""
    session["opened_at"] = {one: at for one, at in _opened().items() if one != code}
    session["drafts"] = [one for one in remembered_drafts() if one not in draft_ids]
    g.pop("actor", None)


def _opened() -> dict[str, int]:
    """Codes with the second of their proof, as far as it still counts."""
    since = (now() - OPEN_FOR).timestamp()
    return {code: at for code, at in session.get("opened_at", {}).items() if at > since}


def remember_draft(draft_id: str) -> None:
    """Let a visitor find his draft again."""
    others = [one for one in remembered_drafts() if one != draft_id]
    if remembered_drafts() != [*others, draft_id]:
        session["drafts"] = [*others, draft_id][-KEPT:]


def remembered_drafts() -> list[str]:
    """Drafts this browser has worked on."""
    return list(session.get("drafts", ()))


def require_login() -> None:
    """Guard of rooms for people with an account."""
    if current_actor().person_id is None:
        raise LogInFirst


def require_staff() -> None:
    """Guard of rooms for people who hold a seat."""
    require_login()
    if not current_actor().is_staff:
        raise NotAllowed


def require_role(role: str) -> None:
    """Guard of rooms for one role."""
    require_login()
    if not current_actor().holds(role):
        raise NotAllowed


def require_proof(code: str) -> None:
    """Guard of a dossier's pages: send a visitor who has proved nothing to the lookup.

    Whoever was logged in here until his session ended is asked to log in again.
    """
    actor = current_actor()
    if actor.person_id is None and code not in actor.opened_codes:
        raise LogInFirst if _was_logged_in() else ProveItFirst(code)


def here() -> str:
    """The address of this page, to come back to."""
    address = request.full_path if request.query_string else request.path
    # No page may carry it, not even the one that says there is no such address.
    return address.replace("\0", "")
