"""Who was told what, when and how: of one dossier, and what failed anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain.calendars.rules import PROVINCE_ADMIN, UNIT_ADMIN
from app.domain.dossiers.model import Dossier
from app.domain.notices.model import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeState,
    Party,
    Suppressed,
)
from app.domain.people.model import Person
from app.foundation.actor import Actor, ActorKind

#: Rows of one page of the log.
PAGE = 50
#: A dossier with more has a page that tells the newest.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """One notice and the messages that carried it; empty where none was written."""

    notice: Notice
    #: The account it is for.
    person: str | None
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, kw_only=True)
class Logged:
    """A line of the delivery log; without delivery nobody could be reached."""

    notice: Notice
    delivery: Delivery | None
    code: str


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """A page of the log, and the number after which the next one begins."""

    rows: tuple[Logged, ...]
    before: int | None


def told_about(session: Session, dossier_id: int, *, staff: bool) -> list[Told]:
    """What was told of a dossier, newest first; `staff` also what officers were told."""
    wanted = (
        select(Notice, Person.name)
        .outerjoin(Person, Person.id == Notice.person_id)
        .where(Notice.dossier_id == dossier_id)
        .order_by(Notice.id.desc())
        .limit(MOST)
    )
    if not staff:
        wanted = wanted.where(Notice.party != Party.STAFF, Notice.state == NoticeState.TOLD)
    found = session.execute(wanted).all()
    messages = _messages(session, [notice.id for notice, _name in found])
    return [
        Told(notice=notice, person=name, deliveries=tuple(messages.get(notice.id, ())))
        for notice, name in found
    ]


def _messages(session: Session, numbers: Sequence[int]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = {}
    wanted = select(Delivery).where(Delivery.notice_id.in_(numbers)).order_by(Delivery.id)
    for message in session.scalars(wanted):
        found.setdefault(message.notice_id, []).append(message)
    return found


#: What the log can be looked through for.
VIEWS = ("failed", "waiting", "unreached", "all")


def log_page(session: Session, actor: Actor, view: str, before: int | None) -> LogPage:
    """The messages of the units that the actor looks after, newest first."""
    wanted = _UNREACHED if view == "unreached" else _MESSAGES.where(*_CONDITIONS[view])
    number = Notice.id if view == "unreached" else Delivery.id
    if before is not None:
        wanted = wanted.where(number < before)
    found = session.execute(
        wanted.where(*_reach(actor)).order_by(number.desc()).limit(PAGE + 1)
    ).all()
    rows = [Logged(notice=one[0], code=one[1], delivery=one[2]) for one in found]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return LogPage(
        rows=tuple(rows[:PAGE]),
        before=None if last is None else (last[2].id if last[2] else last[0].id),
    )


_MESSAGES: Any = (
    select(Notice, Dossier.code, Delivery)
    .select_from(Delivery)
    .join(Notice, Notice.id == Delivery.notice_id)
    .join(Dossier, Dossier.id == Notice.dossier_id)
)
_UNREACHED: Any = (
    select(Notice, Dossier.code, Delivery)
    .join(Dossier, Dossier.id == Notice.dossier_id)
    .outerjoin(Delivery, Delivery.notice_id == Notice.id)
    .where(Notice.suppressed.in_([Suppressed.NO_ADDRESS, Suppressed.NO_CHANNEL]))
)
_CONDITIONS: dict[str, tuple[ColumnElement[bool], ...]] = {
    "failed": (Delivery.state == DeliveryState.FAILED,),
    "waiting": (Delivery.next_try_at.is_not(None),),
    "all": (),
}


def _reach(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    if actor.kind is ActorKind.SYSTEM or actor.holds(PROVINCE_ADMIN):
        return ()
    units = {seat.unit_id for seat in actor.seats if seat.role == UNIT_ADMIN}
    return (Dossier.handling_unit_id.in_(units),)
