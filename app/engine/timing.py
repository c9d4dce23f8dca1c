"""Timers: ISO 8601 durations, dates and cycles, and the moment they fall due."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app import feel
from app.foundation.clock import LOCAL_ZONE

_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})W)?(?:(\d{1,7}(?:[.,]\d{1,6})?)D)?"
    r"(?:T(?:(\d{1,9}(?:[.,]\d{1,6})?)H)?(?:(\d{1,9}(?:[.,]\d{1,6})?)M)?"
    r"(?:(\d{1,9}(?:[.,]\d{1,6})?)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(\d{0,9})/([^/]+)(?:/([^/]+))?", re.ASCII)

#: More rings than this are no reminder any more.
MOST_RINGS = 9999
#: A cycle that returns faster than this would keep a worker busy for nothing.
SHORTEST_CYCLE = timedelta(minutes=1)


class TooOften(ValueError):
    """A cycle that can be read, but repeats too often, or never."""


@dataclass(frozen=True, kw_only=True)
class Duration:
    """Calendar months and an exact length of time."""

    months: int = 0
    exact: timedelta = timedelta(0)

    def next_after(self, due: datetime, now: datetime) -> tuple[datetime, int]:
        """The first repetition of `due` that lies after `now`, and how many periods on it is."""
        steps = 1 if self.months else max(1, (now - due) // self.exact + 1)
        due = self.after(due) if self.months else due + steps * self.exact
        while due <= now:
            due, steps = self.after(due), steps + 1
        return due, steps

    def after(self, start: datetime) -> datetime:
        """The moment that lies this far after `start`; months are counted in legal time."""
        local = start.astimezone(LOCAL_ZONE)
        years, month = divmod(local.month - 1 + self.months, 12)
        year = local.year + years
        day = min(local.day, monthrange(year, month + 1)[1])
        return (local.replace(year=year, month=month + 1, day=day) + self.exact).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """`R3/PT1H`: how often (-1: for ever), from when (nothing: one period from now), how far."""

    times: int
    period: Duration
    start: datetime | None = None
    #: The period as it was written.
    every: str = ""


def parse_duration(text: str) -> Duration:
    """Read `P3D`, `PT36H`, `P1Y2M10DT2H30M` or `P2W`. Raises ValueError."""
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or text.strip().upper().endswith(("P", "T")):
        raise ValueError(f"not a duration: {text!r:.60}")
    years, months, *rest = (float((part or "0").replace(",", ".")) for part in found.groups())
    weeks, days, hours, minutes, seconds = rest
    return Duration(
        months=int(years * 12 + months),
        exact=timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds),
    )


def parse_moment(text: str) -> datetime:
    """Read an ISO date or date and time; without an offset it is legal time. Raises ValueError."""
    return moment_of(datetime.fromisoformat(text.strip()))


def moment_of(value: date) -> datetime:
    """A date (its first second) or a date and time as a moment in UTC."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0, tzinfo=LOCAL_ZONE))
    if value.tzinfo is None:
        value = value.replace(tzinfo=LOCAL_ZONE)
    return value.astimezone(UTC)


def parse_cycle(text: str) -> Cycle:
    """Read `R3/PT1H`, `R/P1D` or `R5/2026-01-01T08:00:00/P1D`. Raises ValueError."""
    found = _CYCLE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a cycle: {text!r:.60}")
    times, first, second = found.groups()
    cycle = Cycle(
        times=int(times) if times else -1,
        period=parse_duration(second or first),
        start=parse_moment(first) if second else None,
        every=second or first,
    )
    seldom = cycle.period.months or cycle.period.exact >= SHORTEST_CYCLE
    if not (seldom and cycle.times and cycle.times <= MOST_RINGS):
        raise TooOften(f"a cycle must repeat, and not more often than each minute: {text!r:.60}")
    return cycle


def moment_from(value: object) -> datetime:
    """The moment that a `timeDate` gives, literally or by FEEL. Raises ValueError."""
    return moment_of(value) if isinstance(value, date) else parse_moment(_text(value))


def duration_from(value: object) -> Duration:
    """The length of time that a `timeDuration` gives. Raises ValueError."""
    return Duration(exact=value) if isinstance(value, timedelta) else parse_duration(_text(value))


def cycle_from(value: object) -> Cycle:
    """The cycle that a `timeCycle` gives. Raises ValueError."""
    return parse_cycle(_text(value))


def _text(value: object) -> str:
    text = value if isinstance(value, str) else feel.to_json(value)
    if not isinstance(text, str):
        raise ValueError(f"not a time: {value!r:.60}")  # noqa: TRY004 - one error for any bad time
    return text


#: The same by the element they are written in.
READERS: Mapping[str, Callable[[object], object]] = {
    "timeDate": moment_from,
    "timeDuration": duration_from,
    "timeCycle": cycle_from,
}
PARSERS = {"timeDate": parse_moment, "timeDuration": parse_duration, "timeCycle": parse_cycle}
