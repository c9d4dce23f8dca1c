"""The calendar that somebody names: a preset, or one of the province's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.queries import loaded_edition
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.worktime import PRESETS, WorkingCalendar


class UnknownCalendar(NotFound):
    """No calendar has that key."""

    message = lazy_gettext("There is no calendar “%(key)s”. There are %(known)s.")


def newest_edition(session: Session, key: str) -> WorkingCalendar | None:
    """The newest edition of the stored calendar of that key; None if there is none."""
    found = session.scalar(
        select(CalendarEdition.id)
        .join(Calendar, Calendar.id == CalendarEdition.calendar_id)
        .where(Calendar.key == key)
        .order_by(CalendarEdition.number.desc())
        .limit(1)
    )
    return None if found is None else loaded_edition(session, found).calendar


def known_calendars(session: Session | None) -> list[str]:
    """The keys one can ask for; without a database those of the presets."""
    stored = session.scalars(select(Calendar.key).order_by(Calendar.key)) if session else ()
    return [*PRESETS, *(key for key in stored if key not in PRESETS)]
