"""What a deadline rests on that no document confirms yet (spec 10.12)."""

from dataclasses import dataclass
from datetime import datetime

from app.foundation.clock import local_date
from app.worktime.calendar import DayException, WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Unconfirmed days within a span, and years for which nothing was entered at all.

    It is false where everything is confirmed.
    """

    days: tuple[DayException, ...]
    years: tuple[int, ...]

    @property
    def all_years(self) -> tuple[int, ...]:
        """The years that are not settled, in order."""
        return tuple(sorted({*self.years, *(one.day.year for one in self.days)}))

    def __bool__(self) -> bool:
        return bool(self.days or self.years)


def unconfirmed(calendar: WorkingCalendar, start: datetime, due: datetime) -> Estimates:
    """What between the days of `start` and `due`, both included, may still turn out otherwise."""
    first, last = local_date(start), local_date(due)
    entered = {one.day.year for one in calendar.exceptions}
    return Estimates(
        days=tuple(
            sorted(
                (
                    one
                    for one in calendar.exceptions
                    if not one.confirmed and first <= one.day <= last
                ),
                key=lambda one: one.day,
            )
        ),
        years=tuple(year for year in range(first.year, last.year + 1) if year not in entered),
    )
