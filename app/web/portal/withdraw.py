"""The applicant withdraws a dossier: what it means first, then once."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.withdraw_dossier import (
    Withdrawal,
    can_withdraw,
    standing_of,
    to_give_back,
    withdraw_dossier,
)
from app.domain.dossiers.status import Status
from app.domain.dossiers.withdrawal import (
    LONGEST_REASON,
    WHY_NOT,
    CannotWithdraw,
    DossierWentOn,
    OnlyApplicantWithdraws,
    can_be_withdrawn,
)
from app.domain.inbox.rules import is_applicant
from app.domain.payments.queries import payments_of
from app.domain.payments.states import PaymentState
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage, dossier_page
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof

Errors = dict[str, list[str]]


@blueprint.get("/ho-so/<code>/rut")
def withdraw(code: str) -> str | Response:
    """What a withdrawal would mean now, or why the dossier cannot be withdrawn."""
    page = _open(code)
    if page.dossier.status is Status.WITHDRAWN:
        return redirect(_after(page), 303)
    return _page(page, {})


@blueprint.post("/ho-so/<code>/rut")
def confirm_withdrawal(code: str) -> tuple[str, int] | Response:
    """Withdraw it; a second click or a lost answer comes to the same page."""
    page = _open(code)
    wish = Withdrawal(
        reason=" ".join(request.form.get("reason", "").split()),
        seen=request.form.get("seen", "")[:64],
    )
    try:
        with transaction() as session:
            withdraw_dossier(session, code, wish, actor=current_actor(), at=now())
    except Invalid as error:
        return _page(page, error.errors), 422
    except (CannotWithdraw, DossierWentOn) as error:
        # The page is read anew: it says what a withdrawal would mean now.
        return _page(_open(code), {"": [str(error)]}), 409
    flash(gettext("The dossier is withdrawn."), "success")
    return redirect(_after(page), 303)


def _open(code: str) -> DossierPage:
    """The dossier; raises OnlyApplicantWithdraws for those who may read it and no more."""
    require_proof(code)
    page = dossier_page(db.session(), code, current_actor())
    if not can_withdraw(page.dossier, current_actor()):
        raise OnlyApplicantWithdraws
    return page


def _after(page: DossierPage) -> str:
    """Back to where the reader came from: an officer does it for somebody at his counter."""
    own = is_applicant(page.dossier, current_actor())
    return url_for("portal.status" if own else "desk.dossier", code=page.dossier.code)


def _page(page: DossierPage, errors: Errors) -> str:
    session, dossier = db.session(), page.dossier
    paid = sum(
        one.total for one in payments_of(session, dossier.id) if one.state is PaymentState.PAID
    )
    possible = can_be_withdrawn(dossier)
    return render_template(
        "portal/withdraw.html",
        code=dossier.code,
        procedure_name=page.version.catalogue.name,
        unit=page.handling_unit.name,
        why_not="" if possible else str(WHY_NOT[dossier.status]),
        to_give_back=sum(one.total for one in to_give_back(session, dossier)),
        paid=paid,
        on_behalf=not is_applicant(dossier, current_actor()),
        seen=standing_of(page.process.snapshot),
        reason=request.form.get("reason", ""),
        longest=LONGEST_REASON,
        errors=errors,
        back_url=_after(page),
    )
