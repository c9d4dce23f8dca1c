"""A fee paid for a dossier that another one replaces counts for that one: nobody pays twice."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.payments.settle import take_money
from app.actions.record import record
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import open_payment, paid_for
from app.domain.payments.rules import step
from app.domain.payments.states import Method, Step
from app.foundation.actor import SYSTEM


def carry_over(session: Session, old: Casework, new: Casework, *, at: datetime) -> Payment | None:
    """Settle what the new dossier has to pay with the same amount paid for the old one.

    Money that does not fit stays with the old dossier, for a leader to give back: part of a
    receipt cannot be moved. Both journals tell of it; the caller holds both locks.
    """
    owed = open_payment(session, new.dossier.id)
    paid = paid_for(session, old.dossier.id, owed.total) if owed else None
    if owed is None or paid is None:
        return None
    step(paid, Step.MOVED)
    session.flush()
    told = {"number": paid.number, "amount": paid.total, "code": new.dossier.code}
    record(session, old, Event.PAYMENT_MOVED, told, actor=SYSTEM, seat=None, at=at)
    take_money(
        session,
        new,
        owed,
        method=Method.CARRIED,
        proof=paid.receipt or "",
        reference=None,
        bank=None,
        actor=SYSTEM,
        seat=None,
        at=at,
    )
    return paid
