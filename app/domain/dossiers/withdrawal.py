"""Withdrawing a dossier: the applicant takes it back, the office stops (spec C-09, status 7)."""

from collections.abc import Mapping

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.foundation.errors import Conflict, Invalid, NotAllowed
from app.foundation.text import LazyString, gettext, lazy_gettext

#: The name of the reason in the record.
REASON = "withdrawal_reason"
#: Characters of a reason.
LONGEST_REASON = 1000

#: From these the law leads to status 7 (spec C-09).
WITHDRAWABLE = frozenset({Status.SUBMITTED, Status.IN_PROGRESS})

#: Why a dossier with another status cannot be withdrawn, and what its applicant can do instead.
WHY_NOT: Mapping[Status, LazyString] = {
    Status.RECEIVED: lazy_gettext(
        "The office has just received the dossier and is handing it on. You can withdraw it as "
        "soon as somebody works on it: please try again a little later."
    ),
    Status.REFUSED: lazy_gettext(
        "The office has not received the dossier, so there is nothing to withdraw."
    ),
    Status.SUPPLEMENT_REQUESTED: lazy_gettext(
        "The office waits for your answer, and nobody works on the dossier until then. You need "
        "not answer: the office then ends it. If you answer, you can withdraw it afterwards."
    ),
    Status.AWAITING_PAYMENT: lazy_gettext(
        "The dossier waits for your payment, and nobody works on it until then. You need not pay. "
        "If you pay, you can withdraw it afterwards."
    ),
    Status.WITHDRAWN: lazy_gettext("This dossier has been withdrawn already."),
    Status.STOPPED: lazy_gettext(
        "The office has stopped working on the dossier, so there is nothing to withdraw."
    ),
    Status.RESULT_READY: lazy_gettext(
        "The result is ready, so there is nothing to withdraw any more. You can fetch it, or tell "
        "the office that you do not need it."
    ),
    Status.RETURNED_RESULT: lazy_gettext(
        "The result has been handed over, so there is nothing to withdraw any more."
    ),
}


class CannotWithdraw(Conflict):
    """The law knows no way from the present status to a withdrawal (spec C-09)."""

    message = "%(why)s"


class DossierWentOn(Conflict):
    """Something has happened since the applicant was told what a withdrawal would mean."""

    message = lazy_gettext(
        "The office has gone on with the dossier meanwhile. Nothing was withdrawn: see where it "
        "stands now, and decide again."
    )


class OnlyApplicantWithdraws(NotAllowed):
    """Whoever works on a dossier cannot take it back for its applicant."""

    message = lazy_gettext(
        "Only the applicant can withdraw a dossier, or the counter for somebody who handed it in "
        "there."
    )


def can_be_withdrawn(dossier: Dossier) -> bool:
    """Whether its status allows it."""
    return dossier.status in WITHDRAWABLE


def ensure_can_be_withdrawn(dossier: Dossier) -> None:
    """Raise CannotWithdraw, which says why not, unless its status allows it."""
    if not can_be_withdrawn(dossier):
        raise CannotWithdraw(why=WHY_NOT[dossier.status])


def ensure_reason(reason: str) -> None:
    """None is needed: whoever asks for something may stop asking. Raise Invalid for a long one."""
    if len(reason) > LONGEST_REASON:
        told = gettext("At most %(most)s characters.", most=LONGEST_REASON)
        raise Invalid(errors={"reason": [told]})
