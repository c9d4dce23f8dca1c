"""What keeps a dossier waiting for its payment while its diagram knows nothing of it (L-09)."""

from sqlalchemy.orm import Session

from app.domain.dossiers.clock import Pause
from app.domain.dossiers.clock_rules import Hold
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.payments.model import Payment
from app.domain.payments.queries import open_payment

#: The message that a diagram waits for when it waits for a payment by itself.
PAID_MESSAGE = "payment_received"
#: The hold, which belongs to no step.
HOLD = Hold(pause=Pause.PAYMENT, step="")


def holding_payment(session: Session, dossier: Dossier) -> Payment | None:
    """The demand that keeps the dossier in status 6; asks the database in that status only."""
    if dossier.status is not Status.AWAITING_PAYMENT:
        return None
    found = open_payment(session, dossier.id)
    return found if found and found.resumes is not None else None


def payment_hold(session: Session, dossier: Dossier) -> tuple[Hold, ...]:
    """The same as what holds the clock."""
    return (HOLD,) if holding_payment(session, dossier) else ()
