"""Change the password while logged in (spec R3-15, R1-14)."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as memory
from werkzeug.wrappers import Response

from app.actions.change_password import change_password
from app.domain.accounts.throttling import Paused
from app.domain.people.model import Person
from app.domain.people.rules import hash_password
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.entering import where_to, who_knows
from app.web.account.room import blueprint
from app.web.account.typed import Typed, new_password
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter
from app.web.session import current_actor, require_login, session_token, whence


@blueprint.get("/tai-khoan/mat-khau")
def password() -> str:
    """The form."""
    require_login()
    return _page(None)


@blueprint.post("/tai-khoan/mat-khau")
@limiter.limit(attempts_allowed)
def change() -> tuple[str, int] | Response:
    """Whoever knows the old one may set a new one; other devices are logged out."""
    require_login()
    person = db.session().get_one(Person, current_actor().person_id)
    read = Typed(texts={})
    about = {"name": person.name, "email": person.email or "", "login": person.username}
    chosen, present = new_password(read, about), request.form.get("present", "")
    if chosen and chosen == present:
        read.wrong("password", gettext("The new password is the present one."))
    if not read.errors:
        prove_present(read, person, present)
    if read.errors:
        return _page(read.errors), 422
    hashed = hash_password(chosen, time_cost=current_app.config["PASSWORD_TIME_COST"])
    with transaction() as session:
        change_password(
            session,
            session.get_one(Person, person.id),
            hashed,
            keep=session_token(),
            whence=whence(),
            language=spoken(),
            at=now(),
        )
    forced = memory.pop("must_change", None)
    flash(gettext("Your password is changed. Other devices are logged out."), "success")
    goal = where_to(current_actor(), None) if forced else url_for("account.profile")
    return redirect(goal, 303)


def prove_present(read: Typed, person: Person, present: str) -> None:
    """A wrong password is counted here as it is at the log-in."""
    try:
        known = who_knows(person.username, present)
    except Paused as pause:
        read.wrong("present", str(pause))
        return
    if known is None:
        read.wrong("present", gettext("This is not your present password."))


def _page(errors: dict[str, list[str]] | None) -> str:
    return render_template(
        "account/password.html", errors=errors, forced=bool(memory.get("must_change"))
    )
