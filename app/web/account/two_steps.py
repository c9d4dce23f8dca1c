"""Log-in in two steps: switching it on and off, and the second step itself."""

from io import BytesIO

import segno
from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from flask import session as memory
from werkzeug.wrappers import Response

from app.actions.log_in import refuse_secret
from app.actions.two_steps import (
    begin_two_steps,
    new_codes,
    pass_second_step,
    switch_off,
    switch_on,
)
from app.domain.accounts.model import Account
from app.domain.accounts.throttling import Paused, ensure_open, forgive
from app.domain.accounts.totp import address_for_apps
from app.domain.people.model import Person
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.entering import come_in, half_way, secret_key
from app.web.account.password import prove_present
from app.web.account.room import blueprint
from app.web.account.typed import Typed
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter
from app.web.session import current_actor, require_login, whence

Page = str | tuple[str, int] | Response


@blueprint.get("/dang-nhap/ma")
def second_step() -> Page:
    """The page for the code; without a first step there is nothing to do here."""
    if half_way() is None:
        return redirect(url_for("account.officer_login"), 303)
    return render_template("account/second_step.html", next="", kept="", errors=None)


@blueprint.post("/dang-nhap/ma")
@limiter.limit(attempts_allowed)
def pass_step() -> Page:
    """Let in whoever also knows the code of the moment."""
    person_id = half_way()
    person = db.session().get(Person, person_id) if person_id else None
    if person is None or not person.is_active:
        return redirect(url_for("account.officer_login"), 303)
    name, at, here = f"second step {person.username}", now(), whence()
    method, wrong, status = None, gettext("This code is not right, or has been used."), 422
    try:
        ensure_open(db.session(), name, here.remote, at)
        with transaction() as session:
            method = pass_second_step(session, person.id, _code(), house_key=secret_key(), at=at)
            if method is None:
                refuse_secret(session, name, person, whence=here, language=spoken(), at=at)
            else:
                forgive(session, name)
    except Paused as pause:
        wrong, status = str(pause), 429
    wanted, kept = request.form.get("next", ""), request.form.get("kept", "")
    if method is None:
        errors = {"code": [wrong]}
        shown = render_template("account/second_step.html", next=wanted, kept=kept, errors=errors)
        return shown, status
    memory.pop("half", None)
    return come_in(person.id, person.username, method, wanted, kept)


@blueprint.get("/tai-khoan/hai-buoc")
def two_steps() -> str:
    """Whether it is on, and what can be done about it."""
    require_login()
    return _page(None)


@blueprint.post("/tai-khoan/hai-buoc/bat-dau")
@limiter.limit(attempts_allowed)
def begin() -> Page:
    """Make a secret, for whoever knows the password."""
    require_login()
    read = Typed(texts={})
    prove_present(read, _me(), request.form.get("present", ""))
    if read.errors:
        return _page(read.errors), 422
    with transaction() as session:
        begin_two_steps(session, _me().id, house_key=secret_key())
    memory["scanning"] = now().timestamp()
    return redirect(url_for("account.scan"), 303)


@blueprint.get("/tai-khoan/hai-buoc/quet")
def scan() -> Page:
    """The picture to scan, and the first code."""
    require_login()
    secret = _pending()
    if secret is None:
        return redirect(url_for("account.two_steps"), 303)
    return render_template("account/scan.html", secret=secret, errors=None)


@blueprint.get("/tai-khoan/hai-buoc/qr.svg")
def qr() -> Response:
    """The picture itself."""
    require_login()
    secret = _pending()
    if secret is None:
        return redirect(url_for("account.two_steps"), 303)
    address = address_for_apps(secret, _me().username, current_app.config["PROVINCE_NAME"])
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=6, border=3, light="white")
    return FlaskResponse(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/tai-khoan/hai-buoc/quet")
@limiter.limit(attempts_allowed)
def confirm() -> Page:
    """Switch it on with a first code, and show the recovery codes this once."""
    require_login()
    secret = _pending()
    if secret is None:
        return redirect(url_for("account.two_steps"), 303)
    with transaction() as session:
        codes = switch_on(
            session, _me().id, _code(), house_key=secret_key(), whence=whence(), at=now()
        )
    if codes is None:
        errors = {"code": [gettext("This code is not right, or has been used.")]}
        return render_template("account/scan.html", secret=secret, errors=errors), 422
    memory.pop("scanning", None)
    memory.pop("must_enrol", None)
    return render_template("account/recovery_codes.html", codes=codes)


@blueprint.post("/tai-khoan/hai-buoc/tat")
@limiter.limit(attempts_allowed)
def end() -> Page:
    """Switch it off, or make new recovery codes, for whoever knows the password."""
    require_login()
    read = Typed(texts={})
    prove_present(read, _me(), request.form.get("present", ""))
    if read.errors:
        return _page(read.errors), 422
    if request.form.get("action") == "codes":
        with transaction() as session:
            codes = new_codes(session, _me().id, whence=whence(), at=now())
        return render_template("account/recovery_codes.html", codes=codes)
    if is_required():
        return _page({"": [gettext("Officers of this province log in in two steps.")]}), 422
    with transaction() as session:
        switch_off(session, _me().id, whence=whence(), at=now())
    flash(gettext("Log-in in two steps is switched off."), "success")
    return redirect(url_for("account.profile"), 303)


def is_required() -> bool:
    """Whether the installation wants it of the actor."""
    return current_app.config["OFFICER_TOTP"] == "required" and current_actor().is_staff


def _pending() -> str | None:
    """The secret that waits for its first code, in the hour after the password was told."""
    account = db.session().get(Account, current_actor().person_id)
    fresh = now().timestamp() - memory.get("scanning", 0) < 3600
    if account is None or account.totp_since is not None or not fresh:
        return None
    with transaction() as session:
        return begin_two_steps(session, account.person_id, house_key=secret_key())


def _me() -> Person:
    return db.session().get_one(Person, current_actor().person_id)


def _code() -> str:
    return request.form.get("code", "").strip()[:40]


def _page(errors: dict[str, list[str]] | None) -> str:
    account = db.session().get(Account, current_actor().person_id)
    return render_template(
        "account/two_steps.html",
        since=account.totp_since if account else None,
        required=is_required(),
        errors=errors,
    )
