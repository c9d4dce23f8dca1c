"""Who may do the work of an inbox item."""

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Channel, Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import APPLICANT
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.errors import Conflict, NotAllowed
from app.foundation.text import lazy_gettext

#: The role that stands in for a citizen who came to the counter.
RECEPTION = "reception_officer"


class TaskAlreadyDone(Conflict):
    """Somebody, perhaps the same person, has already completed it."""

    message = lazy_gettext("This task has already been completed.")


class TaskWithdrawn(Conflict):
    """The dossier has moved on without this step."""

    message = lazy_gettext("This task is no longer open: the dossier has moved on.")


class DossierWithdrawn(TaskWithdrawn):
    """The applicant has taken the dossier back, perhaps while the officer was writing."""

    message = lazy_gettext(
        "The applicant has withdrawn this dossier. Nothing is left to do, and nothing you wrote "
        "here was recorded."
    )


class TaskTakenByAnother(Conflict):
    """A colleague has claimed it."""

    message = lazy_gettext("A colleague has taken this task.")


class TaskOfAnotherUnit(NotAllowed):
    """The actor holds no seat with this role in this unit."""

    message = lazy_gettext("This task belongs to another unit or role.")


def ensure_open(item: InboxItem) -> None:
    """Raise unless the item still waits for somebody."""
    if item.state is ItemState.DONE:
        raise TaskAlreadyDone
    if item.state is ItemState.CANCELLED:
        raise TaskWithdrawn


def ensure_not_withdrawn(dossier: Dossier) -> None:
    """Raise DossierWithdrawn once the applicant has taken it back."""
    if dossier.status is Status.WITHDRAWN:
        raise DossierWithdrawn


def ensure_mine_to_do(item: InboxItem, dossier: Dossier, actor: Actor) -> None:
    """Raise unless the actor may claim or complete the item now.

    The platform itself may, with what an officer has prepared for it.
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    if not may_see(item, dossier, actor):
        raise TaskOfAnotherUnit
    if item.role == APPLICANT:
        return
    if item.assignee_id not in (None, actor.person_id):
        raise TaskTakenByAnother


def can_complete(item: InboxItem, dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor may complete the item now."""
    return (
        item.state is ItemState.OPEN
        and may_see(item, dossier, actor)
        and (item.role == APPLICANT or item.assignee_id in (None, actor.person_id))
    )


def may_see(item: InboxItem, dossier: Dossier, actor: Actor) -> bool:
    """Whether the item belongs to a queue of the actor."""
    if item.role == APPLICANT:
        return is_applicant(dossier, actor) or stands_in(dossier, actor)
    return actor.seat_for(item.role, item.unit_id) is not None


def is_applicant(dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor is the owner or submitter, or has proved to be in this session."""
    if actor.has_opened(dossier.code):
        return True
    return actor.person_id is not None and actor.person_id in (
        dossier.owner_id,
        dossier.submitter_id,
    )


def stands_in(dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor may act for a citizen who handed the dossier in at the counter."""
    return dossier.channel is not Channel.ONLINE and actor.holds(
        RECEPTION, dossier.receiving_unit_id
    )


def seat_used(item: InboxItem, dossier: Dossier, actor: Actor) -> Seat | None:
    """The seat from which the actor works; none for a citizen."""
    if item.role == APPLICANT:
        return actor.seat_for(RECEPTION, dossier.receiving_unit_id)
    return actor.seat_for(item.role, item.unit_id)
