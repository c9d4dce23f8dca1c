"""Links of e-mails: opening one shows a button, pressing it does what the link is for.

Mail scanners open every link of a message; what a link does must wait for a person.
"""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions.change_email import confirm_email
from app.actions.change_password import link_behind
from app.actions.register import activate, registration_behind
from app.domain.accounts.registrations import LinkPurpose, LinkVoid
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.room import blueprint
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter
from app.web.session import whence

Page = str | tuple[str, int] | Response


@blueprint.get("/kich-hoat/<token>")
@limiter.limit(attempts_allowed)
def activation(token: str) -> Page:
    """Ask for the press of a button (spec R3-12)."""
    try:
        row = registration_behind(db.session(), token, now())
    except LinkVoid:
        return void("registration")
    return render_template("account/activate.html", name=row.name, email=row.email)


@blueprint.post("/kich-hoat/<token>")
@limiter.limit(attempts_allowed)
def activate_account(token: str) -> Page:
    """Open the account."""
    try:
        with transaction() as session:
            activate(session, token, whence=whence(), at=now())
    except LinkVoid:
        return void("registration")
    flash(gettext("Your account is activated. Log in with your e-mail address."), "success")
    return redirect(url_for("account.login"), 303)


@blueprint.get("/xac-nhan-email/<token>")
@limiter.limit(attempts_allowed)
def new_email(token: str) -> Page:
    """Ask for the press of a button."""
    try:
        link = link_behind(db.session(), token, LinkPurpose.CONFIRM_EMAIL, now())
    except LinkVoid:
        return void("email")
    return render_template("account/confirm_email.html", email=link.email)


@blueprint.post("/xac-nhan-email/<token>")
@limiter.limit(attempts_allowed)
def take_new_email(token: str) -> Page:
    """Use the new address from now on."""
    try:
        with transaction() as session:
            confirm_email(session, token, whence=whence(), language=spoken(), at=now())
    except LinkVoid:
        return void("email")
    flash(gettext("Your new e-mail address is confirmed."), "success")
    return redirect(url_for("account.login"), 303)


def void(what: str) -> tuple[str, int]:
    """The link does nothing any more; the page says how to get another."""
    return render_template("account/void.html", what=what), 404
