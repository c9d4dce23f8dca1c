"""Which calendars follow when another one changes, and what they say then (docs/adr/0011)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.calendars.directory import Directory
from app.domain.calendars.inheritance import inherited
from app.worktime import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A calendar that takes over days from the one above it."""

    calendar_id: int
    before: WorkingCalendar
    after: WorkingCalendar


def followers(
    known: Directory,
    calendar_id: int,
    before: WorkingCalendar | None,
    after: WorkingCalendar,
    newest: Callable[[int], WorkingCalendar | None],
) -> Iterator[Follower]:
    """The calendars below that change with it, from above downwards.

    `newest` gives what a calendar says now. Nothing follows on a first edition, which only repeats
    what counted for its units already.
    """
    if before is None:
        return
    for below in known.calendars_below(calendar_id):
        own = newest(below)
        if own is None:
            continue
        merged = inherited(own, before, after)
        if merged != own:
            yield Follower(calendar_id=below, before=own, after=merged)
            yield from followers(known, below, own, merged, newest)
