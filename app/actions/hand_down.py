"""A calendar has changed: those below take over the days, each in an edition of its own."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.redatings import promise_redatings
from app.domain.calendars.directory import directory
from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.queries import newest_edition
from app.domain.calendars.reading import working_calendar
from app.domain.calendars.rules import next_edition
from app.foundation.actor import SYSTEM
from app.queries.handing_down import Follower, followers
from app.worktime import WorkingCalendar, edition_content

#: Stored with the edition, hence in the language of the record.
_REASON = "Theo lịch “{name}”, lần ban hành {number}: {reason}"
#: Characters that the column holds.
_ROOM = 1000


def hand_down(
    session: Session,
    calendar: Calendar,
    previous: CalendarEdition | None,
    edition: CalendarEdition,
    *,
    at: datetime,
) -> None:
    """Make the editions that follow on `edition`, and promise to date open dossiers again.

    Calendars are locked from above downwards, so that nobody saves one of them meanwhile and two
    who save never wait for each other in a circle.
    """
    written = working_calendar(edition.content)
    before = working_calendar(previous.content) if previous else None

    def newest(calendar_id: int) -> WorkingCalendar | None:
        session.execute(select(Calendar.id).where(Calendar.id == calendar_id).with_for_update())
        found = newest_edition(session, calendar_id)
        return working_calendar(found.content) if found else None

    reason = _REASON.format(name=calendar.name, number=edition.number, reason=edition.reason)
    known = directory(session, at)
    for one in list(followers(known, calendar.id, before, written, newest)):
        _follow(session, one, edition, reason[:_ROOM])


def _follow(session: Session, one: Follower, cause: CalendarEdition, reason: str) -> None:
    last = newest_edition(session, one.calendar_id)
    after = last.created_at + timedelta(microseconds=1) if last else cause.created_at
    edition = next_edition(
        last,
        calendar_id=one.calendar_id,
        content=edition_content(one.after),
        reason=reason,
        legal_document=cause.legal_document,
        decided_by=SYSTEM,
        at=max(cause.created_at, after),
    )
    session.add(edition)
    session.flush()
    promise_redatings(session, edition)
