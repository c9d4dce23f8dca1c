"""Somebody changes a calendar: what tests need again and again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.save_edition import save_edition
from app.domain.calendars.editing import with_day
from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.queries import newest_edition
from app.domain.calendars.reading import working_calendar
from app.domain.people.queries import actor_of, person_by_username
from app.foundation.actor import Actor
from app.foundation.db import db, transaction
from app.queries.calendar_pages import calendar_by_key
from app.queries.edition_preview import Preview, preview_edition
from app.worktime import DayException, ExceptionKind, WorkingCalendar, edition_content
from tests.support.apps import MONDAY
from tests.support.story import Story

Change = Callable[[WorkingCalendar], WorkingCalendar]
#: The week after the story's Monday.
NEXT_MONDAY = date(2024, 11, 11)


def day_off(*days: date) -> Change:
    """More holidays."""

    def change(calendar: WorkingCalendar) -> WorkingCalendar:
        for day in days:
            told = DayException(day=day, kind=ExceptionKind.HOLIDAY, name="Bão lụt", source="CV 1")
            calendar = with_day(calendar, told)
        return calendar

    return change


def back_to_work(calendar: WorkingCalendar) -> WorkingCalendar:
    """No holidays at all: every exception is deleted."""
    return replace(calendar, exceptions=())


def changed(session: Session, change: Change, key: str = "ha-tinh") -> dict[str, Any]:
    """The content of the newest edition, changed."""
    newest = newest_edition(session, calendar_by_key(session, key).id)
    assert newest is not None
    return edition_content(change(working_calendar(newest.content)))


def somebody(username: str, at: datetime = MONDAY) -> Actor:
    found = actor_of(db.session(), person_by_username(db.session(), username).id, at)
    assert found is not None
    return found


def save(
    app: Flask,
    change: Change,
    *,
    by: str = "quantri",
    at: datetime = MONDAY,
    key: str = "ha-tinh",
    reason: str = "Nghỉ bão",
) -> int:
    """Save an edition; gives its number in the table."""
    with app.app_context(), transaction() as session:
        calendar = calendar_by_key(session, key)
        base = newest_edition(session, calendar.id)
        return save_edition(
            session,
            calendar.id,
            changed(session, change, key),
            reason=reason,
            legal_document="CV 1/UBND",
            base_id=base.id if base else None,
            actor=somebody(by),
            at=at,
        ).id


def preview(app: Flask, change: Change, at: datetime, key: str = "ha-tinh") -> Preview:
    """What saving would do."""
    with app.app_context():
        session = db.session()
        written = working_calendar(changed(session, change, key))
        return preview_edition(session, calendar_by_key(session, key), written, at)


def settle(story: Story) -> int:
    """Tick until nothing moves, as the scheduler does; gives how many rows were settled."""
    done = 0
    while moved := story.tick():
        done += moved
    return done


def editions(session: Session, key: str = "ha-tinh") -> list[CalendarEdition]:
    wanted = select(CalendarEdition).join(Calendar, Calendar.id == CalendarEdition.calendar_id)
    return list(session.scalars(wanted.where(Calendar.key == key).order_by(CalendarEdition.number)))
