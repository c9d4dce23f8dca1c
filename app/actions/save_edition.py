"""Decide a calendar anew: check it, keep it for ever, have open dossiers dated again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.actions.hand_down import hand_down
from app.actions.redatings import promise_redatings
from app.domain.calendars.model import Calendar, CalendarDraft, CalendarEdition
from app.domain.calendars.queries import newest_edition
from app.domain.calendars.reading import checked_content, working_calendar
from app.domain.calendars.rules import (
    CalendarChanged,
    DossiersUndated,
    NothingChanged,
    ensure_may_edit,
    next_edition,
)
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.calendar_pages import NoSuchCalendar
from app.queries.edition_preview import preview_edition

#: The lengths of their columns.
MAX_REASON, MAX_DOCUMENT = 1000, 300
#: So many codes are named where dossiers would lose their dates.
_NAMED = 5


def save_edition(
    session: Session,
    calendar_id: int,
    content: object,
    *,
    reason: str,
    legal_document: str,
    base_id: int | None,
    actor: Actor,
    at: datetime,
) -> CalendarEdition:
    """Make `content` the edition in force from now on, and promise to date open dossiers again.

    `base_id` is the edition it was written from, None for a first one. Raises NoSuchCalendar,
    NotTheAdministrator, CalendarChanged, CalendarInvalid, NothingChanged, DossiersUndated, and
    Invalid with `errors` for reason and document.
    """
    calendar = session.scalar(select(Calendar).where(Calendar.id == calendar_id).with_for_update())
    if calendar is None:
        raise NoSuchCalendar
    ensure_may_edit(calendar, actor)
    previous = newest_edition(session, calendar_id)
    if (previous.id if previous else None) != base_id:
        raise _changed(previous)
    told = _decision(reason, legal_document)
    checked = checked_content(content, local_date(at))
    if previous and checked == previous.content:
        raise NothingChanged
    _ensure_all_dated(session, calendar, checked, at)
    # Two editions never begin at the same moment, whatever the clocks of two servers say.
    after = previous.created_at + timedelta(microseconds=1) if previous else at
    edition = next_edition(
        previous,
        calendar_id=calendar_id,
        content=checked,
        decided_by=actor,
        at=max(at, after),
        **told,
    )
    session.add(edition)
    session.flush()
    promise_redatings(session, edition)
    hand_down(session, calendar, previous, edition, at=edition.created_at)
    drafts = delete(CalendarDraft).where(CalendarDraft.calendar_id == calendar_id)
    session.execute(drafts.where(CalendarDraft.person_id == actor.person_id))
    session.flush()
    return edition


def _changed(newest: CalendarEdition | None) -> CalendarChanged:
    if newest is None:
        return CalendarChanged(who="", number=0)
    return CalendarChanged(who=newest.decided_by, number=newest.number)


def _decision(reason: str, legal_document: str) -> dict[str, Any]:
    reason, legal_document = reason.strip(), legal_document.strip()
    errors = {}
    if not reason:
        errors["reason"] = [gettext("Say why the calendar changes.")]
    elif len(reason) > MAX_REASON:
        errors["reason"] = [gettext("Use at most %(count)s characters.", count=MAX_REASON)]
    if len(legal_document) > MAX_DOCUMENT:
        errors["legal_document"] = [
            gettext("Use at most %(count)s characters.", count=MAX_DOCUMENT)
        ]
    if errors:
        raise Invalid(errors=errors)
    return {"reason": reason, "legal_document": legal_document}


def _ensure_all_dated(
    session: Session, calendar: Calendar, content: dict[str, Any], at: datetime
) -> None:
    preview = preview_edition(session, calendar, working_calendar(content), at)
    if preview.undatable:
        codes = ", ".join(one.code for one in preview.undatable[:_NAMED])
        raise DossiersUndated(codes=codes, why=str(preview.undatable[0].reason))
