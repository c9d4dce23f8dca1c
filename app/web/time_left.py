"""How much working time is left, or has passed since something was due, in words."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.inbox.due import NEVER, SET_ASIDE
from app.foundation.text import gettext, ngettext
from app.web.facts import due_or_none, step_due
from app.web.filters import HOURS_A_DAY
from app.worktime import WorkingCalendar, working_hours_between

_SECONDS_AN_HOUR, _MINUTE = 3600, 60


def standing(calendar: WorkingCalendar, due_at: datetime, at: datetime) -> str:
    """`còn 3 giờ 20 phút làm việc`, `quá hạn 1 giờ 5 phút làm việc`; nothing without a due date."""
    if due_at >= NEVER:
        return ""
    if due_at < at:
        return late_by(working_hours_between(calendar, due_at, at))
    return time_left(working_hours_between(calendar, at, due_at))


def step_standing(
    calendar: WorkingCalendar, due_at: datetime, rank: int, *, at: datetime, soon_at: datetime
) -> dict[str, Any]:
    """What `step_due` tells of a step, and `standing` in words; what is set aside is never late."""
    if rank == SET_ASIDE:
        due = due_or_none(due_at)
        told = gettext("waits for the payment or the post, its time does not count")
        return {"due_at": due, "overdue": False, "due_soon": False, "standing": told}
    return step_due(due_at, soon_at) | {"standing": standing(calendar, due_at, at)}


def time_left(hours: Decimal) -> str:
    """So many working hours are left."""
    return gettext("%(span)s of working time left", span=_span(hours))


def late_by(hours: Decimal) -> str:
    """It was due so many working hours ago."""
    return gettext("overdue by %(span)s of working time", span=_span(hours))


def _span(hours: Decimal) -> str:
    """Days of eight hours (spec W-05), hours and minutes; minutes only where there is no day.

    Parts of a minute are left away: nobody is promised more than there is.
    """
    whole_hours, minutes = divmod(round(hours * _SECONDS_AN_HOUR) // _MINUTE, _MINUTE)
    days, rest = divmod(whole_hours, HOURS_A_DAY)
    parts = [
        ngettext("%(num)s day", "%(num)s days", days) if days else "",
        ngettext("%(num)s hour", "%(num)s hours", rest) if rest else "",
        ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes and not days else "",
    ]
    return " ".join(filter(None, parts)) or gettext("less than a minute")
