"""What one calendar says that another does not."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.worktime import DayException, Hours, Rules, WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class HoursChange:
    """Hours that came (no `before`), went (no `after`) or are others now."""

    before: Hours | None
    after: Hours | None


@dataclass(frozen=True, kw_only=True)
class DayChange:
    """An exceptional day that came, went or is another one now."""

    day: date
    before: DayException | None
    after: DayException | None


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """A rule for counting, by the name of its field, and its values."""

    rule: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Differences:
    """Everything that differs; empty where two calendars say the same."""

    hours: tuple[HoursChange, ...]
    days: tuple[DayChange, ...]
    rules: tuple[RuleChange, ...]

    def __bool__(self) -> bool:
        return bool(self.hours or self.days or self.rules)


def differences(before: WorkingCalendar | None, after: WorkingCalendar) -> Differences:
    """What differs; everything but the rules where there was nothing before."""
    return Differences(
        hours=tuple(_hours(before.hours if before else (), after.hours)),
        days=tuple(_days(before.exceptions if before else (), after.exceptions)),
        rules=tuple(_rules(before.rules, after.rules)) if before else (),
    )


def _hours(before: tuple[Hours, ...], after: tuple[Hours, ...]) -> Iterator[HoursChange]:
    """Hours belong together if they begin on the same day under the same name, in order."""
    left = list(before)
    for one in after:
        same = next((old for old in left if _place(old) == _place(one)), None)
        if same is not None:
            left.remove(same)
        if same != one:
            yield HoursChange(before=same, after=one)
    for gone in left:
        yield HoursChange(before=gone, after=None)


def _place(hours: Hours) -> tuple[date, str]:
    return hours.valid_from, hours.name


def _days(before: tuple[DayException, ...], after: tuple[DayException, ...]) -> Iterator[DayChange]:
    old, new = ({one.day: one for one in days} for days in (before, after))
    for day in sorted(old.keys() | new.keys()):
        if old.get(day) != new.get(day):
            yield DayChange(day=day, before=old.get(day), after=new.get(day))


def _rules(before: Rules, after: Rules) -> Iterator[RuleChange]:
    for field in fields(Rules):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield RuleChange(rule=field.name, before=old, after=new)
