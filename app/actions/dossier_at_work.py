"""A dossier named by its code, locked for an officer who works on it or for the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import NotAtWorkHere, can_read, can_tell, seat_at_work
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.foundation.actor import Actor, ActorKind, Seat
from app.queries.dossier_pages import UnknownDossier


@dataclass(frozen=True, kw_only=True)
class DossierAtWork:
    """The dossier, and the seat from which the actor works on it; none for the platform."""

    work: Casework
    seat: Seat | None


def dossier_at_work(session: Session, code: str, *, actor: Actor, at: datetime) -> DossierAtWork:
    """Raises UnknownDossier, also for those who may not read it, and NotAtWorkHere."""
    work = open_dossier_called(session, code, at)
    if work is None:
        raise UnknownDossier(code=code)
    units = _units_at_work(session, work.dossier.id)
    _ensure_allowed(work.dossier, actor, units)
    return DossierAtWork(work=work, seat=seat_at_work(work.dossier, actor, units))


def _units_at_work(session: Session, dossier_id: int) -> Sequence[int]:
    wanted = select(InboxItem.unit_id).where(InboxItem.dossier_id == dossier_id, IS_OPEN)
    return session.scalars(wanted).all()


def _ensure_allowed(dossier: Dossier, actor: Actor, units: Sequence[int]) -> None:
    """Whoever may not even read the dossier is not told that it exists."""
    if can_tell(dossier, actor, units):
        return
    if can_read(dossier, actor, frozenset(units)) and actor.kind is ActorKind.PERSON:
        raise NotAtWorkHere
    raise UnknownDossier(code=dossier.code)
