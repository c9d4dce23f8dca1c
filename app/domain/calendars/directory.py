"""Which calendar every unit keeps at one moment: for pages and for work on many dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.people.model import Unit


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The tree of units and the calendars in force; `queries.edition_of` gives the same answers."""

    #: Every unit with the one above it.
    parents: Mapping[int, int | None]
    #: The calendar of each unit that keeps one, and under None that of the province.
    calendars: Mapping[int | None, int]
    #: The edition in force of each of these calendars.
    editions: Mapping[int, int]

    def calendar_of(self, unit_id: int | None) -> int | None:
        """Number of the calendar that counts for the unit; None without any."""
        seen: set[int] = set()
        while unit_id is not None and unit_id not in seen:
            if unit_id in self.calendars:
                return self.calendars[unit_id]
            seen.add(unit_id)
            unit_id = self.parents.get(unit_id)
        return self.calendars.get(None)

    def edition_of(self, unit_id: int | None) -> int | None:
        """Number of the edition that counts for the unit."""
        calendar = self.calendar_of(unit_id)
        return None if calendar is None else self.editions[calendar]

    def units_of(self, calendar_id: int) -> frozenset[int]:
        """The units that keep this calendar."""
        return frozenset(unit for unit in self.parents if self.calendar_of(unit) == calendar_id)

    def calendars_below(self, calendar_id: int) -> tuple[int, ...]:
        """The calendars of units that would keep this one if they had none of their own."""
        found = (
            below
            for unit, below in self.calendars.items()
            if unit is not None
            and below != calendar_id
            and self.calendar_of(self.parents.get(unit)) == calendar_id
        )
        return tuple(sorted(found))

    def with_calendar(self, calendar: Calendar) -> "Directory":
        """As it will be once the calendar has an edition, if it has none yet."""
        return Directory(
            parents=self.parents,
            calendars={**self.calendars, calendar.unit_id: calendar.id},
            editions=self.editions,
        )


def directory(session: Session, at: datetime) -> Directory:
    """The directory at that moment, in two statements."""
    newest = (
        select(
            CalendarEdition.calendar_id,
            func.max(CalendarEdition.number).label("number"),
        )
        .where(CalendarEdition.created_at <= at)
        .group_by(CalendarEdition.calendar_id)
        .subquery()
    )
    rows = session.execute(
        select(Calendar.id, Calendar.unit_id, CalendarEdition.id.label("edition_id"))
        .join(newest, newest.c.calendar_id == Calendar.id)
        .join(
            CalendarEdition,
            (CalendarEdition.calendar_id == newest.c.calendar_id)
            & (CalendarEdition.number == newest.c.number),
        )
        .order_by(CalendarEdition.created_at, CalendarEdition.id)
    ).all()
    parents = session.execute(select(Unit.id, Unit.parent_id)).all()
    return Directory(
        parents={row.id: row.parent_id for row in parents},
        calendars={row.unit_id: row.id for row in rows},
        editions={row.id: row.edition_id for row in rows},
    )
