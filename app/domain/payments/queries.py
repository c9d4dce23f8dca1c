"""Reading demands and attempts."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.payments.model import GatewayMessage, Payment, PaymentAttempt
from app.domain.payments.rules import UnknownPayment
from app.domain.payments.states import OPEN, PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation.partner_messages import last_messages

#: The same as `rules.is_asked_back`, of many at once.
IS_ASKED_BACK = and_(
    Payment.state == PaymentState.PAID,
    Payment.pay_when == PayWhen.PREPAID,
    Dossier.status == Status.WITHDRAWN,
    Dossier.received_at.is_(None),
)


def payments_of(session: Session, dossier_id: int) -> Sequence[Payment]:
    """Every demand of the dossier, the newest first."""
    return session.scalars(
        select(Payment)
        .where(Payment.dossier_id == dossier_id)
        .order_by(Payment.number.desc())
        .execution_options(populate_existing=True)
    ).all()


def open_payment(session: Session, dossier_id: int) -> Payment | None:
    """The one that can be paid."""
    return session.scalar(
        select(Payment)
        .where(Payment.dossier_id == dossier_id, Payment.state.in_(OPEN))
        .execution_options(populate_existing=True)
    )


def paid_for(session: Session, dossier_id: int, total: int) -> Payment | None:
    """Money of that amount which the dossier has paid and nobody has given back or moved."""
    return session.scalar(
        select(Payment)
        .where(
            Payment.dossier_id == dossier_id,
            Payment.state == PaymentState.PAID,
            Payment.total == total,
        )
        .order_by(Payment.number)
        .limit(1)
        .execution_options(populate_existing=True)
    )


def payment_numbered(session: Session, dossier_id: int, number: int) -> Payment:
    """That demand of the dossier; raises UnknownPayment."""
    found = session.scalar(
        select(Payment)
        .where(Payment.dossier_id == dossier_id, Payment.number == number)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise UnknownPayment
    return found


def next_number(session: Session, dossier_id: int) -> int:
    """The number of the dossier's next demand."""
    last = session.scalar(select(func.max(Payment.number)).where(Payment.dossier_id == dossier_id))
    return (last or 0) + 1


def attempts_of(session: Session, payment_id: int) -> Sequence[PaymentAttempt]:
    """Every attempt at that demand, the newest first."""
    return session.scalars(
        select(PaymentAttempt)
        .where(PaymentAttempt.payment_id == payment_id)
        .order_by(PaymentAttempt.id.desc())
        .execution_options(populate_existing=True)
    ).all()


def messages_of(session: Session, attempt_id: int) -> Sequence[GatewayMessage]:
    """What was said about an attempt, oldest first."""
    return last_messages(session, GatewayMessage, GatewayMessage.attempt_id == attempt_id)
