"""Calendars for stories that need more than the demo province's plain hours."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.rules import FIRST, hash_of
from app.foundation.db import transaction
from app.worktime import edition_content, preset


def content_of(name: str = "HT-8H", **rules: Any) -> dict[str, Any]:
    """A preset with the holidays of Viet Nam, and some rules of one's own."""
    content = edition_content(preset(name))
    return content | {"rules": content["rules"] | rules}


def decide(app: Flask, content: dict[str, Any], at: datetime) -> int:
    """Make this the province's calendar from that moment on; returns the edition's number."""
    with app.app_context(), transaction() as session:
        calendar = session.scalars(select(Calendar).where(Calendar.unit_id.is_(None))).one()
        same = CalendarEdition.calendar_id == calendar.id
        number = session.scalar(select(func.max(CalendarEdition.number)).where(same)) or 0
        previous = session.scalar(
            select(CalendarEdition.hash).where(same, CalendarEdition.number == number)
        )
        edition = CalendarEdition(
            calendar_id=calendar.id,
            number=number + 1,
            content=content,
            reason="test",
            legal_document="",
            decided_by="test",
            created_at=at,
        )
        edition.hash = hash_of(edition, previous or FIRST)
        session.add(edition)
        session.flush()
        return int(edition.id)
