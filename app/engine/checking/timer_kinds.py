"""Whether an expression can ever give what its timer waits for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from app import feel
from app.engine.timing import READERS

#: What kind of value comes out depends on no moment.
_ANY = datetime(2024, 1, 1, tzinfo=UTC)


class _AnyCalendar:
    """Every hour is worked: what kind of value comes out depends on no calendar either."""

    def add_hours(self, start: datetime, hours: Decimal) -> datetime:
        return start + timedelta(hours=float(hours))

    def add_days(self, start: datetime, days: int) -> datetime:
        return start + timedelta(days=days)

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        return Decimal((end - start) // timedelta(hours=1))


def gives_another_kind(kind: str, expression: str) -> bool:
    """Whether the value is certain before anything runs, and no such time.

    Expressions that read a variable are not tried: only running shows what they give.
    """
    try:
        compiled = feel.compile(expression)
        if compiled.names or compiled.filter_names:
            return False
        value = compiled.evaluate({}, _ANY, _AnyCalendar())
    except (feel.FeelError, OverflowError):
        return False
    try:
        READERS[kind](value)
    except (ValueError, OverflowError):
        return True
    return False
