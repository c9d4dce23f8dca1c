"""Log in, log out, choose a language."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.draft_dossier import adopt_drafts
from app.domain.people.queries import UnknownPerson, actor_of, person_by_username
from app.domain.people.rules import password_fits
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web import language as languages
from app.web.addresses import safe_path
from app.web.navigation import does_casework
from app.web.security import attempts_allowed, guesses_allowed, is_wrong, limiter
from app.web.session import current_actor, log_in, log_out, remembered_drafts

blueprint = Blueprint("account", __name__)

#: Nobody's password is longer; Argon2 is not to be fed megabytes.
LONGEST = 1000

#: Where those begin their day for whom no case work waits.
ROOMS = {
    "auditor": "audit.search",
    "province_admin": "admin.calendars",
    "unit_admin": "admin.calendars",
    "analyst": "portal.procedures",
}


@blueprint.get("/dang-nhap")
def login() -> str | Response:
    """The form; somebody who is inside already goes on."""
    if current_actor().person_id is not None:
        return redirect(_where_to(current_actor(), request.args.get("next")), 303)
    return _page(request.args.get("next", ""))


@blueprint.post("/dang-nhap")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"login:{_username()}", deduct_when=is_wrong)
def enter() -> tuple[str, int] | Response:
    """Let in who knows the password; say nothing about which half was wrong."""
    username = _username()
    actor = _who_is(username, request.form.get("password", ""))
    if actor is None:
        wrong = gettext("The user name or the password is not right.")
        return _page(request.form.get("next", ""), username, {"": [wrong]}), 422
    log_in(actor)
    _take_drafts_along(actor)
    return redirect(_where_to(actor, request.form.get("next")), 303)


@blueprint.post("/dang-xuat")
def logout() -> Response:
    """Forget who was here."""
    log_out()
    return redirect(url_for("portal.home"), 303)


@blueprint.post("/language")
def language() -> Response:
    """Speak the other language, on the same page."""
    languages.choose(request.form.get("lang"))
    return redirect(safe_path(request.form.get("next")) or url_for("portal.home"), 303)


def _page(wanted: str, username: str = "", errors: dict[str, list[str]] | None = None) -> str:
    return render_template(
        "account/login.html", username=username, next=safe_path(wanted) or "", errors=errors
    )


def _username() -> str:
    return request.form.get("username", "").strip()[:LONGEST]


def _take_drafts_along(actor: Actor) -> None:
    """What he began before he logged in is his; an officer's screen serves many citizens."""
    drafts = remembered_drafts()
    if drafts and not actor.is_staff:
        with transaction() as session:
            adopt_drafts(session, drafts, actor=actor)


def _who_is(username: str, password: str) -> Actor | None:
    session = db.session()
    try:
        person = person_by_username(session, username)
    except UnknownPerson:
        person = None
    stored = person.password_hash if person else None
    if not password_fits(stored, password[:LONGEST]) or person is None:
        return None
    return actor_of(session, person.id, now())


def _where_to(actor: Actor, wanted: str | None) -> str:
    """Where the reader came from, else the room he works in."""
    if path := safe_path(wanted):
        return path
    if does_casework(actor):
        return url_for("desk.inbox")
    own = next((room for role, room in ROOMS.items() if actor.holds(role)), "portal.home")
    return url_for(own)
