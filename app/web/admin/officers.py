"""Passwords of the officers of one's own unit (spec R0-11, R0-13)."""

from flask import current_app, render_template, request

from app.actions.change_password import issued_password
from app.actions.issue_password import issue_password, officers_of
from app.domain.people.model import Person
from app.domain.people.queries import person_by_username
from app.domain.people.rules import hash_password
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.web.admin.room import blueprint
from app.web.session import current_actor, require_role, whence


@blueprint.get("/quan-tri/can-bo")
def officers() -> str:
    """Everybody in the units whose IT officer the reader is."""
    require_role("unit_admin")
    return _page(None, "")


@blueprint.post("/quan-tri/can-bo")
def issue() -> str:
    """Issue a password, shown this once; it has to be changed at the first log-in."""
    require_role("unit_admin")
    password = issued_password()
    hashed = hash_password(password, time_cost=current_app.config["PASSWORD_TIME_COST"])
    with transaction() as session:
        person = person_by_username(session, request.form.get("username", "")[:80])
        issue_password(
            session,
            person,
            hashed,
            actor=current_actor(),
            whence=whence(),
            at=now(),
            lost_phone="lost_phone" in request.form,
        )
    return _page(person, password)


def _page(person: Person | None, password: str) -> str:
    session = db.session()
    return render_template(
        "admin/officers.html",
        rows=officers_of(session, current_actor(), now()),
        person=person,
        password=password,
    )
