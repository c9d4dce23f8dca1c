"""The ledger of a span: every stretch of it with its kind, so that a deadline can be explained.

It is data only; doors find the words. Stretches follow each other without a gap from start to end.
Their seconds are read on a clock of whole seconds, as everywhere here, and so add up exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeAlias

from app.worktime.calendar import WorkingCalendar
from app.worktime.stretches import (
    Stretch,
    StretchKind,
    cut,
    feast_of,
    groups,
    nights_off,
    stretches,
)
from app.worktime.timeline import DAY, FIRST_DAY, SECOND, from_line, to_line


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The clock stood still from `begins` to `ends`; None while it still does."""

    begins: datetime
    ends: datetime | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One stretch; `name` and `source` are those of the day's exception, or a pause's reason."""

    kind: StretchKind
    begins: datetime
    ends: datetime
    #: From `begins` to `ends` on the clock on the wall.
    seconds: int
    #: Working time in it: all of a working stretch, what a pause kept from counting, else nothing.
    working: int
    name: str
    source: str
    #: False if it rests on a day that no document confirms yet.
    confirmed: bool
    #: Whether it lies after the due instant the ledger was drawn up with.
    late: bool


@dataclass(frozen=True, kw_only=True)
class LedgerDay:
    """A day of a ledger in one line."""

    day: date
    #: Seconds that counted, and working seconds that a pause kept from counting.
    working: int
    paused: int
    #: Names of exceptions and reasons of pauses on that day.
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A span, stretch by stretch."""

    start: datetime
    end: datetime
    entries: tuple[LedgerEntry, ...]
    #: The same by days.
    days: tuple[LedgerDay, ...]

    @property
    def seconds(self) -> int:
        """All seconds of the span."""
        return sum(entry.seconds for entry in self.entries)

    @property
    def working(self) -> int:
        """The working seconds that count."""
        return self.of(StretchKind.WORKING)

    @property
    def paused(self) -> int:
        """The working seconds that pauses kept from counting: by so much they move a due date."""
        return sum(entry.working for entry in self.entries if entry.kind is StretchKind.PAUSE)

    @property
    def late(self) -> int:
        """The working seconds that count and lie after the due instant."""
        return sum(
            entry.seconds
            for entry in self.entries
            if entry.late and entry.kind is StretchKind.WORKING
        )

    def of(self, kind: StretchKind) -> int:
        """The seconds of one kind, by the clock on the wall."""
        return sum(entry.seconds for entry in self.entries if entry.kind is kind)


def ledger(
    calendar: WorkingCalendar,
    start: datetime,
    end: datetime,
    pauses: Sequence[Pause] = (),
    due: datetime | None = None,
    *,
    detailed: bool = False,
) -> Ledger:
    """Every stretch from `start` to `end`, with the pauses of the clock in it.

    Where pauses overlap, the one that began first is told. Stretches after `due` are marked late.
    Nights beside days off and days of one feast are joined, unless `detailed` keeps every stretch
    as the calendar has it, cut at each midnight. Raises ValueError for an end before the start, a
    pause that ends before it begins and moments without a zone, and OutOfReach.
    """
    begins, ends = to_line(start), to_line(end)
    if ends < begins:
        raise ValueError(f"a ledger from {start} cannot end at {end}")
    stops = sorted(_stop(pause, begins, ends) for pause in pauses)
    late_from = None if due is None else to_line(due)
    found = list(stretches(calendar, begins, ends))
    if not detailed:
        found = nights_off(found)
    marks = [mark for stop in stops for mark in stop[:2]] + [late_from or begins]
    pieces = list(cut(found, marks))
    if stops or late_from is not None:
        pieces = [_seen(piece, stops, late_from) for piece in pieces]
    return Ledger(
        start=from_line(begins),
        end=from_line(ends),
        entries=tuple(
            map(_entry, ([one] for one in pieces) if detailed else groups(pieces)),
        ),
        days=tuple(_days(pieces)),
    )


_Stop: TypeAlias = tuple[int, int, str]


def _stop(pause: Pause, begins: int, ends: int) -> _Stop:
    first = to_line(pause.begins)
    last = ends if pause.ends is None else to_line(pause.ends)
    if pause.ends is not None and last < first:
        raise ValueError(f"a pause from {pause.begins} cannot end at {pause.ends}")
    return max(first, begins), min(last, ends), pause.reason


def _seen(piece: Stretch, stops: Sequence[_Stop], late_from: int | None) -> Stretch:
    """The piece as the dossier saw it: paused or not, late or not."""
    if late_from is not None and piece.begins >= late_from:
        piece = piece._replace(late=True)
    for first, last, reason in stops:
        if first <= piece.begins and piece.ends <= last:
            return piece._replace(kind=StretchKind.PAUSE, name=reason, source="", confirmed=True)
    return piece


def _entry(group: Sequence[Stretch]) -> LedgerEntry:
    first, last = group[0], group[-1]
    if first is last:
        return LedgerEntry(
            kind=first.kind,
            begins=from_line(first.begins),
            ends=from_line(first.ends),
            seconds=first.seconds,
            working=first.seconds if first.worked else 0,
            name=first.name,
            source=first.source,
            confirmed=first.confirmed,
            late=first.late,
        )
    alike = all(one.name == first.name for one in group)
    return LedgerEntry(
        kind=first.kind,
        begins=from_line(first.begins),
        ends=from_line(last.ends),
        seconds=last.ends // SECOND - first.begins // SECOND,
        working=sum(one.seconds for one in group if one.worked),
        name=first.name if alike else feast_of(first),
        source="; ".join(dict.fromkeys(one.source for one in group if one.source)),
        confirmed=all(one.confirmed for one in group),
        late=first.late,
    )


def _days(pieces: Iterable[Stretch]) -> Iterator[LedgerDay]:
    for number, of_day in groupby(pieces, lambda one: one.begins // DAY):
        day = list(of_day)
        worked = [one for one in day if one.worked]
        paused = sum(one.seconds for one in worked if one.kind is StretchKind.PAUSE)
        yield LedgerDay(
            day=FIRST_DAY + timedelta(days=number),
            working=sum(one.seconds for one in worked) - paused,
            paused=paused,
            names=tuple(dict.fromkeys(one.name for one in day if one.name)),
        )
