"""Working calendars as the API tells them."""

from typing import Any

from sqlalchemy.orm import Session

from app.queries.calendar_pages import calendar_with_edition, listed_calendars


def calendar_list(session: Session) -> list[dict[str, Any]]:
    """Every calendar in short."""
    return [
        {
            "key": one.key,
            "name": one.name,
            "unit": one.unit_code,
            "edition": one.number,
            "in_force_since": one.since,
            "estimated_years": list(one.unconfirmed),
        }
        for one in listed_calendars(session)
    ]


def edition_told(session: Session, key: str, number: int | None) -> dict[str, Any]:
    """One edition, the newest without a number; raises NoSuchCalendar."""
    calendar, edition = calendar_with_edition(session, key, number)
    return {
        "key": calendar.key,
        "name": calendar.name,
        "edition": edition.number,
        "in_force_since": edition.created_at,
        "reason": edition.reason,
        "legal_document": edition.legal_document,
        "hash": edition.hash.hex(),
        "content": edition.content,
    }
