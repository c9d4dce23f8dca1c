"""Forgotten passwords: ask for a link, set a new one. No answer tells whether an account exists."""

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.change_password import ask_recovery, link_behind, recover
from app.domain.accounts.registrations import LinkPurpose, LinkVoid
from app.domain.people.model import Person
from app.domain.people.rules import hash_password
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.confirmation import void
from app.web.account.room import blueprint
from app.web.account.typed import Typed, new_password
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter
from app.web.session import whence

Page = str | tuple[str, int] | Response


@blueprint.get("/quen-mat-khau")
def recovery() -> str:
    """The form."""
    return render_template("account/recover.html", login="", errors=None)


@blueprint.post("/quen-mat-khau")
@limiter.limit(attempts_allowed)
def ask() -> Page:
    """Promise a link, whoever is meant."""
    login = request.form.get("login", "").strip()[:254]
    if not login:
        wrong = {"login": [gettext("Write your e-mail address or user name.")]}
        return render_template("account/recover.html", login="", errors=wrong), 422
    with transaction() as session:
        ask_recovery(session, login, language=spoken(), at=now())
    return redirect(url_for("account.recovery_sent"), 303)


@blueprint.get("/quen-mat-khau/da-gui")
def recovery_sent() -> str:
    """What happens next, the same for every name."""
    return render_template("account/recovery_sent.html")


@blueprint.get("/dat-lai-mat-khau/<token>")
@limiter.limit(attempts_allowed)
def new_start(token: str) -> Page:
    """The form for a new password."""
    try:
        link_behind(db.session(), token, LinkPurpose.RECOVER, now())
    except LinkVoid:
        return void("password")
    return render_template("account/new_password.html", errors=None)


@blueprint.post("/dat-lai-mat-khau/<token>")
@limiter.limit(attempts_allowed)
def start_anew(token: str) -> Page:
    """Set it, and log everybody out who was in with the old one."""
    try:
        link = link_behind(db.session(), token, LinkPurpose.RECOVER, now())
        person = db.session().get_one(Person, link.person_id)
        read = Typed(texts={})
        chosen = new_password(read, {"name": person.name, "email": link.email})
        if read.errors:
            return render_template("account/new_password.html", errors=read.errors), 422
        hashed = hash_password(chosen, time_cost=current_app.config["PASSWORD_TIME_COST"])
        with transaction() as session:
            recover(session, token, hashed, whence=whence(), language=spoken(), at=now())
    except LinkVoid:
        return void("password")
    flash(gettext("Your new password is set. Log in with it."), "success")
    return redirect(url_for("account.login"), 303)
