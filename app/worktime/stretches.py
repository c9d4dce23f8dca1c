"""Cutting a span into stretches that are each of one kind, and joining what reads better as one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import groupby, pairwise

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


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """From `begins` to `ends` on the line of time, all of one kind."""

    kind: StretchKind
    begins: int
    ends: int
    name: str = ""
    source: str = ""
    #: False if it rests on a day that is only estimated.
    confirmed: bool = True
    #: Whether it is, or was before it was cut, a day from midnight to midnight.
    whole_day: bool = False
    #: Whether it lies after the due instant.
    late: bool = False
    #: Working seconds in it.
    working: int = 0

    @property
    def seconds(self) -> int:
        """Its length, read on a clock of whole seconds."""
        return self.ends // SECOND - self.begins // SECOND


def stretches(calendar: WorkingCalendar, begins: int, ends: int) -> Iterator[Stretch]:
    """The stretches from `begins` to `ends` on the line, cut at every midnight too."""
    for number in range(begins // DAY, -(-ends // DAY)):
        for one in _of_day(calendar, number):
            first, last = max(one.begins, begins), min(one.ends, ends)
            if first < last:
                yield replace(one, begins=first, ends=last)


def _of_day(calendar: WorkingCalendar, number: int) -> Iterator[Stretch]:
    day = FIRST_DAY + timedelta(days=number)
    found, midnight = calendar.day(day), number * DAY
    named = Stretch(
        kind=StretchKind.WORKING,
        begins=midnight,
        ends=midnight + DAY,
        name=found.name if found.kind else "",
        source=found.source,
        confirmed=found.confirmed,
    )
    if not found.intervals:
        yield replace(named, kind=_kind_off(found, day), whole_day=True)
        return
    at = midnight
    for place, (opens, closes) in enumerate(_on_line(found.intervals, midnight)):
        if place:
            yield Stretch(kind=StretchKind.LUNCH, begins=at, ends=opens)
        else:
            yield from _around(calendar, day, named, at, opens)
        yield replace(named, begins=opens, ends=closes)
        at = closes
    yield from _around(calendar, day, named, at, midnight + DAY)


def _around(
    calendar: WorkingCalendar, day: date, named: Stretch, begins: int, ends: int
) -> Iterator[Stretch]:
    """What lies before or after a day's work: night, or what would be worked on another day."""
    night = Stretch(kind=StretchKind.NIGHT, begins=begins, ends=ends)
    exceptional = calendar.day(day).kind
    if exceptional is None and day.weekday() >= _SATURDAY and begins > named.begins:
        yield replace(night, kind=StretchKind.WEEKEND)
        return
    ordinary = _on_line(calendar.ordinary(day), named.begins) if exceptional else ()
    first = max(begins, min((opens for opens, _ in ordinary), default=ends))
    last = min(ends, max((closes for _, closes in ordinary), default=begins))
    if first >= last:
        yield night
        return
    yield replace(night, ends=first)
    yield replace(named, kind=StretchKind.OFF_HOURS, begins=first, ends=last)
    yield replace(night, begins=last)


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
                told[place] = replace(
                    off, begins=one.begins, ends=one.ends, whole_day=False, late=one.late
                )
    return told


def cut(found: Iterable[Stretch], marks: Iterable[int]) -> Iterator[Stretch]:
    """The stretches, cut at every mark that lies within one; their working seconds are counted."""
    cuts = sorted(set(marks))
    for one in found:
        within = cuts[bisect_right(cuts, one.begins) : bisect_left(cuts, one.ends)]
        for begins, ends in pairwise([one.begins, *within, one.ends]):
            piece = replace(one, begins=begins, ends=ends)
            worked = piece.seconds if one.kind is StretchKind.WORKING else 0
            yield replace(piece, working=worked)


def merged(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind and name as one; days of one feast are one: "Tết" of seven days."""
    for _, same in groupby(found, lambda one: (one.kind, _feast(one), one.late)):
        group = list(same)
        names, sources = ({getattr(one, part) for one in group} for part in ("name", "source"))
        yield replace(
            group[0],
            ends=group[-1].ends,
            name=group[0].name if len(names) == 1 else _feast(group[0]),
            source=group[0].source if len(sources) == 1 else _together(group),
            confirmed=all(one.confirmed for one in group),
            working=sum(one.working for one in group),
        )


def _feast(one: Stretch) -> str:
    """Such as Tết Nguyên đán for its first day, “Tết Nguyên đán (mùng 1)”."""
    return one.name.partition(" (")[0] if one.kind is StretchKind.HOLIDAY else one.name


def _together(group: Sequence[Stretch]) -> str:
    return "; ".join(dict.fromkeys(one.source for one in group if one.source))
