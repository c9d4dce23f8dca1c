"""Feedback as its sender and leaders see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.feedback.complaint_chain import chain_holds
from app.domain.feedback.complaint_rules import UnknownComplaint, handling_seat
from app.domain.feedback.complaints import (
    Complaint,
    ComplaintEntry,
    ComplaintState,
    ConcernedOfficer,
)
from app.domain.people.model import Person, Unit
from app.domain.people.overseers import OVERSEERS, seats_below
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor, Seat
from app.queries.inbox_overview import MOST_COUNTED

#: Rows of one page.
PAGE = 50
#: No tree of units is as high.
_HIGHEST = 20


@dataclass(frozen=True, kw_only=True)
class ComplaintPage:
    """One piece of feedback with all that happened to it."""

    complaint: Complaint
    unit: Unit
    dossier_code: str | None
    procedure_name: str | None
    #: As the account has it now, or a visitor has told it.
    sender_email: str | None
    entries: tuple[ComplaintEntry, ...]


@dataclass(frozen=True, kw_only=True)
class Handled(ComplaintPage):
    """The same for a leader, with the seat from which he answers."""

    seat: Seat
    #: Whom it may be about.
    officers: frozenset[int]

    @property
    def holds(self) -> bool:
        """Whether its record is whole."""
        return chain_holds(self.complaint, self.officers, self.entries)


@dataclass(frozen=True, kw_only=True)
class ComplaintList:
    """A page of a list, and the number after which the next one begins."""

    rows: tuple[tuple[Complaint, str], ...]
    before: int | None


def own_complaints(session: Session, person_id: int, before: int | None) -> ComplaintList:
    """What somebody with an account has sent, newest first."""
    return _listed(session, _ROWS.where(Complaint.sender_id == person_id), before)


def own_complaint(session: Session, code: str, person_id: int) -> ComplaintPage:
    """One that the person sent himself; raises UnknownComplaint for all others."""
    found = _by_code(session, code)
    if found is None or found.sender_id != person_id:
        raise UnknownComplaint(code=code)
    return ComplaintPage(**_around(session, found))


def handled_complaint(session: Session, code: str, actor: Actor) -> Handled:
    """One that the actor may answer; raises UnknownComplaint, also for whoever it is about."""
    found = _by_code(session, code)
    if found is None:
        raise UnknownComplaint(code=code)
    officers = concerned_by(session, found.id)
    seat = handling_seat(found, actor, officers, units_above(session, found.unit_id))
    if seat is None:
        raise UnknownComplaint(code=code)
    return Handled(seat=seat, officers=officers, **_around(session, found))


def complaints_for(
    session: Session, actor: Actor, day: date, *, is_open: bool, before: int | None
) -> ComplaintList:
    """What the actor has to answer, the oldest first, or has been answered, the newest first."""
    wanted = _ROWS.where(*_readable(actor, is_open=is_open))
    told = {"person": actor.person_id, "day": day}
    return _listed(session, wanted, before, told, oldest_first=is_open)


def how_many_wait(session: Session, actor: Actor, day: date) -> int:
    """How much waits for an answer of the actor; never more than `MOST_COUNTED`."""
    wanted = select(Complaint.id).where(*_readable(actor, is_open=True)).limit(MOST_COUNTED)
    told = {"person": actor.person_id, "day": day}
    return session.execute(select(func.count()).select_from(wanted.subquery()), told).scalar_one()


_ROWS: Any = select(Complaint, Unit.name).join(Unit, Unit.id == Complaint.unit_id)


def _readable(actor: Actor, *, is_open: bool) -> tuple[ColumnElement[bool], ...]:
    """In the words of the database what `handling_seat` says; `:person` and `:day` as there."""
    seats = seats_below()
    in_reach = select(seats.c.unit_id).where(seats.c.role.in_(OVERSEERS))
    about_him = exists().where(
        ConcernedOfficer.complaint_id == Complaint.id,
        ConcernedOfficer.person_id == actor.person_id,
    )
    answered = Complaint.state == ComplaintState.ANSWERED
    return (
        Complaint.unit_id.in_(in_reach),
        ~about_him,
        Complaint.sender_id.is_distinct_from(actor.person_id),
        ~answered if is_open else answered,
    )


def _listed(
    session: Session,
    wanted: Any,
    before: int | None,
    told: Mapping[str, Any] | None = None,
    *,
    oldest_first: bool = False,
) -> ComplaintList:
    number = Complaint.id
    if before is not None:
        wanted = wanted.where(number > before if oldest_first else number < before)
    wanted = wanted.order_by(number if oldest_first else number.desc()).limit(PAGE + 1)
    rows = [(one, name) for one, name in session.execute(wanted, told)]
    shown = tuple(rows[:PAGE])
    return ComplaintList(rows=shown, before=shown[-1][0].id if len(rows) > PAGE else None)


def _by_code(session: Session, code: str) -> Complaint | None:
    return session.scalar(select(Complaint).where(Complaint.code == code))


def _around(session: Session, complaint: Complaint) -> dict[str, Any]:
    row = session.execute(
        select(Unit, Dossier.code, Procedure.name, Person.email)
        .select_from(Complaint)
        .join(Unit, Unit.id == Complaint.unit_id)
        .outerjoin(Dossier, Dossier.id == Complaint.dossier_id)
        .outerjoin(Procedure, Procedure.id == Complaint.procedure_id)
        .outerjoin(Person, Person.id == Complaint.sender_id)
        .where(Complaint.id == complaint.id)
    ).one()
    return {
        "complaint": complaint,
        "unit": row[0],
        "dossier_code": row[1],
        "procedure_name": row[2],
        "sender_email": complaint.sender_email or row[3],
        "entries": tuple(entries_about(session, complaint.id)),
    }


def entries_about(session: Session, complaint_id: int) -> Sequence[ComplaintEntry]:
    """All that happened to it, in its order."""
    wanted = select(ComplaintEntry).where(ComplaintEntry.complaint_id == complaint_id)
    return session.scalars(wanted.order_by(ComplaintEntry.seq)).all()


def concerned_by(session: Session, complaint_id: int) -> frozenset[int]:
    """Whom it may be about."""
    wanted = select(ConcernedOfficer.person_id)
    return frozenset(session.scalars(wanted.where(ConcernedOfficer.complaint_id == complaint_id)))


def units_above(session: Session, unit_id: int) -> frozenset[int]:
    """The unit and all those above it."""
    found: list[int] = []
    here: int | None = unit_id
    while here is not None and here not in found and len(found) < _HIGHEST:
        found.append(here)
        here = session.get_one(Unit, here).parent_id
    return frozenset(found)


def units_to_address(session: Session, day: date) -> Sequence[tuple[str, str]]:
    """Code and name of every unit there is on that day."""
    wanted = (
        select(Unit.code, Unit.name)
        .where(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day))
        .order_by(Unit.code)
        .limit(2000)
    )
    return [(row.code, row.name) for row in session.execute(wanted)]
