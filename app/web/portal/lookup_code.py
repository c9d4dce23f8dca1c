"""Follow a dossier without an account and without a number at hand: a code comes by e-mail."""

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.claim_dossier import claim_dossier
from app.actions.prove_by_mail import ask_proof_code, proves_by_code
from app.domain.dossiers.proofs import DIGITS, LIFE
from app.foundation.clock import now
from app.foundation.db import transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.web.kept_posts import continued
from app.web.language import spoken
from app.web.portal.lookup import lookup_page, refusal_of
from app.web.portal.room import blueprint
from app.web.security import attempts_allowed, guesses_allowed, is_wrong, limiter
from app.web.session import current_actor, open_code

Errors = dict[str, list[str]]


@blueprint.post("/tra-cuu/gui-ma")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"proof-mail:{_code()}")
def ask_code() -> tuple[str, int] | str | Response:
    """Promise the code; the answer is the same whether there is such a dossier or not."""
    code = _code()
    try:
        with transaction() as session:
            ask_proof_code(session, code, language=spoken(), at=now())
    except Invalid as refusal:
        return lookup_page(code, "", refusal.errors), 422
    if request.form.get("kept"):
        # What was typed before travels in pages; an address is too short for it.
        return _page(code, None)
    return redirect(url_for("portal.code_by_mail", code=code), 303)


@blueprint.get("/tra-cuu/ma")
def code_by_mail() -> str:
    """Where the code is typed in."""
    return _page(request.args.get("code", "").strip().upper()[:48], None)


@blueprint.post("/tra-cuu/ma")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"proof-code:{_code()}", deduct_when=is_wrong)
def prove_by_code() -> tuple[str, int] | str | Response:
    """Open the dossier; what is wrong, too old or spent is not told."""
    code, digits = _code(), request.form.get("digits", "").strip()[:20]
    secret = current_app.config["SECRET_KEY"]
    with transaction() as session:
        proved = proves_by_code(session, code, digits, secret=secret, at=now())
    if not proved:
        wrong = gettext(
            "This code does not open the dossier: it is wrong, too old, or was used before. Check "
            "it, or have another one sent."
        )
        return _page(code, {"digits": [wrong]}), 422
    if refused := refusal_of(code):
        return _page(code, {"": [refused]}), 403
    open_code(code)
    if request.form.get("claim") and _may_claim():
        _claim(code)
    return continued(request.form.get("kept")) or redirect(url_for("portal.status", code=code), 303)


def _claim(code: str) -> None:
    """Take it into the account as well; whoever has the mailbox may know why this fails."""
    try:
        with transaction() as session:
            claim_dossier(session, code, proved=True, actor=current_actor(), at=now())
    except Invalid:
        flash(gettext("An account holds this dossier already; it was not added to yours."), "error")
    else:
        flash(gettext("The dossier is among yours now."), "success")


def _may_claim() -> bool:
    return current_actor().person_id is not None and not current_actor().is_staff


def _code() -> str:
    return request.form.get("code", "").strip().upper()[:48]


def _page(code: str, errors: Errors | None) -> str:
    return render_template(
        "portal/lookup_code.html",
        code=code,
        kept=request.form.get("kept", ""),
        errors=errors,
        digits=DIGITS,
        minutes=int(LIFE.total_seconds() // 60),
        may_claim=_may_claim(),
        back_url=url_for("portal.lookup", code=code),
    )
