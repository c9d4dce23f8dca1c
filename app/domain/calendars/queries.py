"""Which calendar counts for a unit on a day."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarVersion
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class NoCalendar(NotFound):
    """No working calendar is in force."""

    message = lazy_gettext("No working calendar is in force on %(day)s.")


#: The province's calendar version of the day `:day`.
_IN_FORCE = (
    select(CalendarVersion)
    .join(Calendar, Calendar.id == CalendarVersion.calendar_id)
    .where(Calendar.unit_id.is_(None), CalendarVersion.valid_from <= bindparam("day"))
    .order_by(CalendarVersion.valid_from.desc())
    .limit(1)
)


def version_in_force(session: Session, day: date) -> CalendarVersion:
    """The province's calendar version of that day; raises NoCalendar."""
    found = session.scalar(_IN_FORCE, {"day": day})
    if found is None:
        raise NoCalendar(day=day.isoformat())
    return found
