"""Log in, log out, choose a language."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.end_session import log_out_here
from app.domain.accounts.throttling import Paused
from app.domain.accounts.totp import unsealed
from app.foundation.clock import now
from app.foundation.db import transaction
from app.foundation.text import gettext
from app.web import language as languages
from app.web.account.eid import only_eid_since
from app.web.account.eid_client import address_to_log_out, is_offered
from app.web.account.entering import after_password, secret_key, where_to, who_knows
from app.web.account.room import LONGEST, blueprint
from app.web.addresses import safe_path
from app.web.security import attempts_allowed, guesses_allowed, is_wrong, limiter
from app.web.session import current_actor, log_out, session_token, whence

Page = str | tuple[str, int] | Response
#: Too many attempts.
LATER = 429


@blueprint.get("/dang-nhap")
def login() -> str | Response:
    """The form; somebody who is inside already goes on."""
    return _form(officer=False)


@blueprint.get("/can-bo/dang-nhap")
def officer_login() -> str | Response:
    """The same for those who work here (spec R3-01)."""
    return _form(officer=True)


@blueprint.post("/dang-nhap")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"login:{_username()}", deduct_when=is_wrong)
def enter() -> Page:
    """Let in who knows the password; say nothing about which half was wrong."""
    return _enter(officer=False)


@blueprint.post("/can-bo/dang-nhap")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"login:{_username()}", deduct_when=is_wrong)
def officer_enter() -> Page:
    """The same for those who work here."""
    return _enter(officer=True)


@blueprint.post("/dang-xuat")
def logout() -> Page:
    """Forget who was here; whoever came from VNeID is shown the way to log out there too."""
    token, elsewhere = session_token(), None
    if token is not None:
        with transaction() as session:
            kept = log_out_here(session, token, whence=whence(), at=now())
        id_token = unsealed(kept, secret_key()) if kept else None
        elsewhere = address_to_log_out(id_token) if id_token and is_offered() else None
    log_out()
    if elsewhere is not None:
        return render_template("account/logged_out.html", elsewhere=elsewhere)
    return redirect(url_for("portal.home"), 303)


@blueprint.post("/language")
def language() -> Response:
    """Speak the other language, on the same page."""
    languages.choose(request.form.get("lang"))
    return redirect(safe_path(request.form.get("next")) or url_for("portal.home"), 303)


def _form(*, officer: bool) -> str | Response:
    if current_actor().person_id is not None:
        return redirect(where_to(current_actor(), request.args.get("next")), 303)
    return _page(request.args.get("next", ""), officer=officer)


def _enter(*, officer: bool) -> Page:
    username, wanted = _username(), request.form.get("next", "")
    try:
        person = who_knows(username, request.form.get("password", ""))
    except Paused as pause:
        return _page(wanted, username, {"": [str(pause)]}, officer=officer), LATER
    if person is None:
        wrong = gettext("The user name or the password is not right.")
        return _page(wanted, username, {"": [wrong]}, officer=officer), 422
    return after_password(person, username, wanted, request.form.get("kept", ""))


def _page(
    wanted: str, username: str = "", errors: dict[str, list[str]] | None = None, *, officer: bool
) -> str:
    return render_template(
        "account/login.html",
        username=username,
        next=safe_path(wanted) or "",
        kept=request.form.get("kept", ""),
        officer=officer,
        errors=errors,
        eid=is_offered(),
        only_eid=only_eid_since(),
    )


def _username() -> str:
    return request.form.get("username", "").strip()[:LONGEST]
