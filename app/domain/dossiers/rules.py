"""What may happen to a dossier."""

from collections.abc import Collection
from datetime import datetime

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import (
    FINAL,
    FINISHED,
    FOLLOWS,
    RECEIVED,
    ApplicantKind,
    Channel,
    Status,
)
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.errors import Conflict, NotAllowed
from app.foundation.text import lazy_gettext

#: Sees every dossier and its history, changes none.
AUDITOR = "auditor"
#: They look on or look after; no step of a dossier ever waits for them.
BESIDE_CASEWORK = frozenset({AUDITOR, "analyst", "unit_admin", "province_admin"})


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
    if status in RECEIVED and dossier.received_at is None:
        dossier.received_at = at
    if status in FINISHED and dossier.finished_at is None:
        dossier.finished_at = at
    if status in FINAL:
        dossier.closed_at = at


def _count_supplement(dossier: Dossier) -> None:
    if dossier.supplement_requests:
        raise SupplementAlreadyRequested
    dossier.supplement_requests += 1


def is_without_account(dossier: Dossier) -> bool:
    """Whether a visitor sent it: no account holds it, and no officer typed it in (spec R3-03)."""
    return dossier.channel is Channel.ONLINE and dossier.submitter_id is None


def goes_back(dossier: Dossier, wanted: Status | None) -> bool:
    """Whether the request for a supplement ends the dossier (spec R3-04, C-09: 1 -> 3 for 1 -> 5).

    Only before its reception: then nothing is promised yet, and nothing is lost but a code. Once
    received it is supplemented where it is (docs/adr/0025).
    """
    asks = wanted is Status.SUPPLEMENT_REQUESTED and dossier.status is not wanted
    return asks and dossier.received_at is None and is_without_account(dossier)


def give_back(dossier: Dossier, at: datetime) -> None:
    """End it with the one request the law allows; raises SupplementAlreadyRequested."""
    _count_supplement(dossier)
    move_to(dossier, Status.REFUSED, at)


class NotAtWorkHere(NotAllowed):
    """The actor works neither in the handling unit nor at an open step."""

    message = lazy_gettext("Only officers who work on this dossier may do this.")


def seat_at_work(dossier: Dossier, actor: Actor, units_at_work: Collection[int]) -> Seat | None:
    """The seat from which an officer tells the dossier that something has happened outside.

    In the handling unit, or in one that has an open step.
    """
    units = {dossier.handling_unit_id, *units_at_work}
    return next(
        (
            seat
            for seat in actor.seats
            if seat.unit_id in units and seat.role not in BESIDE_CASEWORK
        ),
        None,
    )


def can_tell(dossier: Dossier, actor: Actor, units_at_work: Collection[int]) -> bool:
    """Whether the actor may deliver a message or signal to the dossier; the platform itself may."""
    return actor.kind is ActorKind.SYSTEM or bool(seat_at_work(dossier, actor, units_at_work))


def is_represented(dossier: Dossier, actor: Actor) -> bool:
    """Whether somebody else acts in the dossier for the actor, who has proved who he is.

    Then he may follow it; what has to be done in it is for whoever acts for him (spec L-16).
    """
    return (
        dossier.authorisation is not None
        and dossier.owner_kind is ApplicantKind.CITIZEN
        and actor.proved_number is not None
        and actor.proved_number == dossier.owner_identity
    )


def can_read(dossier: Dossier, actor: Actor, involved_units: frozenset[int]) -> bool:
    """Whether the actor may read the dossier: applicant, represented, involved officer, auditor."""
    if actor.has_opened(dossier.code):
        return True
    if actor.person_id is None:
        return False
    if actor.person_id in (dossier.owner_id, dossier.submitter_id):
        return True
    if is_represented(dossier, actor):
        return True
    return any(seat.role == AUDITOR or seat.unit_id in involved_units for seat in actor.seats)
