"""Cutting a span into stretches that are each of one kind, and joining what reads better as one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import groupby, pairwise
from typing import NamedTuple

from app.worktime.calendar import Day, ExceptionKind, Interval, WorkingCalendar, shape_of
from app.worktime.timeline import DAY, FIRST_DAY, SECOND


class StretchKind(Enum):
    """What a stretch of time is to an office."""

    WORKING = "working"  # it works
    PAUSE = "pause"  # it may work, but the clock of the dossier stands still
    LUNCH = "lunch"  # between two working intervals of a day
    NIGHT = "night"  # before the first or after the last interval of a working day
    WEEKEND = "weekend"  # a Saturday or Sunday off, or its free rest
    HOLIDAY = "holiday"  # a public holiday
    SWAP_OFF = "swap_off"  # a day off in exchange for another
    OFF_HOURS = "off_hours"  # closed for another reason: a weekday without hours, a half day's rest


_OFF = {
    ExceptionKind.HOLIDAY: StretchKind.HOLIDAY,
    ExceptionKind.SWAP_OFF: StretchKind.SWAP_OFF,
}
_SATURDAY = 5


class Stretch(NamedTuple):
    """From `begins` to `ends` on the line of time, all of one kind."""

    kind: StretchKind
    begins: int
    ends: int
    name: str = ""
    source: str = ""
    #: False if it rests on a day that is only estimated.
    confirmed: bool = True
    #: Whether the office works, even if a pause makes it count for nothing.
    worked: bool = False
    #: Whether it is, or was before it was cut, a day from midnight to midnight.
    whole_day: bool = False
    #: Whether it lies after the due instant.
    late: bool = False

    @property
    def seconds(self) -> int:
        """Its length, read on a clock of whole seconds."""
        return self.ends // SECOND - self.begins // SECOND


def stretches(calendar: WorkingCalendar, begins: int, ends: int) -> Iterator[Stretch]:
    """The stretches from `begins` to `ends` on the line, cut at every midnight too."""
    for number in range(begins // DAY, -(-ends // DAY)):
        midnight = number * DAY
        if begins <= midnight and midnight + DAY <= ends:
            yield from _of_day(calendar, number)
            continue
        for one in _of_day(calendar, number):
            first, last = max(one.begins, begins), min(one.ends, ends)
            if first < last:
                yield one._replace(begins=first, ends=last)


def _of_day(calendar: WorkingCalendar, number: int) -> Iterator[Stretch]:
    day = FIRST_DAY + timedelta(days=number)
    found, midnight = calendar.day(day), number * DAY
    told = (found.name if found.kind else "", found.source, found.confirmed)
    if not found.intervals:
        kind = _kind_off(found, day)
        yield Stretch(kind, midnight, midnight + DAY, *told, whole_day=True)
        return
    at = midnight
    for opens, closes in _on_line(found.intervals, midnight):
        if at > midnight:
            yield Stretch(StretchKind.LUNCH, at, opens)
        else:
            yield from _around(calendar, found, midnight, opens)
        yield Stretch(StretchKind.WORKING, opens, closes, *told, worked=True)
        at = closes
    yield from _around(calendar, found, at, midnight + DAY)


def _around(calendar: WorkingCalendar, found: Day, begins: int, ends: int) -> Iterator[Stretch]:
    """What lies before or after a day's work: night, or what would be worked on another day."""
    day, midnight = FIRST_DAY + timedelta(days=begins // DAY), begins // DAY * DAY
    if found.kind is None:
        weekend = day.weekday() >= _SATURDAY and begins > midnight
        yield Stretch(StretchKind.WEEKEND if weekend else StretchKind.NIGHT, begins, ends)
        return
    ordinary = _on_line(calendar.ordinary(day), midnight)
    first = max(begins, min((opens for opens, _ in ordinary), default=ends))
    last = min(ends, max((closes for _, closes in ordinary), default=begins))
    if first >= last:
        yield Stretch(StretchKind.NIGHT, begins, ends)
        return
    left_out = Stretch(
        StretchKind.OFF_HOURS, first, last, found.name, found.source, found.confirmed
    )
    nights = Stretch(StretchKind.NIGHT, begins, first), Stretch(StretchKind.NIGHT, last, ends)
    yield from (one for one in (nights[0], left_out, nights[1]) if one.begins < one.ends)


def _kind_off(found: Day, day: date) -> StretchKind:
    weekend = StretchKind.WEEKEND if day.weekday() >= _SATURDAY else StretchKind.OFF_HOURS
    return weekend if found.kind is None else _OFF.get(found.kind, weekend)


def _on_line(intervals: Sequence[Interval], midnight: int) -> list[tuple[int, int]]:
    return [
        (midnight + opens * SECOND, midnight + closes * SECOND)
        for opens, closes in shape_of(tuple(intervals))
    ]


def nights_off(found: Sequence[Stretch]) -> list[Stretch]:
    """A night before or after a whole day off becomes part of it: people say "over the weekend"."""
    told = list(found)
    for place, one in enumerate(found):
        if one.kind is StretchKind.NIGHT:
            beside = [*found[place + 1 : place + 2], *found[max(place - 1, 0) : place]]
            off = next((other for other in beside if other.whole_day), None)
            if off:
                told[place] = off._replace(begins=one.begins, ends=one.ends, whole_day=False)
    return told


def cut(found: Iterable[Stretch], marks: Iterable[int]) -> Iterator[Stretch]:
    """The stretches, cut at every mark that lies within one."""
    cuts = sorted(set(marks))
    for one in found:
        within = cuts[bisect_right(cuts, one.begins) : bisect_left(cuts, one.ends)]
        if not within:
            yield one
            continue
        for begins, ends in pairwise([one.begins, *within, one.ends]):
            yield one._replace(begins=begins, ends=ends)


def groups(found: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Neighbours of one kind and name together; the days of one feast are: "Tết" of seven days."""
    for _, same in groupby(found, lambda one: (one.kind, feast_of(one), one.late)):
        yield list(same)


def feast_of(one: Stretch) -> str:
    """Such as Tết Nguyên đán for its first day, “Tết Nguyên đán (mùng 1)”."""
    return one.name.partition(" (")[0] if one.kind is StretchKind.HOLIDAY else one.name
