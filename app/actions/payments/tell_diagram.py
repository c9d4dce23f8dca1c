"""Tell a diagram that waits for a payment that the money is there, in a transaction of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import Casework, open_dossier
from app.actions.incidents import diagram_runs
from app.actions.repeats import fingerprint
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import payment_numbered
from app.engine import deliver, event_of, routing, waiting
from app.foundation.actor import SYSTEM
from app.foundation.due import DueRows
from app.queries.payment_holds import PAID_MESSAGE

#: Payments that a diagram has not been told of yet.
UNTOLD_PAYMENTS = DueRows(
    number=Payment.id, instant=Payment.tell_at, waiting=(Payment.tell_at.is_not(None),)
)


def tell_diagram(session: Session, payment_id: int, *, at: datetime) -> bool:
    """Deliver the message if the diagram still waits for it; False when somebody is at it.

    Raises DiagramFails; the money stays recorded whatever the diagram does.
    """
    found = session.get(Payment, payment_id)
    if found is None:
        return False
    work = open_dossier(session, found.dossier_id, at, skip_locked=True)
    if work is None:
        return False
    payment = payment_numbered(session, found.dossier_id, found.number)
    if payment.tell_at is None or payment.tell_at > at:
        return False
    payment.tell_at = None
    session.flush()
    waits = [
        one
        for one in waiting(work.definition, work.process.snapshot)
        if (one.kind, one.event) == ("message", PAID_MESSAGE)
    ]
    if waits:
        brought = {
            name: value for name, value in _brought(payment).items() if name in waits[0].variables
        }
        _deliver(session, work, waits[0].step, brought, at)
    return True


def _brought(payment: Payment) -> dict[str, Any]:
    """What such a message may bring, by the names a diagram may list."""
    return {
        "amount": payment.total,
        "receipt": payment.receipt or "",
        "method": payment.method.value if payment.method else "",
    }


def _deliver(
    session: Session, work: Casework, step: str, brought: dict[str, Any], at: datetime
) -> None:
    variables = dict(routing(work.definition, brought))
    told = {
        "kind": "message",
        "name": PAID_MESSAGE,
        "step": step,
        "variables": variables,
        "data": brought,
        "key": None,
        "request": fingerprint(PAID_MESSAGE, brought).hex(),
    }
    with diagram_runs(work.definition, dossier_id=work.dossier.id, at=at):
        outcome = deliver(
            work.definition,
            work.process.snapshot,
            event_of("message", PAID_MESSAGE),
            variables,
            now=at,
            calendar=work.counting,
        )
        advance(
            session,
            work,
            outcome,
            event=Event.MESSAGE_DELIVERED,
            told=told,
            actor=SYSTEM,
            seat=None,
            at=at,
        )
    session.flush()
