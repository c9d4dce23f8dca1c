"""Take a dossier that was sent without an account into one's own: code and identity number."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.claim_dossier import CitizensOnly, claim_dossier
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import is_without_account
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.citizen_pages import proves_to_own
from app.web.portal.room import blueprint
from app.web.security import attempts_allowed, guesses_allowed, is_wrong, limiter
from app.web.session import current_actor, require_login


@blueprint.get("/ho-so-cua-toi/them")
def claim() -> str:
    """The form; a code may come with the link, the number never does."""
    _ensure_citizen()
    return _page(request.args.get("code", "").strip()[:48], None)


@blueprint.post("/ho-so-cua-toi/them")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"claim:{_code()}", deduct_when=is_wrong)
@limiter.limit(guesses_allowed, key_func=lambda: f"claims-of:{_person()}", deduct_when=is_wrong)
def take() -> tuple[str, int] | Response:
    """Take it; a wrong pair never tells which half was wrong, nor whether an account has it."""
    _ensure_citizen()
    code, identity = _code(), request.form.get("identity", "").strip()[:40]
    try:
        with transaction() as session:
            proved = proves_to_own(session, code, identity)
            claim_dossier(session, code, proved=proved, actor=current_actor(), at=now())
    except Invalid as refusal:
        return _page(code, refusal.errors), 422
    flash(gettext("The dossier is among yours now."), "success")
    return redirect(url_for("portal.status", code=code), 303)


def claim_url(dossier: Dossier, actor: Actor) -> str | None:
    """Where the reader takes a visitor's dossier into his account; None where he cannot."""
    if actor.person_id is None or actor.is_staff or not is_without_account(dossier):
        return None
    return url_for("portal.claim", code=dossier.code)


def _ensure_citizen() -> None:
    require_login()
    if current_actor().is_staff:
        raise CitizensOnly


def _code() -> str:
    return request.form.get("code", "").strip().upper()[:48]


def _person() -> int:
    return current_actor().person_id or 0


def _page(code: str, errors: dict[str, list[str]] | None) -> str:
    return render_template(
        "portal/claim.html", code=code, errors=errors, back_url=url_for("portal.my_dossiers")
    )
