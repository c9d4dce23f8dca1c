"""`payments`: what is owed, and what the payment platform knows of it."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import or_, select

from app.actions.payments.hurry import hurry_attempts
from app.cli.codes import dossier_number
from app.domain.dossiers.model import Dossier
from app.domain.payments.gateway import GatewayFails
from app.domain.payments.model import Payment, PaymentAttempt
from app.domain.payments.national import gateway_of
from app.domain.payments.queries import IS_ASKED_BACK, attempts_of
from app.domain.payments.states import OPEN, AttemptState
from app.foundation.clock import now
from app.foundation.db import db, transaction

group = click.Group("payments", help="Fees: what is owed, what was paid, what the platform says.")

#: Demands with an attempt that brought money nobody owed.
_OVERPAID = select(PaymentAttempt.payment_id).where(PaymentAttempt.state == AttemptState.SURPLUS)


@group.command("list")
@click.option("--all", "every", is_flag=True, help="Also what is settled.")
@click.option(
    "--surplus",
    is_flag=True,
    help="Only money that has to go back.",
)
@with_appcontext
def list_payments(*, every: bool, surplus: bool) -> None:
    """List open demands with their attempts, the oldest first."""
    session = db.session()
    wanted = select(Payment, Dossier.code).join(Dossier, Dossier.id == Payment.dossier_id)
    if surplus:
        wanted = wanted.where(or_(Payment.id.in_(_OVERPAID), IS_ASKED_BACK))
    elif not every:
        wanted = wanted.where(Payment.state.in_(OPEN))
    wanted = wanted.order_by(Payment.id).execution_options(yield_per=500)
    for payment, code in session.execute(wanted):
        attempts = attempts_of(session, payment.id)
        if surplus:
            attempts = [one for one in attempts if one.state is AttemptState.SURPLUS]
        paid = payment.receipt or ""
        click.echo(f"{code} {payment.number} {payment.state.value} {payment.total} {paid}".rstrip())
        for one in attempts:
            said = one.transaction or one.outcome or ""
            click.echo(f"  {one.reference} {one.state.value} {one.amount} {said}".rstrip())


@group.command("query")
@click.argument("reference")
@click.option("--bill", is_flag=True, help="Its receipt (GET_BILL) instead of its state (QUERY).")
@with_appcontext
def query(reference: str, *, bill: bool) -> None:
    """Ask the platform about an attempt and show the answer; nothing is changed."""
    gateway = gateway_of(current_app.config)
    if gateway is None:
        raise click.ClickException("There is no payment platform: PAYMENT_URL is not set.")
    try:
        told = gateway.bill(reference, now()) if bill else gateway.ask(reference, now()).body
    except GatewayFails as error:
        raise click.ClickException(f"no usable answer: {error.result}") from error
    for name, value in told.items():
        click.echo(f"{name}: {value}")


@group.command("hurry")
@click.argument("code")
@with_appcontext
def hurry(code: str) -> None:
    """Let the scheduler ask at once about the attempts of the dossier CODE."""
    with transaction() as session:
        dossier_number(session, code)
        count = hurry_attempts(session, code, at=now())
    click.echo(f"{code}: {count} to be asked about")
