"""What may happen to a dossier."""

from datetime import datetime

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINAL, FINISHED, FOLLOWS, Status
from app.foundation.actor import Actor
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext

#: Sees every dossier and its history, changes none.
AUDITOR = "auditor"


class StatusImpossible(Conflict):
    """The diagram leads to a status that may not follow the present one (spec C-09)."""

    message = lazy_gettext("A dossier with status %(now)s cannot get status %(after)s.")


class SupplementAlreadyRequested(Conflict):
    """The law lets an office ask a citizen for more only once (spec R2-07)."""

    message = lazy_gettext(
        "A supplement has already been requested once. The law allows only one request "
        "for each dossier: choose another decision."
    )


def move_to(dossier: Dossier, status: Status, at: datetime) -> None:
    """Change the status and the instants that follow from it; raises StatusImpossible."""
    if status is dossier.status:
        return
    if status not in FOLLOWS[dossier.status]:
        raise StatusImpossible(now=int(dossier.status), after=int(status))
    if status is Status.SUPPLEMENT_REQUESTED:
        _count_supplement(dossier)
    dossier.status = status
    if status in {Status.RECEIVED, Status.IN_PROGRESS} and dossier.received_at is None:
        dossier.received_at = at
    if status in FINISHED and dossier.finished_at is None:
        dossier.finished_at = at
    if status in FINAL:
        dossier.closed_at = at


def _count_supplement(dossier: Dossier) -> None:
    if dossier.supplement_requests:
        raise SupplementAlreadyRequested
    dossier.supplement_requests += 1


def can_read(dossier: Dossier, actor: Actor, involved_units: frozenset[int]) -> bool:
    """Whether the actor may read the dossier: applicant, involved officer or auditor."""
    if actor.has_opened(dossier.code):
        return True
    if actor.person_id is None:
        return False
    if actor.person_id in (dossier.owner_id, dossier.submitter_id):
        return True
    return any(seat.role == AUDITOR or seat.unit_id in involved_units for seat in actor.seats)
