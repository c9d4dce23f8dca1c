"""What cannot be counted, said so that people understand it.

Each is a ValueError as well: whoever only wants to know that there is no answer needs no words.
"""

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext


class CalendarInvalid(Invalid, ValueError):
    """A calendar that contradicts itself; `errors` says where."""

    message = lazy_gettext("The working calendar is not valid.")


class IntervalInvalid(CalendarInvalid):
    """Working hours that end before they begin, or would run past midnight."""

    message = lazy_gettext(
        "%(opens)s does not lie before %(closes)s; working hours cannot run past midnight."
    )


class NoWorkingTime(CalendarInvalid):
    """A calendar on which no time would ever pass."""

    message = lazy_gettext("The calendar has no working time at all.")


class WorkingTimeEnds(NoWorkingTime):
    """The calendar's hours end (or begin) before the instant that was asked for."""

    message = lazy_gettext(
        "The calendar has working time from %(first)s to %(last)s only; that is not enough to "
        "count this."
    )


class OutOfReach(Invalid, ValueError):
    """A moment before 1990 or after 2100."""

    message = lazy_gettext("%(moment)s lies outside the years that can be counted, 1990 to 2100.")


class HoursUncountable(Invalid, ValueError):
    """Working hours that are negative, or beyond ten years."""

    message = lazy_gettext("%(hours)s working hours cannot be counted.")


class DaysUncountable(Invalid, ValueError):
    """Days that are negative, or beyond ten years."""

    message = lazy_gettext("%(days)s days cannot be counted.")
