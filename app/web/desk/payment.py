"""What officers do about a dossier's fees, and what auditors look at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.actions.payments.at_the_counter import (
    cancel_payment,
    record_money,
    refund_payment,
    waive_payment,
)
from app.actions.payments.demand_payment import demand_payment
from app.domain.dossiers.rules import can_tell
from app.domain.payments.model import LONGEST_NUMBER, LONGEST_REASON
from app.domain.payments.queries import payments_of
from app.domain.payments.rules import RESUMES, NotALeaderHere, is_asked_back, leader_at
from app.domain.payments.states import AttemptState, Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Conflict, Invalid
from app.foundation.text import LazyString, gettext, lazy_gettext
from app.queries.dossier_pages import DossierPage, dossier_page
from app.web.desk.room import blueprint
from app.web.payments import (
    AttemptView,
    PaymentView,
    attempt_views,
    fee_rows,
    payment_view,
    receipt_view,
)
from app.web.session import current_actor

Errors = dict[str, list[str]]


@blueprint.get("/viec/ho-so/<code>/thanh-toan")
def payment(code: str) -> str:
    """Every demand with its attempts, and what the reader may do."""
    return _page(code, {})


@blueprint.post("/viec/ho-so/<code>/thanh-toan")
def settle(code: str) -> tuple[str, int] | Response:
    """Do one of `ACTIONS`."""
    action = request.form.get("action", "")
    if action not in ACTIONS:
        return _page(code, {"": [gettext("Choose what to do.")]}), 422
    try:
        with transaction() as session:
            ACTIONS[action](session, code, current_actor())
    except Invalid as error:
        return _page(code, {_field(action, name): told for name, told in error.errors.items()}), 422
    except Conflict as error:
        return _page(code, {"": [str(error)]}), 409
    flash(str(DONE[action]), "success")
    return redirect(url_for("desk.payment", code=code), 303)


@blueprint.get("/viec/ho-so/<code>/bien-lai/<int(max=32767):number>")
def fee_receipt(code: str, number: int) -> str:
    """The e-receipt, to print at the counter."""
    session = db.session()
    page = dossier_page(session, code, current_actor())
    found = next(
        (one for one in payments_of(session, page.dossier.id) if one.number == number), None
    )
    if found is None or not found.receipt:
        raise NotFound
    view = receipt_view(session, page, found, now())
    return render_template("desk/fee_receipt.html", receipt=view, code=code)


def _demand(session: Session, code: str, actor: Actor) -> None:
    demand_payment(session, code, _told("reason"), actor=actor, at=now())


def _record(session: Session, code: str, actor: Actor) -> None:
    methods = {method.value: method for method in Method}
    method = methods.get(request.form.get("method", ""), Method.ONLINE)
    record_money(session, code, method, _told("document"), actor=actor, at=now())


def _waive(session: Session, code: str, actor: Actor) -> None:
    waive_payment(session, code, _told("reason"), actor=actor, at=now())


def _cancel(session: Session, code: str, actor: Actor) -> None:
    cancel_payment(session, code, _told("reason"), actor=actor, at=now())


def _refund(session: Session, code: str, actor: Actor) -> None:
    refund_payment(
        session,
        code,
        request.form.get("number", 0, int),
        reference=request.form.get("reference") or None,
        document=_told("document"),
        reason=_told("reason"),
        actor=actor,
        at=now(),
    )


ACTIONS: Mapping[str, Callable[[Session, str, Actor], None]] = {
    "demand": _demand,
    "record": _record,
    "waive": _waive,
    "cancel": _cancel,
    "refund": _refund,
}
DONE: Mapping[str, LazyString] = {
    "demand": lazy_gettext("The fee is asked for. The dossier waits until it is paid."),
    "record": lazy_gettext("The payment is recorded, the receipt has its number."),
    "waive": lazy_gettext("The fee is waived."),
    "cancel": lazy_gettext("The fee is no longer asked for."),
    "refund": lazy_gettext("The refund is recorded."),
}


def _told(name: str) -> str:
    action = request.form.get("action", "")
    return request.form.get(_field(action, name), "").strip()


def _field(action: str, name: str) -> str:
    """Fields of several forms on one page need names of their own."""
    return f"{action}_{name}" if name and name != "method" else name


def _page(code: str, errors: Errors) -> str:
    session, actor, at = db.session(), current_actor(), now()
    page = dossier_page(session, code, actor)
    known = payments_of(session, page.dossier.id)
    views = [(payment_view(one, at), attempt_views(session, one)) for one in known]
    waits = any(view.is_open for view, _attempts in views)
    works = can_tell(page.dossier, actor, [item.unit_id for item in page.open_items])
    return render_template(
        "desk/payment.html",
        code=page.dossier.code,
        procedure_name=page.version.catalogue.name,
        payments=views,
        refund=next(_to_give_back(views), None),
        owed=sum(one.total for one in known if is_asked_back(one, page.dossier)),
        fees=fee_rows(page.version.catalogue.fees),
        can_work=works,
        can_demand=works and not waits and _asks(page) and page.dossier.status in RESUMES,
        can_cancel=waits and known[0].pay_when is PayWhen.ON_REQUEST,
        can_decide=_leads(page, actor),
        errors=errors,
        written=request.form if errors else {},
        longest_reason=LONGEST_REASON,
        longest_number=LONGEST_NUMBER,
    )


def _to_give_back(
    views: Sequence[tuple[PaymentView, Sequence[AttemptView]]],
) -> Iterator[dict[str, Any]]:
    """What was paid too much, then what was paid."""
    for view, attempts in views:
        for one in attempts:
            if one.state is AttemptState.SURPLUS:
                told = {"number": view.number, "reference": one.reference}
                yield told | {"amount": one.amount}
    for view, _attempts in views:
        if view.state is PaymentState.PAID:
            yield {"number": view.number, "reference": "", "amount": view.total}


def _asks(page: DossierPage) -> bool:
    return any(fee.when is PayWhen.ON_REQUEST for fee in page.version.catalogue.fees)


def _leads(page: DossierPage, actor: Actor) -> bool:
    try:
        leader_at(page.dossier, actor)
    except NotALeaderHere:
        return False
    return True
