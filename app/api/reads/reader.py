"""Who may read a dossier, and how much of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import AUDITOR, can_read
from app.domain.inbox.model import InboxItem
from app.foundation.actor import Actor
from app.queries.dossier_pages import UnknownDossier


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A dossier opened for reading."""

    dossier: Dossier
    #: Whether the reader is an officer of an involved unit or an auditor; an applicant does not
    #: see the inner side of steps that were not his.
    inner: bool


def open_for_reading(session: Session, code: str, actor: Actor) -> Reading:
    """The dossier for whoever may read it; raises UnknownDossier, telling nobody else of it."""
    dossier = session.scalar(select(Dossier).where(Dossier.code == code))
    if dossier is None:
        raise UnknownDossier(code=code)
    return reading_of(session, dossier, actor)


def reading_of(session: Session, dossier: Dossier, actor: Actor) -> Reading:
    """How the actor may read the dossier; raises UnknownDossier."""
    involved = _involved(session, dossier) if actor.seats else frozenset()
    if not can_read(dossier, actor, involved):
        raise UnknownDossier(code=dossier.code)
    return Reading(dossier=dossier, inner=reads_inside(actor, involved))


def reads_inside(actor: Actor, involved: frozenset[int]) -> bool:
    """Whether the actor reads from a seat, not as applicant."""
    return any(seat.role == AUDITOR or seat.unit_id in involved for seat in actor.seats)


def _involved(session: Session, dossier: Dossier) -> frozenset[int]:
    units = session.scalars(
        select(InboxItem.unit_id).where(InboxItem.dossier_id == dossier.id).distinct()
    )
    return frozenset(units) | {dossier.handling_unit_id, dossier.receiving_unit_id}
