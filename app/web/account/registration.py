"""Register (spec R3-06..R3-10): the form, and what comes after it has been sent."""

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as memory
from werkzeug.wrappers import Response

from app.actions.register import Applicant, TooSoon, register, send_link_again
from app.domain.accounts.challenges import WRONG
from app.domain.accounts.emails import meant
from app.domain.accounts.registrations import LinkVoid
from app.domain.people.rules import hash_password
from app.foundation.clock import now
from app.foundation.db import transaction
from app.foundation.text import gettext
from app.web.account.challenge import Posed, is_met, posed, posed_before, still_posed
from app.web.account.eid import only_eid_since
from app.web.account.picture import picture_of
from app.web.account.room import blueprint
from app.web.account.typed import Typed, new_password, typed
from app.web.language import spoken
from app.web.security import attempts_allowed, limiter

ASKED = ("name", "email", "phone", "gender", "birth_date", "identity_number")


@blueprint.get("/dang-ky")
def registration() -> str | Response:
    """The form; once VNeID is the only way, there is nothing to register for."""
    if only_eid_since():
        return redirect(url_for("account.login"), 303)
    return _page(Typed(texts={}), posed())


@blueprint.post("/dang-ky")
@limiter.limit(attempts_allowed)
def send_registration() -> str | tuple[str, int] | Response:
    """Keep it and promise an activation link; a known address is answered like any other."""
    if only_eid_since():
        return redirect(url_for("account.login"), 303)
    read = typed(ASKED)
    if request.form.get("action") in ("another", "correct"):
        return _again(read)
    password = new_password(read, read.texts)
    _agreed(read)
    hint = None if read.errors.get("email") else _slip(read.texts["email"])
    if read.errors or hint:
        return _page(read, still_posed(), hint), 422
    if not is_met():
        read.wrong("captcha", str(WRONG))
        return _page(read, posed()), 422
    _keep(read, password)
    return redirect(url_for("account.registration_sent"), 303)


@blueprint.get("/dang-ky/da-gui")
def registration_sent() -> str | Response:
    """Where the link has gone, and what to do when it does not arrive."""
    if "registering" not in memory:
        return redirect(url_for("account.registration"), 303)
    _, email = memory["registering"]
    return render_template("account/registered.html", email=email)


@blueprint.post("/dang-ky/gui-lai")
@limiter.limit(attempts_allowed)
def send_again() -> Response:
    """Another link, a minute later at the earliest."""
    if "registering" not in memory:
        return redirect(url_for("account.registration"), 303)
    number, _ = memory["registering"]
    try:
        with transaction() as session:
            send_link_again(session, number, language=spoken(), at=now())
    except TooSoon as refusal:
        flash(str(refusal), "error")
    except LinkVoid:
        flash(gettext("This account has been activated. Log in."), "success")
        return redirect(url_for("account.login"), 303)
    else:
        flash(gettext("Another e-mail is on its way. Only the newest link works."), "success")
    return redirect(url_for("account.registration_sent"), 303)


@blueprint.get("/ma-xac-nhan/<token>.png")
def captcha(token: str) -> FlaskResponse:
    """The picture of a confirmation code."""
    shown = posed_before(token)
    if shown is None:
        abort(404)
    return FlaskResponse(picture_of(shown.challenge), mimetype="image/png")


def _again(read: Typed) -> str:
    """Another code, or the address put right: nothing is judged yet."""
    if request.form.get("action") == "correct":
        read.texts["email"] = meant(read.texts["email"]) or read.texts["email"]
    read.errors.clear()
    return _page(read, still_posed())


def _slip(email: str) -> str | None:
    """What the address was probably meant to be, unless the reader has said that it is right."""
    return None if request.form.get("sure") == email else meant(email)


def _agreed(read: Typed) -> None:
    if not request.form.get("agreed"):
        read.wrong("agreed", gettext("Tick the box to go on."))


def _keep(read: Typed, password: str) -> None:
    hashed = hash_password(password, time_cost=current_app.config["PASSWORD_TIME_COST"])
    told, gender, born = read.values, read.values["gender"], read.values["birth_date"]
    applicant = Applicant(
        email=told["email"],
        name=told["name"],
        password_hash=hashed,
        profile={
            "phone": told["phone"],
            "identity_number": told["identity_number"],
            "gender": gender.value if gender else None,
            "birth_date": born.isoformat() if born else None,
        },
    )
    with transaction() as session:
        row = register(session, applicant, language=spoken(), at=now())
    memory["registering"] = [row.id, row.email]


def _page(read: Typed, challenge: Posed, hint: str | None = None) -> str:
    return render_template(
        "account/register.html",
        typed=read.texts,
        agreed=bool(request.form.get("agreed")),
        code=request.form.get("captcha", "") if "captcha" not in read.errors else "",
        answer=request.form.get("answer", "") if "captcha" not in read.errors else "",
        errors=read.errors,
        challenge=challenge,
        hint=hint,
    )
