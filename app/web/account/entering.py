"""The way in, whichever page somebody comes from: a secret is checked, then a session begins."""

from flask import current_app, redirect, render_template, request, url_for
from flask import session as memory
from werkzeug.wrappers import Response

from app.actions.draft_dossier import adopt_drafts
from app.actions.log_in import accept_secret, begin_session, known_person, refuse_secret
from app.domain.accounts.model import Account, LogInMethod
from app.domain.accounts.throttling import ensure_open
from app.domain.accounts.totp import sealed
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

#: Seconds between the password and the code.
HALF_LIFE = 300
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


def after_password(person: Person, login: str, wanted: str, kept: str) -> Response | str:
    """Whoever knew the password comes in, or is asked for a code first."""
    account = db.session().get(Account, person.id)
    if account is None or account.totp_since is None:
        return come_in(person.id, login, LogInMethod.PASSWORD, wanted, kept)
    memory["half"] = [person.id, now().timestamp()]
    with transaction() as writing:
        accept_secret(writing, login)
    return render_template("account/second_step.html", next=wanted, kept=kept, errors=None)


def half_way() -> int | None:
    """Who has told the password in this browser a moment ago and still owes the code."""
    person_id, at = memory.get("half", (None, 0))
    return person_id if now().timestamp() - at < HALF_LIFE else None


def come_in(
    person_id: int,
    login: str,
    method: LogInMethod,
    wanted: str | None,
    kept: str | None,
    *,
    id_token: str = "",
) -> Response | str:
    """Begin a session and lead on: to where the reader was, with what he had typed."""
    at = now()
    with transaction() as writing:
        accept_secret(writing, login)
        account = writing.get(Account, person_id)
        must_change = account is not None and account.must_change_password
        token = begin_session(
            writing,
            person_id,
            method=method,
            life=LIFE,
            whence=whence(),
            at=at,
            id_token=sealed(id_token, secret_key()) if id_token else None,
        )
    log_in(token, must_change_password=must_change)
    actor = current_actor()
    if _must_enrol(actor, account):
        memory["must_enrol"] = True
    _take_drafts_along(actor)
    if must_change or "must_enrol" in memory:
        goal = "account.password" if must_change else "account.two_steps"
        return redirect(url_for(goal), 303)
    if page := kept_posts.continued(kept):
        return page
    return redirect(where_to(actor, wanted), 303)


def where_to(actor: Actor, wanted: str | None) -> str:
    """Where the reader came from, else the room he works in."""
    if path := safe_path(wanted):
        return path
    if does_casework(actor):
        return url_for("desk.inbox")
    own = next((room for role, room in ROOMS.items() if actor.holds(role)), "portal.home")
    return url_for(own)


def ensure_all_set() -> Response | None:
    """Before every request: first a password of one's own, then the second step if it is wanted.

    Until then a session opens nothing but the pages for these.
    """
    owed = next((key for key in _OWED if memory.get(key)), None)
    if owed is None or request.endpoint in _ALWAYS | _OWED[owed]:
        return None
    if request.path.startswith("/api/") or current_actor().person_id is None:
        return None
    goal = "account.password" if owed == "must_change" else "account.two_steps"
    return redirect(url_for(goal), 303)


_ALWAYS = frozenset({"static", "account.logout", "account.language"})
_OWED = {
    "must_change": frozenset({"account.password", "account.change"}),
    "must_enrol": frozenset(
        {"account.two_steps", "account.begin", "account.scan", "account.qr", "account.confirm"}
    ),
}


def _must_enrol(actor: Actor, account: Account | None) -> bool:
    wanted = current_app.config["OFFICER_TOTP"] == "required" and actor.is_staff
    return wanted and (account is None or account.totp_since is None)


def _take_drafts_along(actor: Actor) -> None:
    """What he began before he logged in is his; an officer's screen serves many citizens."""
    drafts = remembered_drafts()
    if drafts and not actor.is_staff:
        with transaction() as writing:
            adopt_drafts(writing, drafts, actor=actor)


def secret_key() -> str:
    """What challenges and kept posts are signed with."""
    return str(current_app.config["SECRET_KEY"])
