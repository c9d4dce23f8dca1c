"""Parcels with results: promised when a result is ready, found under their dossier's lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.record import record
from app.actions.set_aside import open_steps, take_up
from app.domain.dossiers.status import Status
from app.domain.inbox.due import SET_ASIDE
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.postal.choice import ReturnMethod
from app.domain.postal.model import Parcel
from app.domain.postal.queries import choice_of, parcel_of
from app.domain.postal.states import ParcelState, Trouble
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due

#: How an entry tells that no step gets another date.
STAYS: Mapping[str, Any] = {"steps": [], "editions": {}}


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """A parcel and its dossier, under the dossier's lock."""

    work: Casework
    parcel: Parcel


def parcel_at_hand(
    session: Session, parcel_id: int, at: datetime, *, skip_locked: bool = False
) -> AtHand | None:
    """The parcel with its dossier, locked; None if there is none or somebody else holds it."""
    number = session.scalar(select(Parcel.dossier_id).where(Parcel.id == parcel_id))
    work = open_dossier(session, number, at, skip_locked=skip_locked) if number else None
    parcel = parcel_of(session, number) if work and number else None
    return AtHand(work=work, parcel=parcel) if work and parcel else None


def parcel_numbered(session: Session, number: str, at: datetime) -> AtHand | None:
    """The same by the order's number."""
    found = session.scalar(select(Parcel.id).where(Parcel.number == number))
    return parcel_at_hand(session, found, at) if found else None


def promise_parcel(session: Session, work: Casework, *, before: Status, at: datetime) -> None:
    """The result has just become ready: if it goes by post, the carrier is told after the commit.

    A parcel that was promised and not ordered is given up by itself once the result was handed
    over otherwise, see `take_parcel`.
    """
    dossier = work.dossier
    if dossier.status is not Status.RESULT_READY or before is Status.RESULT_READY:
        return
    if choice_of(session, dossier.id).method is not ReturnMethod.POST:
        return
    session.add(
        Parcel(
            dossier_id=dossier.id,
            number=f"{dossier.code}-KQ",
            state=ParcelState.WAITING,
            created_at=at,
            act_at=at,
            attempts=0,
        )
    )
    session.flush()
    comes_due(session, at)


def back_to_people(session: Session, hand: AtHand, at: datetime) -> dict[str, Any]:
    """The step that was to complete itself is an officer's again, with the time it had left.

    Gives the fields that tell it.
    """
    items = [one for one in open_steps(session, hand.work) if one.rank == SET_ASIDE]
    packed_at = session.scalar(
        select(func.min(JournalEntry.at)).where(
            JournalEntry.dossier_id == hand.work.dossier.id,
            JournalEntry.event == Event.PARCEL_PREPARED,
        )
    )
    return take_up(session, hand.work, items, since=packed_at or at, at=at)


def block(session: Session, hand: AtHand, trouble: Trouble, at: datetime) -> None:
    """Note why it does not move, once; administrators are told with the entry."""
    if hand.parcel.trouble is trouble:
        return
    hand.parcel.trouble = trouble
    session.flush()
    told = {"order": hand.parcel.number, "reason": trouble.value}
    told |= back_to_people(session, hand, at) if trouble is Trouble.NOT_PREPARED else STAYS
    record(session, hand.work, Event.PARCEL_BLOCKED, told, actor=SYSTEM, seat=None, at=at)
