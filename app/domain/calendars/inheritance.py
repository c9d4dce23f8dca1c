"""Days that are decided above reach the calendars below, unless these have a word of their own."""

from dataclasses import replace

from app.domain.calendars.differences import differences
from app.domain.calendars.reading import in_order
from app.worktime import WorkingCalendar


def inherited(
    own: WorkingCalendar, before: WorkingCalendar, after: WorkingCalendar
) -> WorkingCalendar:
    """`own` with the exceptional days that changed above from `before` to `after`.

    A day on which both said the same follows: it comes, changes or goes as it did above. Where the
    calendar had another word on that day, it keeps it; hours and rules are always its own.
    """
    days = {one.day: one for one in own.exceptions}
    for change in differences(before, after).days:
        if days.get(change.day) != change.before:
            continue
        days.pop(change.day, None)
        if change.after:
            days[change.day] = change.after
    return in_order(replace(own, exceptions=tuple(days.values())))
