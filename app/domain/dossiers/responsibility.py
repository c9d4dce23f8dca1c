"""Whose time it was: every working second of a dossier belongs to exactly one holder.

While the term waits for the applicant or for a payment, the time is theirs. Otherwise it belongs
to the open step that holds the dossier up: of several at once the one that is done last, and of
those not done yet the one that was opened first. Where no step is open, a timer or a service is
at work, and the time is the handling unit's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from itertools import pairwise

from app.domain.dossiers.clock import Pause
from app.worktime import WorkingCalendar, working_seconds_between


class Holder(Enum):
    """Who held a dossier."""

    OFFICE = "office"  # the handling unit, or one below it
    AGENCY = "agency"  # a unit of another agency
    APPLICANT = "applicant"  # the citizen or body it is about
    PAYMENT = "payment"  # whoever has to pay, and the way the money takes


@dataclass(frozen=True, kw_only=True)
class Work:
    """A step that was or is open."""

    opened_at: datetime
    #: None while it is open.
    done_at: datetime | None
    holder: Holder
    #: Names as they are told; no person before somebody took the step.
    unit: str
    person: str
    step: str


@dataclass(frozen=True, kw_only=True)
class Wait:
    """The term stood still; `ends` is None while it still does."""

    begins: datetime
    ends: datetime | None
    pause: Pause


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """An unbroken time with one holder; `seconds` of working time."""

    begins: datetime
    ends: datetime
    holder: Holder
    unit: str
    person: str
    step: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one holder took in all; `seconds` of working time."""

    holder: Holder
    unit: str
    person: str
    seconds: int


def stretches(
    calendar: WorkingCalendar,
    begins: datetime,
    ends: datetime,
    works: Sequence[Work],
    waits: Sequence[Wait],
    *,
    own_unit: str,
) -> tuple[Stretch, ...]:
    """The time from `begins` to `ends`, without a gap, each part with its holder.

    The working seconds of the parts sum to those of the whole. `own_unit` names the handling unit.
    """
    marks = sorted({begins, ends, *_marks(works, waits)})
    inside = [mark for mark in marks if begins <= mark <= ends]
    idle = Work(
        opened_at=begins, done_at=None, holder=Holder.OFFICE, unit=own_unit, person="", step=""
    )
    found = [
        _stretch(calendar, first, last, _holding(first, works, waits) or idle)
        for first, last in pairwise(inside)
    ]
    return tuple(_joined(found))


def shares(parts: Iterable[Stretch]) -> tuple[Share, ...]:
    """The same by holder, unit and person, in the order they first held the dossier."""
    sums: dict[tuple[Holder, str, str], int] = {}
    for part in parts:
        key = (part.holder, part.unit, part.person)
        sums[key] = sums.get(key, 0) + part.seconds
    return tuple(
        Share(holder=holder, unit=unit, person=person, seconds=seconds)
        for (holder, unit, person), seconds in sums.items()
        if seconds
    )


def _marks(works: Iterable[Work], waits: Iterable[Wait]) -> Iterator[datetime]:
    for work in works:
        yield from (work.opened_at, *((work.done_at,) if work.done_at else ()))
    for wait in waits:
        yield from (wait.begins, *((wait.ends,) if wait.ends else ()))


def _holding(at: datetime, works: Iterable[Work], waits: Iterable[Wait]) -> Work | None:
    """What holds the dossier from `at` on, until the next mark."""
    open_then = [
        work for work in works if work.opened_at <= at and (not work.done_at or at < work.done_at)
    ]
    held = min(open_then, key=_order, default=None)
    wait = next((w for w in waits if w.begins <= at and (not w.ends or at < w.ends)), None)
    holder = _WAITERS.get(wait.pause) if wait else None
    if holder is None:
        return held
    asked = next((work for work in open_then if work.holder is Holder.APPLICANT), held)
    told = asked or Work(opened_at=at, done_at=None, holder=holder, unit="", person="", step="")
    return replace(told, holder=holder, unit="", person="")


def _order(work: Work) -> tuple[bool, float, float]:
    """What is not done yet comes first, the oldest of it before; then what was done last."""
    opened = work.opened_at.timestamp()
    if work.done_at is None:
        return False, opened, 0.0
    return True, -work.done_at.timestamp(), opened


#: A step whose time the law does not count is still somebody's, see `_holding`.
_WAITERS = {Pause.SUPPLEMENT: Holder.APPLICANT, Pause.PAYMENT: Holder.PAYMENT}


def _stretch(calendar: WorkingCalendar, begins: datetime, ends: datetime, work: Work) -> Stretch:
    return Stretch(
        begins=begins,
        ends=ends,
        holder=work.holder,
        unit=work.unit,
        person=work.person,
        step=work.step,
        seconds=working_seconds_between(calendar, begins, ends),
    )


def _joined(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours with one holder and step in one: a mark between them changed nothing."""
    last: Stretch | None = None
    for part in parts:
        if last and _who(last) == _who(part):
            last = replace(last, ends=part.ends, seconds=last.seconds + part.seconds)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _who(part: Stretch) -> tuple[Holder, str, str, str]:
    return part.holder, part.unit, part.person, part.step
