"""Which edition counts for a unit at a moment, and editions ready to count with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, ScalarSelect, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, undefer

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.reading import working_calendar
from app.domain.calendars.rules import FIRST, hash_of
from app.domain.people.model import Unit
from app.foundation.clock import local_date
from app.foundation.errors import NotFound
from app.foundation.rows import plain_rows
from app.foundation.text import lazy_gettext
from app.worktime import WorkingCalendar

#: No tree of units is as deep; a loop in it ends here.
_DEEPEST = 20


class NoCalendar(NotFound):
    """No working calendar is in force."""

    message = lazy_gettext("No working calendar is in force on %(day)s.")


@dataclass(frozen=True, kw_only=True, eq=False)
class LoadedEdition:
    """One immutable edition, ready to count with."""

    id: int
    calendar_id: int
    number: int
    hash: bytes
    created_at: datetime
    content: Mapping[str, Any]
    calendar: WorkingCalendar


def edition_of(unit: ColumnElement[int] | Any) -> ScalarSelect[int]:
    """Number of the edition in force for a unit at the moment `:at`.

    It is the newest one made by then of the unit's own calendar, otherwise of its parent's and so
    on, in the end of the province's. `unit` may be a column of the statement around it.
    """
    above = (
        select(Unit.id, Unit.parent_id, literal(0).label("steps"))
        .where(Unit.id == unit)
        .correlate_except(Unit)
        .cte("above", recursive=True, nesting=True)
    )
    parent = aliased(Unit)
    above = above.union_all(
        select(parent.id, parent.parent_id, above.c.steps + 1)
        .join(above, parent.id == above.c.parent_id)
        .where(above.c.steps < _DEEPEST)
    )
    return (
        select(CalendarEdition.id)
        .join(Calendar, Calendar.id == CalendarEdition.calendar_id)
        .outerjoin(above, above.c.id == Calendar.unit_id)
        .where(
            or_(Calendar.unit_id.is_(None), above.c.id.is_not(None)),
            CalendarEdition.created_at <= bindparam("at"),
        )
        .order_by(
            func.coalesce(above.c.steps, _DEEPEST + 1),
            CalendarEdition.created_at.desc(),
            CalendarEdition.id.desc(),
        )
        .limit(1)
        .correlate_except(CalendarEdition, Calendar, above)
        .scalar_subquery()
    )


def newest_edition(session: Session, calendar_id: int) -> CalendarEdition | None:
    """The last edition of the calendar with its content; None before the first."""
    return session.scalar(
        select(CalendarEdition)
        .where(CalendarEdition.calendar_id == calendar_id)
        .order_by(CalendarEdition.number.desc())
        .limit(1)
        .options(undefer(CalendarEdition.content))
    )


_FOR_UNIT = select(edition_of(bindparam("unit")))


def calendar_for(session: Session, unit_id: int | None, at: datetime) -> LoadedEdition:
    """The edition in force for the unit at that moment, without one that of the province.

    Raises NoCalendar.
    """
    (found,) = plain_rows(session, _FOR_UNIT, {"unit": unit_id, "at": at})
    return edition_at(session, found[0], at)


def edition_at(session: Session, edition_id: int | None, at: datetime) -> LoadedEdition:
    """The edition that was found to be in force; raises NoCalendar for none."""
    if edition_id is None:
        raise NoCalendar(day=local_date(at).isoformat())
    return loaded_edition(session, edition_id)


#: Editions never change, so what was read stays true as long as its database is in use. What a
#: transaction has made and not yet committed must not be asked for: its number may be used again.
_loaded: WeakKeyDictionary[Engine, dict[int, LoadedEdition]] = WeakKeyDictionary()
_lock = Lock()
#: Enough for every unit of a province.
_MAX_LOADED = 1024


def loaded_edition(session: Session, edition_id: int) -> LoadedEdition:
    """The edition of that number, read at most once per process; raises NotFound."""
    with _lock:
        shelf = _loaded.setdefault(session.get_bind().engine, {})
    found = shelf.get(edition_id)
    if found is None:
        found = _load(session, edition_id)
        with _lock:
            if len(shelf) >= _MAX_LOADED:
                shelf.clear()
            shelf[edition_id] = found
    return found


def _load(session: Session, edition_id: int) -> LoadedEdition:
    row = _stored(session, CalendarEdition.id == edition_id)
    if row is None:
        raise NotFound
    return LoadedEdition(
        id=row.id,
        calendar_id=row.calendar_id,
        number=row.number,
        hash=row.hash,
        created_at=row.created_at,
        content=row.content,
        calendar=working_calendar(row.content),
    )


def sound_hash(session: Session, edition_id: int) -> bytes | None:
    """The hash of the edition as it is stored now, if it still is that of what it says.

    None for an edition that is gone, was changed, or follows one that is gone.
    """
    row = _stored(session, CalendarEdition.id == edition_id)
    if row is None:
        return None
    previous = FIRST
    if row.number > 1:
        before = _stored(
            session,
            CalendarEdition.calendar_id == row.calendar_id,
            CalendarEdition.number == row.number - 1,
        )
        if before is None:
            return None
        previous = before.hash
    return row.hash if hash_of(row, previous) == row.hash else None


def _stored(session: Session, *which: ColumnElement[bool]) -> CalendarEdition | None:
    """As the database has it now, content included."""
    return session.scalar(
        select(CalendarEdition)
        .where(*which)
        .options(undefer(CalendarEdition.content))
        .execution_options(populate_existing=True)
    )
