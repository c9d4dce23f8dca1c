"""A payer is back and impatient: let the gateway be asked now and not in half an hour."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.payments.attempts import UNDER_WAY
from app.domain.dossiers.model import Dossier
from app.domain.payments.model import GatewayMessage, Payment, PaymentAttempt
from app.foundation.appointments import comes_due

#: Between two questions that payers cause.
PATIENCE = timedelta(seconds=15)


def hurry_attempts(session: Session, code: str, *, at: datetime) -> int:
    """Make the dossier's attempts due for a question; returns how many."""
    waiting = session.scalars(
        select(PaymentAttempt)
        .join(Payment, Payment.id == PaymentAttempt.payment_id)
        .join(Dossier, Dossier.id == Payment.dossier_id)
        .where(
            Dossier.code == code,
            PaymentAttempt.state.in_(UNDER_WAY),
            PaymentAttempt.ask_at > at,
            ~select(GatewayMessage.id)
            .where(
                GatewayMessage.attempt_id == PaymentAttempt.id,
                GatewayMessage.kind == "query",
                GatewayMessage.at > at - PATIENCE,
            )
            .exists(),
        )
        .limit(5)
    ).all()
    for attempt in waiting:
        attempt.ask_at = at
        comes_due(session, at)
    session.flush()
    return len(waiting)
