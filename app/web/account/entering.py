"""The way in, whichever page somebody comes from: a secret is checked, then a session begins."""

from flask import current_app, redirect, render_template, request, url_for
from flask import session as memory
from werkzeug.wrappers import Response

from app.actions.draft_dossier import adopt_drafts
from app.actions.log_in import accept_secret, begin_session, known_person, refuse_secret
from app.domain.accounts.model import Account, LogInMethod
from app.domain.accounts.throttling import ensure_open
from app.domain.people.model import Person
from app.domain.people.rules import password_fits
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.web import kept_posts
from app.web.account.room import LONGEST
from app.web.addresses import safe_path
from app.web.language import spoken
from app.web.navigation import does_casework
from app.web.session import LIFE, current_actor, log_in, remembered_drafts, whence

#: Where those begin their day for whom no case work waits.
ROOMS = {
    "auditor": "audit.search",
    "province_admin": "admin.calendars",
    "unit_admin": "admin.calendars",
    "analyst": "portal.procedures",
}


def who_knows(login: str, password: str) -> Person | None:
    """Whoever has that name and that password; a wrong pair is counted. Raises Paused.

    A name that nobody has costs as much work as any other.
    """
    at, here = now(), whence()
    ensure_open(db.session(), login, here.remote, at)
    person = known_person(db.session(), login)
    right = password_fits(person.password_hash if person else None, password[:LONGEST])
    if person is None or not right:
        with transaction() as writing:
            refuse_secret(writing, login, person, whence=here, language=spoken(), at=at)
        return None
    return person


def come_in(
    person_id: int, login: str, method: LogInMethod, wanted: str | None, kept: str | None
) -> Response | str:
    """Begin a session and lead on: to where the reader was, with what he had typed."""
    at = now()
    with transaction() as writing:
        accept_secret(writing, login)
        account = writing.get(Account, person_id)
        must_change = account is not None and account.must_change_password
        token = begin_session(writing, person_id, method=method, life=LIFE, whence=whence(), at=at)
    log_in(token, must_change_password=must_change)
    actor = current_actor()
    _take_drafts_along(actor)
    if must_change:
        return redirect(url_for("account.password"), 303)
    if post := kept_posts.opened(kept):
        return render_template("account/continue.html", post=post)
    return redirect(where_to(actor, wanted), 303)


def where_to(actor: Actor, wanted: str | None) -> str:
    """Where the reader came from, else the room he works in."""
    if path := safe_path(wanted):
        return path
    if does_casework(actor):
        return url_for("desk.inbox")
    own = next((room for role, room in ROOMS.items() if actor.holds(role)), "portal.home")
    return url_for(own)


def ensure_password_changed() -> Response | None:
    """Before every request: a password issued by others opens nothing but its own change."""
    if not memory.get("must_change") or request.endpoint in _STILL_OPEN:
        return None
    if request.path.startswith("/api/") or current_actor().person_id is None:
        return None
    return redirect(url_for("account.password"), 303)


_STILL_OPEN = frozenset(
    {"static", "account.password", "account.change", "account.logout", "account.language"}
)


def _take_drafts_along(actor: Actor) -> None:
    """What he began before he logged in is his; an officer's screen serves many citizens."""
    drafts = remembered_drafts()
    if drafts and not actor.is_staff:
        with transaction() as writing:
            adopt_drafts(writing, drafts, actor=actor)


def secret_key() -> str:
    """What challenges and kept posts are signed with."""
    return str(current_app.config["SECRET_KEY"])
