"""A dossier takes the place of an earlier one, once; both journals tell of it (spec R3-04)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.payments.carry_over import carry_over
from app.actions.record import record
from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.foundation.actor import Actor
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class AlreadySuperseded(Conflict):
    """Another dossier was sent instead of it before."""

    message = lazy_gettext("This dossier has already been sent again, with the code %(code)s.")

    def __init__(self, code: str) -> None:
        super().__init__(code=code)
        #: The code of that one.
        self.successor = code


def open_to_supersede(session: Session, dossier_id: int, at: datetime) -> Casework:
    """The dossier, locked, so that nobody else replaces it meanwhile; raises AlreadySuperseded."""
    work = open_dossier(session, dossier_id, at)
    if work is None:
        raise LookupError(f"there is no dossier {dossier_id}")
    code = session.scalar(select(Dossier.code).where(Dossier.supersedes_id == dossier_id))
    if code is not None:
        raise AlreadySuperseded(code)
    return work


def supersede(
    session: Session, old: Casework, new: Casework, *, actor: Actor, at: datetime
) -> None:
    """Tell the old dossier which one has taken its place, and take its fee over."""
    told = {"code": new.dossier.code}
    record(session, old, Event.DOSSIER_SUPERSEDED, told, actor=actor, seat=None, at=at)
    carry_over(session, old, new, at=at)
