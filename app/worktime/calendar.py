"""A working calendar: which half-open intervals of each weekday are worked (spec SLA-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NoWorkingTime(Invalid):
    """A calendar on which no time would ever pass."""

    message = lazy_gettext("The calendar has no working time at all.")


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Worked from `opens` (included) to `closes` (excluded), local time."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"{self.opens} does not lie before {self.closes}")


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Weekly working intervals, Monday first, in Asia/Ho_Chi_Minh."""

    weekly: tuple[tuple[Interval, ...], ...]

    def __post_init__(self) -> None:
        if len(self.weekly) != len(DAYS):
            raise ValueError("a week has seven days")
        if not any(self.weekly):
            raise NoWorkingTime

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """The worked intervals of a day, in order."""
        return self.weekly[day.weekday()]


def read_calendar(weekly: Mapping[str, Sequence[Sequence[str]]]) -> WorkingCalendar:
    """Build a calendar from `{"mon": [["07:30", "11:30"], ...], ...}`; days left out are off."""
    return WorkingCalendar(
        weekly=tuple(
            tuple(
                Interval(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
                for opens, closes in weekly.get(day, ())
            )
            for day in DAYS
        )
    )
