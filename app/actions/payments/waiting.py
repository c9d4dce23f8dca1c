"""A dossier waits for its payment: what its diagram may do meanwhile.

Its open steps are set aside (`actions/set_aside.py`); a diagram needs to know nothing of payments.
"""

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINISHED, Status
from app.domain.payments.model import Payment

#: A run that leads here ends the wait: the law knows no way back from 6 to these (spec C-09).
_ENDS_THE_WAIT = FINISHED | {Status.SUPPLEMENT_REQUESTED}


def status_while_waiting(
    dossier: Dossier, payment: Payment, wanted: Status | None
) -> Status | None:
    """What a run may do to the status of a dossier that waits; None leaves it waiting.

    Timers and services go on while the payer takes his time.
    """
    if wanted is None or wanted is Status.AWAITING_PAYMENT:
        return None
    if wanted in _ENDS_THE_WAIT and payment.resumes is not None:
        dossier.status, payment.resumes = payment.resumes, None
        return wanted
    first = wanted is Status.SUBMITTED and payment.resumes is Status.SUBMITTED
    payment.resumes = Status.SUBMITTED if first else Status.IN_PROGRESS
    return None
