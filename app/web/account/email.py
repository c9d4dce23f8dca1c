"""Change the e-mail address: asked for with the password, done by the link sent there."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.change_email import ask_new_email
from app.domain.accounts.emails import meant
from app.domain.people.model import Person
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.password import prove_present
from app.web.account.room import blueprint
from app.web.account.typed import Typed, typed
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter
from app.web.session import current_actor, require_login


@blueprint.get("/tai-khoan/email")
def email() -> str:
    """The form."""
    require_login()
    return _page(Typed(texts={}))


@blueprint.post("/tai-khoan/email")
@limiter.limit(attempts_allowed)
def change_email() -> tuple[str, int] | Response:
    """Promise a link to the new address."""
    require_login()
    read = typed(("email",))
    person = db.session().get_one(Person, current_actor().person_id)
    hint = None if read.errors else meant(read.texts["email"])
    if hint and request.form.get("sure") != read.texts["email"]:
        return _page(read, hint), 422
    if not read.errors:
        prove_present(read, person, request.form.get("present", ""))
    if read.errors:
        return _page(read), 422
    with transaction() as session:
        ask_new_email(session, person, read.values["email"], language=spoken(), at=now())
    sent = gettext("We have sent a link to %(email)s. Your address changes when you open it.")
    flash(sent % {"email": read.values["email"]}, "success")
    return redirect(url_for("account.profile"), 303)


def _page(read: Typed, hint: str | None = None) -> str:
    return render_template("account/email.html", typed=read.texts, errors=read.errors, hint=hint)
