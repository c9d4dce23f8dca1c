"""Who may do what with a demand, and what is asked of the words that go with it."""

from datetime import datetime

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import seat_at_work
from app.domain.dossiers.status import FINAL, Status
from app.domain.payments.model import LONGEST_NUMBER, LONGEST_REASON, Payment
from app.domain.payments.states import OPEN, PaymentImpossible, PaymentState, Step, next_state
from app.domain.people.seats import leader_seat
from app.domain.procedures.fees import PayWhen
from app.foundation.actor import Actor, Seat
from app.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from app.foundation.text import gettext, lazy_gettext


class UnknownPayment(NotFound):
    """The dossier has no such demand."""

    message = lazy_gettext("Nothing has to be paid for this dossier.")


class AlreadyDemanded(Conflict):
    """One open demand at a time."""

    message = lazy_gettext("This dossier already has a fee that waits to be paid.")


class NothingToDemand(Conflict):
    """No fee of the procedure is asked for by officers."""

    message = lazy_gettext("The procedure has no fee that can be asked for here.")


class CannotWaitHere(Conflict):
    """The dossier waits for something else, or has ended."""

    message = lazy_gettext("No fee can be asked for while the dossier is in this status.")


class AwaitsPayment(Conflict):
    """Nobody works on a dossier that waits for its payment (spec L-09)."""

    message = lazy_gettext(
        "The dossier waits for its payment. Record the payment or waive it before going on."
    )


class FeeUnpaid(Conflict):
    """The result is handed out against the fee."""

    message = lazy_gettext(
        "The fee of this dossier is not paid yet. Record the payment or waive it before the "
        "result is returned."
    )


class MustBeWaived(Conflict):
    """A fee that the law asks for is not taken back: somebody answers for sparing it."""

    message = lazy_gettext(
        "The law itself asks for this fee: a leader can waive it, nobody can cancel it."
    )


class NotAnOfficerHere(NotAllowed):
    """Money is the matter of the units that receive and settle the dossier."""

    message = lazy_gettext(
        "Only officers of the unit that receives or settles this dossier may do this."
    )


class NotALeaderHere(NotAllowed):
    """Sparing a fee and giving it back is decided by a head."""

    message = lazy_gettext("Only a leader of the handling unit may decide about this fee.")


def officer_at(dossier: Dossier, actor: Actor) -> Seat:
    """The seat from which the actor takes money for the dossier; raises NotAnOfficerHere."""
    found = seat_at_work(dossier, actor, (dossier.receiving_unit_id,))
    if found is None:
        raise NotAnOfficerHere
    return found


def leader_at(dossier: Dossier, actor: Actor) -> Seat:
    """The seat from which the actor decides about a fee; raises NotALeaderHere."""
    found = leader_seat(actor, dossier.handling_unit_id)
    if found is None:
        raise NotALeaderHere
    return found


#: Statuses in which an officer may ask for a fee, and what follows on the payment (spec C-09).
RESUMES: dict[Status, Status | None] = {
    Status.SUBMITTED: Status.SUBMITTED,
    Status.RECEIVED: Status.IN_PROGRESS,
    Status.IN_PROGRESS: Status.IN_PROGRESS,
    # The diagram itself waits for the payment: it says what follows.
    Status.AWAITING_PAYMENT: None,
    # The office is done: the fee is paid when the result is fetched.
    Status.RESULT_READY: None,
}


def resumes_after(dossier: Dossier) -> Status | None:
    """The status that follows on the payment; None keeps nothing waiting. Raises CannotWaitHere."""
    if dossier.status not in RESUMES:
        raise CannotWaitHere
    return RESUMES[dossier.status]


def step(payment: Payment, what: Step) -> None:
    """Move the demand on; raises PaymentImpossible."""
    payment.state = next_state(payment.state, what)


def is_open(payment: Payment) -> bool:
    """Whether it can be paid."""
    return payment.state in OPEN


def ensure_payable(payment: Payment, dossier: Dossier) -> None:
    """Raise PaymentImpossible unless it can be paid."""
    if not is_open(payment) or (dossier.status in FINAL - {Status.RETURNED_RESULT}):
        raise PaymentImpossible


def comes_back(payment: Payment, dossier: Dossier) -> bool:
    """Whether a withdrawal lets the office owe the fee: paid in advance, and nothing was begun.

    Once the dossier is received, the work that the fee is for has begun.
    """
    advanced = payment.state is PaymentState.PAID and payment.pay_when is PayWhen.PREPAID
    return advanced and dossier.received_at is None


def is_asked_back(payment: Payment, dossier: Dossier) -> bool:
    """Whether the office owes it now, since the applicant has withdrawn the dossier."""
    return dossier.status is Status.WITHDRAWN and comes_back(payment, dossier)


def ensure_words(**told: str) -> None:
    """Raise Invalid, naming each of these that is missing or too long."""
    longest = {"document": LONGEST_NUMBER}
    errors: dict[str, list[str]] = {}
    for name, words in told.items():
        most = longest.get(name, LONGEST_REASON)
        if not words:
            errors[name] = [gettext("This is needed: it stands in the record.")]
        elif len(words) > most:
            errors[name] = [gettext("Write at most %(count)s characters.", count=most)]
    if errors:
        raise Invalid(errors=errors)


def is_late(payment: Payment, at: datetime) -> bool:
    """Whether its limit has passed while it is open."""
    return is_open(payment) and payment.pay_by is not None and payment.pay_by < at
