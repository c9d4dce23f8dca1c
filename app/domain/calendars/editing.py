"""Changing a calendar piece by piece; every change gives a whole calendar, or says what is wrong.

All raise CalendarInvalid (NoWorkingTime among it) as the calendar itself does.
"""

from dataclasses import replace
from datetime import date

from app.domain.calendars.differences import differences
from app.domain.calendars.reading import in_order
from app.foundation.errors import NotFound
from app.foundation.text import gettext
from app.worktime import CalendarInvalid, DayException, Hours, Rules, WorkingCalendar


def hours_at(calendar: WorkingCalendar, place: int) -> Hours:
    """The hours at that place; raises NotFound."""
    if not 0 <= place < len(calendar.hours):
        raise NotFound
    return calendar.hours[place]


def with_hours(calendar: WorkingCalendar, hours: Hours, place: int | None) -> WorkingCalendar:
    """With these hours at that place, or after all others, over which they then win."""
    kept = list(calendar.hours)
    if place is None:
        kept.append(hours)
    else:
        hours_at(calendar, place)
        kept[place] = hours
    return replace(calendar, hours=tuple(kept))


def without_hours(calendar: WorkingCalendar, place: int) -> WorkingCalendar:
    """Without the hours at that place."""
    hours_at(calendar, place)
    kept = [one for number, one in enumerate(calendar.hours) if number != place]
    return replace(calendar, hours=tuple(kept))


def day_of(calendar: WorkingCalendar, day: date) -> DayException | None:
    """What the calendar says of a day in particular."""
    return next((one for one in calendar.exceptions if one.day == day), None)


def with_day(
    calendar: WorkingCalendar, told: DayException, instead_of: date | None = None
) -> WorkingCalendar:
    """With this exceptional day, instead of another one if need be."""
    if told.day != instead_of and day_of(calendar, told.day):
        raise CalendarInvalid(
            errors={"day": [gettext("%(day)s is entered already.", day=f"{told.day:%d/%m/%Y}")]}
        )
    kept = [one for one in calendar.exceptions if one.day not in (told.day, instead_of)]
    return in_order(replace(calendar, exceptions=(*kept, told)))


def without_day(calendar: WorkingCalendar, day: date) -> WorkingCalendar:
    """The day is like any of its week again; raises NotFound if it was already."""
    if day_of(calendar, day) is None:
        raise NotFound
    kept = tuple(one for one in calendar.exceptions if one.day != day)
    return replace(calendar, exceptions=kept)


def with_rules(calendar: WorkingCalendar, rules: Rules) -> WorkingCalendar:
    """With other rules for counting."""
    return replace(calendar, rules=rules)


def carried_over(
    base: WorkingCalendar | None, mine: WorkingCalendar, newest: WorkingCalendar
) -> WorkingCalendar:
    """What changed from `base` to `mine`, done to `newest`; where both changed, mine counts."""
    changes = differences(base, mine)
    hours = list(newest.hours)
    for one in changes.hours:
        place = hours.index(one.before) if one.before in hours else len(hours)
        hours[place : place + 1] = [one.after] if one.after else []
    days = {one.day: one for one in newest.exceptions}
    for change in changes.days:
        days.pop(change.day, None)
        if change.after:
            days[change.day] = change.after
    rules = replace(newest.rules, **{one.rule: one.after for one in changes.rules})
    return in_order(
        WorkingCalendar(hours=tuple(hours), exceptions=tuple(days.values()), rules=rules)
    )
