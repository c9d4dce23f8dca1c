"""What a run of the engine means for what a dossier has to pay."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.payments.settle import demand_what_is_left, drop
from app.actions.set_aside import open_steps, ring_again, set_aside
from app.domain.dossiers.status import FINAL, Status
from app.domain.payments.model import Payment
from app.domain.payments.queries import open_payment
from app.domain.payments.rules import FeeUnpaid
from app.domain.payments.states import DOSSIER_ENDED
from app.domain.procedures.fees import PayWhen
from app.foundation.actor import SYSTEM


def follow_run(
    session: Session, work: Casework, *, before: Status, waited: Payment | None, at: datetime
) -> None:
    """Drop what nobody has to pay any more, ask for what is paid against the result.

    A dossier that ends without its result owes nothing more. One that goes on waiting has its new
    steps set aside as well. Raises FeeUnpaid where a result would be handed out unpaid.
    """
    dossier = work.dossier
    if waited is not None and waited.resumes is not None:
        set_aside(session, open_steps(session, work))
    elif waited is not None:
        ring_again(session, work)
    if dossier.status is before:
        return
    if dossier.status is Status.RESULT_READY and _asks_at_result(work):
        demand_what_is_left(session, work, at=at)
    if dossier.status in FINAL and (payment := open_payment(session, dossier.id)):
        if dossier.status is Status.RETURNED_RESULT:
            raise FeeUnpaid
        drop(
            session,
            work,
            payment,
            reason=DOSSIER_ENDED,
            waived=False,
            actor=SYSTEM,
            seat=None,
            at=at,
        )


def _asks_at_result(work: Casework) -> bool:
    return any(fee.when is PayWhen.AT_RESULT for fee in work.version.catalogue.fees)
