"""Paying a fee: what is owed, the way to the payment platform and back, the receipt."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.actions.payments.confirm_attempt import confirm_attempt
from app.actions.payments.hurry import hurry_attempts
from app.actions.payments.start_attempt import (
    Payer,
    announce,
    announced,
    may_pay,
    not_announced,
    start_attempt,
)
from app.domain.dossiers.codes import is_code
from app.domain.payments.gateway import GatewayFails
from app.domain.payments.messages import UNREADABLE
from app.domain.payments.national import NationalGateway, gateway_of
from app.domain.payments.queries import attempts_of, payment_numbered, payments_of
from app.domain.payments.rules import UnknownPayment, is_asked_back
from app.domain.payments.states import AttemptState, Method, PaymentImpossible, PaymentState
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.queries.dossier_pages import DossierPage, dossier_page
from app.web.payments import payment_view, receipt_view
from app.web.portal.callbacks import take_callback
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, require_proof

#: A payer who has just come back sees the page look again by itself so often, so many seconds
#: apart; then it stays, and a button looks.
LOOKS, PAUSE = 6, 5


@blueprint.get("/ho-so/<code>/thanh-toan")
def payment(code: str) -> str | Response:
    """What is owed, and what to do about it; the same page before, during and after."""
    page = _open(code)
    return _page(page)


@blueprint.post("/ho-so/<code>/thanh-toan")
def pay(code: str) -> Response:
    """Begin an attempt, or go on with the last one; then the page shows the way."""
    page, actor = _open(code), current_actor()
    gateway = _gateway()
    payer = Payer(language=str(get_locale() or "vi"), ip=request.remote_addr or "")
    fresh = request.form.get("action") == "again"
    try:
        with transaction() as session:
            begun = start_attempt(session, code, payer, fresh=fresh, actor=actor, at=now())
    except PaymentImpossible as error:
        # Paid meanwhile, or in another window: the page says what is true now.
        flash(str(error), "error")
        return redirect(url_for("portal.payment", code=code), 303)
    if begun.order is not None:
        try:
            told = announce(gateway, begun.order)
        except GatewayFails as failure:
            with transaction() as session:
                not_announced(session, begun.reference, failure, at=now())
            flash(str(failure), "error")
            return redirect(url_for("portal.payment", code=code), 303)
        with transaction() as session:
            announced(session, begun.reference, told, at=now())
    return redirect(url_for("portal.payment", code=page.dossier.code), 303)


@blueprint.post("/ho-so/<code>/thanh-toan/kiem-tra")
def look_again(code: str) -> Response:
    """Have the platform asked now what became of the attempt."""
    _open(code)
    with transaction() as session:
        hurry_attempts(session, code, at=now())
    return redirect(url_for("portal.payment", code=code, look=1), 303)


@blueprint.get("/thanh-toan/quay-lai")
def payment_return() -> Response:
    """Back from the platform. The address may say anything: only which dossier is taken from it."""
    code = request.args.get("MaThamChieu", "")[:64].rpartition("-")[0]
    if not is_code(code):
        raise NotFound
    return redirect(url_for("portal.payment", code=code, look=1), 303)


@blueprint.post("/thanh-toan/xac-nhan")
@limiter.limit(lambda: str(current_app.config["PAYMENT_RATE_LIMIT"]))
def payment_confirmation() -> Response:
    """The platform says what became of an attempt."""
    return take_callback(gateway_of(current_app.config), confirm_attempt, unreadable=UNREADABLE)


@blueprint.get("/ho-so/<code>/bien-lai/<int(max=32767):number>")
def fee_receipt(code: str, number: int) -> str:
    """The e-receipt, to read and to print."""
    page, session = _open(code), db.session()
    found = payment_numbered(session, page.dossier.id, number)
    if found.state not in (PaymentState.PAID, PaymentState.REFUNDED, PaymentState.MOVED):
        raise UnknownPayment
    return render_template(
        "portal/fee_receipt.html", receipt=receipt_view(session, page, found, now())
    )


def _open(code: str) -> DossierPage:
    require_proof(code)
    return dossier_page(db.session(), code, current_actor())


def _gateway() -> NationalGateway:
    """Raises UnknownPayment where nobody can pay online."""
    found = gateway_of(current_app.config)
    if found is None:
        raise UnknownPayment
    return found


def _page(page: DossierPage) -> str | Response:
    session, at = db.session(), now()
    known = payments_of(session, page.dossier.id)
    if not known:
        raise UnknownPayment
    newest = payment_view(known[0], at)
    attempts = attempts_of(session, known[0].id)
    looks = request.args.get("look", 0, int)
    shown = render_template(
        "portal/payment.html",
        code=page.dossier.code,
        procedure_name=page.version.catalogue.name,
        unit=page.handling_unit.name,
        payment=newest,
        earlier=[payment_view(one, at) for one in known[1:]],
        url=next((one.url for one in attempts if one.state is AttemptState.WAITING), None),
        failed=bool(attempts) and attempts[0].state is AttemptState.FAILED,
        asked_back=is_asked_back(known[0], page.dossier),
        surplus=any(one.state is AttemptState.SURPLUS for one in attempts),
        online=gateway_of(current_app.config) is not None,
        may_pay=may_pay(page.dossier, current_actor()),
        waived=known[0].method is Method.WAIVER,
    )
    return _looking(shown, page.dossier.code, newest.state, looks)


def _looking(shown: str, code: str, state: PaymentState, looks: int) -> str | Response:
    """For a payer who has just come back the page looks again by itself a few times."""
    if state is not PaymentState.WAITING or not 0 < looks < LOOKS:
        return shown
    answer = current_app.make_response(shown)
    again = url_for("portal.payment", code=code, look=looks + 1)
    answer.headers["Refresh"] = f"{PAUSE}; url={again}"
    return answer
