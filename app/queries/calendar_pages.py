"""Calendars for those who read or change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, undefer

from app.domain.calendars.directory import directory
from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.proposing import last_year_with_days, unconfirmed_years
from app.domain.calendars.queries import loaded_edition
from app.domain.calendars.rules import can_make
from app.domain.deadlines.redating import Redating
from app.domain.people.model import Unit
from app.foundation.actor import Actor
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.worktime import WorkingCalendar

#: No province keeps as many calendars, and none was changed as often.
MOST = 1000


class NoSuchCalendar(NotFound):
    """There is no such calendar, or no such edition of it."""

    message = lazy_gettext("There is no such calendar.")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One calendar in a list."""

    key: str
    name: str
    #: None for the calendar of the province.
    unit_id: int | None
    unit_code: str | None
    unit_name: str | None
    #: Of the newest edition; None before the first.
    number: int | None
    since: datetime | None
    #: Years with estimated days, and the last year with exceptional days at all.
    unconfirmed: tuple[int, ...]
    last_year: int | None


def listed_calendars(session: Session) -> list[Listed]:
    """Every calendar with its newest edition, that of the province first."""
    newest = (
        select(CalendarEdition.calendar_id, func.max(CalendarEdition.number).label("number"))
        .group_by(CalendarEdition.calendar_id)
        .subquery()
    )
    rows = session.execute(
        select(Calendar, Unit, CalendarEdition)
        .outerjoin(Unit, Unit.id == Calendar.unit_id)
        .outerjoin(newest, newest.c.calendar_id == Calendar.id)
        .outerjoin(
            CalendarEdition,
            (CalendarEdition.calendar_id == Calendar.id)
            & (CalendarEdition.number == newest.c.number),
        )
        .order_by(Unit.code.is_not(None), Unit.code)
        .limit(MOST)
    )
    return [_listed(session, *row) for row in rows]


def _listed(
    session: Session, calendar: Calendar, unit: Unit | None, edition: CalendarEdition | None
) -> Listed:
    kept = loaded_edition(session, edition.id).calendar if edition else None
    return Listed(
        key=calendar.key,
        name=calendar.name,
        unit_id=calendar.unit_id,
        unit_code=unit.code if unit else None,
        unit_name=unit.name if unit else None,
        number=edition.number if edition else None,
        since=edition.created_at if edition else None,
        unconfirmed=tuple(unconfirmed_years(kept)) if kept else (),
        last_year=last_year_with_days(kept) if kept else None,
    )


def calendar_by_key(session: Session, key: str | None) -> Calendar:
    """The calendar, without a key that of the province; raises NoSuchCalendar."""
    found = session.scalar(select(Calendar).where(_is(key)).order_by(Calendar.id).limit(1))
    if found is None:
        raise NoSuchCalendar
    return found


def _is(key: str | None) -> ColumnElement[bool]:
    return Calendar.unit_id.is_(None) if key is None else Calendar.key == key


def calendar_with_edition(
    session: Session, key: str | None, number: int | None
) -> tuple[Calendar, CalendarEdition]:
    """The calendar and that edition of it, the newest without a number; raises NoSuchCalendar."""
    wanted = select(Calendar, CalendarEdition).join(
        CalendarEdition, CalendarEdition.calendar_id == Calendar.id
    )
    if number is not None:
        wanted = wanted.where(CalendarEdition.number == number)
    row = session.execute(
        wanted.where(_is(key))
        .order_by(CalendarEdition.number.desc())
        .limit(1)
        .options(undefer(CalendarEdition.content))
    ).one_or_none()
    if row is None:
        raise NoSuchCalendar
    return row[0], row[1]


def editions_of(session: Session, calendar: Calendar) -> Sequence[CalendarEdition]:
    """Every edition without its content, newest first."""
    return session.scalars(
        select(CalendarEdition)
        .where(CalendarEdition.calendar_id == calendar.id)
        .order_by(CalendarEdition.number.desc())
        .limit(MOST)
    ).all()


def parent_calendar(session: Session, calendar: Calendar, at: datetime) -> WorkingCalendar | None:
    """What the unit would keep without a calendar of its own; None for that of the province."""
    if calendar.unit_id is None:
        return None
    known = directory(session, at)
    above = known.edition_of(known.parents.get(calendar.unit_id))
    return loaded_edition(session, above).calendar if above else None


@dataclass(frozen=True, kw_only=True)
class Redated:
    """How far the dossiers that an edition may concern were dated again."""

    waiting: int = 0
    moved: int = 0


def redating_counts(session: Session, calendar: Calendar) -> dict[int, Redated]:
    """The counts by number of the edition; editions that concerned nobody are left out."""
    rows = session.execute(
        select(
            CalendarEdition.number,
            func.count().filter(Redating.done_at.is_(None)),
            func.count().filter(Redating.moved.is_(True)),
        )
        .join(CalendarEdition, CalendarEdition.id == Redating.edition_id)
        .where(CalendarEdition.calendar_id == calendar.id, Redating.dossier_id.is_not(None))
        .group_by(CalendarEdition.number)
    )
    return {number: Redated(waiting=waiting, moved=moved) for number, waiting, moved in rows}


def units_without(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the units that the actor may give a calendar of their own."""
    kept = select(Calendar.unit_id).where(Calendar.unit_id.is_not(None))
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name)
        .where(Unit.id.not_in(kept), Unit.parent_id.is_not(None), Unit.valid_to.is_(None))
        .order_by(Unit.code)
        .limit(MOST)
    )
    return [(row.code, row.name) for row in rows if can_make(row.id, actor)]
