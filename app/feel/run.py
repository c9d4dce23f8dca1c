"""One evaluation: what it may look at, what time it is for it, and how much it may still do."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol, TypeAlias

from app.feel import limits
from app.feel.distant import Distant
from app.feel.errors import FeelStopped
from app.feel.numerics import number_from
from app.feel.values import Range, Value, YearsMonths
from app.foundation.clock import LOCAL_ZONE
from app.foundation.text import lazy_gettext

#: Names bound inside an expression, the innermost first; None outside all of them.
Local: TypeAlias = "tuple[Mapping[str, Value], Local] | None"

_AS_THEY_ARE = (date, Distant, time, timedelta, YearsMonths, Range)


class Calendar(Protocol):
    """Counts working time; every moment is aware. Each raises ValueError for what it cannot count.

    `app.worktime.Counting` is one.
    """

    def add_hours(self, start: datetime, hours: Decimal) -> datetime:
        """Return the earliest moment at which so many working hours have elapsed."""

    def add_days(self, start: datetime, days: int) -> datetime:
        """Return the same time of day on the so manyth working day after `start`."""

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        """Return the working hours from `start` to `end`, negative if `end` is the earlier."""


class Run:
    """The state of one evaluation; it is thrown away afterwards."""

    __slots__ = (
        "_asked",
        "_calendar",
        "_given_now",
        "_taken",
        "calls",
        "context",
        "expression",
        "left",
    )

    def __init__(
        self,
        *,
        expression: str,
        context: Mapping[str, object],
        now: datetime | None,
        calendar: Calendar | None = None,
    ) -> None:
        self.expression = expression
        self.context = context
        self.left = limits.MAX_STEPS
        self.calls = 0
        self._given_now = now
        self._calendar = calendar
        self._asked: set[str] | None = None
        self._taken: dict[str, Value] | None = None

    def charge(self, steps: int) -> None:
        """Pay for work ahead; raises FeelStopped when the evaluation has done too much."""
        self.left -= steps
        if self.left < 0:
            raise self.stopped(lazy_gettext("It takes too many steps."))

    def first_time(self, what: str) -> bool:
        """Tell whether this evaluation asks for something, a pattern say, for the first time."""
        if self._asked is None:
            self._asked = set()
        new = what not in self._asked
        self._asked.add(what)
        return new

    def text(self, value: str) -> str:
        """Pay for a text just built and return it; raises FeelStopped when it is too long."""
        self.room(len(value))
        return value

    def joined(self, a: str, b: str) -> str:
        """Return two texts as one; raises FeelStopped before it gets too long."""
        self.room(len(a) + len(b))
        return a + b

    def room(self, size: int) -> None:
        """Pay for a text of so many characters; raises FeelStopped when it would be too long."""
        if size > limits.MAX_TEXT:
            raise self.too_long()
        self.charge(size // limits.TEXT_PER_STEP)

    def too_long(self) -> FeelStopped:
        """Return the error for a text that grows too long."""
        return self.stopped(lazy_gettext("It builds a text that is too long."))

    def stopped(self, hint: str) -> FeelStopped:
        """Return the error that ends this evaluation."""
        return FeelStopped(expression=self.expression, hint=hint)

    @property
    def now(self) -> datetime:
        """The moment of this evaluation in local time; raises FeelStopped if none was given."""
        if self._given_now is None or self._given_now.tzinfo is None:
            raise self.stopped(lazy_gettext("There is no current time to work with here."))
        return self._given_now.astimezone(LOCAL_ZONE)

    @property
    def calendar(self) -> Calendar:
        """The working calendar of this evaluation; raises FeelStopped if none was given."""
        if self._calendar is None:
            raise self.stopped(lazy_gettext("There is no working calendar to count with here."))
        return self._calendar

    def get(self, name: str) -> Value:
        """Return a variable of the context as a FEEL value; null if there is none."""
        raw = self.context.get(name)
        kind = type(raw)
        if kind is str or kind is bool or raw is None:
            return raw
        if kind is int or kind is float or kind is Decimal:
            return number_from(raw)  # type: ignore[arg-type] # one of the three kinds, see above
        if self._taken is None:
            self._taken = {}
        if name not in self._taken:
            self._taken[name] = self.take(raw)
        return self._taken[name]

    def take(self, raw: object) -> Value:
        """Return a value from outside as a FEEL value; null for what FEEL does not know."""
        self.charge(1)
        if raw is None or isinstance(raw, str | bool):
            return raw
        if isinstance(raw, int | float | Decimal):
            return number_from(raw)
        if isinstance(raw, list | tuple) and not isinstance(raw, YearsMonths):
            return [self.take(item) for item in raw]
        if isinstance(raw, Mapping):
            return {str(key): self.take(item) for key, item in raw.items()}
        return raw if isinstance(raw, _AS_THEY_ARE) else None


def lookup(run: Run, local: Local, name: str) -> Value:
    """Return what a name means at this place; null if it means nothing."""
    while local is not None:
        values, local = local
        if name in values:
            return values[name]
    return run.get(name)
