"""What saving an edition would do to the due dates of open dossiers; changes nothing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.calendars.directory import Directory, directory
from app.domain.calendars.model import Calendar
from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.foundation.errors import Invalid
from app.queries.due_dates import Dates, Standing, dates_under, standings
from app.queries.handing_down import followers
from app.worktime import WorkingCalendar

#: More dossiers are not worked through while somebody waits for the page.
MOST = 20_000
EXAMPLES = 20


@dataclass(frozen=True, kw_only=True)
class Move:
    """One dossier that would be due at another moment."""

    code: str
    before: datetime
    after: datetime


@dataclass(frozen=True, kw_only=True)
class Undatable:
    """A dossier that would be left without a due date, and why."""

    code: str
    reason: Invalid


@dataclass(frozen=True, kw_only=True)
class Preview:
    """How many open dossiers keep the calendar, and what becomes of them."""

    dossiers: int
    #: Names of the calendars below that take over days with it; their dossiers are counted too.
    followers: tuple[str, ...]
    #: Whether there are more, which were not looked at.
    more: bool
    later: int
    earlier: int
    #: Of those whose own due date stays: how many have a step that is due at another moment.
    steps_only: int
    examples: tuple[Move, ...]
    undatable: tuple[Undatable, ...]

    @property
    def moved(self) -> int:
        """Dossiers with another due date."""
        return self.later + self.earlier

    @property
    def unchanged(self) -> int:
        """Dossiers with the same due date."""
        return self.dossiers - self.moved - len(self.undatable)


def preview_edition(
    session: Session,
    calendar: Calendar,
    written: WorkingCalendar,
    at: datetime,
    *,
    examples: int = EXAMPLES,
    most: int = MOST,
) -> Preview:
    """What would move if `written` were the calendar from `at` on; a bounded number of statements.

    Looks at the `most` oldest open dossiers and gives the first `examples` that move.
    """
    known = directory(session, at).with_calendar(calendar)
    changed = {calendar.id: written} | _followers(session, known, calendar.id, written)
    units = frozenset[int]().union(*(known.units_of(number) for number in changed))
    found = standings(session, concerned(units), limit=most + 1)
    calendar_for = _calendars(session, known, changed)
    moves: list[Move] = []
    undatable: list[Undatable] = []
    steps_only = 0
    for standing in found[:most]:
        try:
            dates = dates_under(standing, calendar_for)
        except Invalid as reason:
            undatable.append(Undatable(code=standing.code, reason=reason))
            continue
        if dates.due_at != standing.due_at:
            moves.append(_move(standing, dates))
        else:
            steps_only += bool(dates.moved_steps(standing))
    return Preview(
        dossiers=len(found[:most]),
        followers=_names(session, changed.keys() - {calendar.id}),
        more=len(found) > most,
        later=sum(one.after > one.before for one in moves),
        earlier=sum(one.after < one.before for one in moves),
        steps_only=steps_only,
        examples=tuple(moves[:examples]),
        undatable=tuple(undatable),
    )


def concerned(units: frozenset[int]) -> ColumnElement[bool]:
    """Whether a dossier, or an open step of it, is in one of these units."""
    busy = select(InboxItem.dossier_id).where(IS_OPEN, InboxItem.unit_id.in_(units))
    return or_(Dossier.handling_unit_id.in_(units), Dossier.id.in_(busy))


def _followers(
    session: Session, known: Directory, calendar_id: int, written: WorkingCalendar
) -> dict[int, WorkingCalendar]:
    """What the calendars below will say."""

    def newest(number: int) -> WorkingCalendar | None:
        edition = known.editions.get(number)
        return loaded_edition(session, edition).calendar if edition else None

    found = followers(known, calendar_id, newest(calendar_id), written, newest)
    return {one.calendar_id: one.after for one in found}


def _names(session: Session, numbers: Collection[int]) -> tuple[str, ...]:
    if not numbers:
        return ()
    wanted = select(Calendar.name).where(Calendar.id.in_(numbers)).order_by(Calendar.name)
    return tuple(session.scalars(wanted))


def _calendars(
    session: Session, known: Directory, changed: Mapping[int, WorkingCalendar]
) -> Callable[[int], WorkingCalendar]:
    """The calendar of each unit if these were in force; each is looked up once."""
    found: dict[int, WorkingCalendar] = {}

    def calendar_for(unit_id: int) -> WorkingCalendar:
        if unit_id not in found:
            found[unit_id] = _calendar(session, known, unit_id, changed)
        return found[unit_id]

    return calendar_for


def _calendar(
    session: Session, known: Directory, unit_id: int, changed: Mapping[int, WorkingCalendar]
) -> WorkingCalendar:
    kept = known.calendar_of(unit_id)
    if kept is None:
        return next(iter(changed.values()))
    if kept in changed:
        return changed[kept]
    return loaded_edition(session, known.editions[kept]).calendar


def _move(standing: Standing, dates: Dates) -> Move:
    return Move(code=standing.code, before=standing.due_at, after=dates.due_at)
