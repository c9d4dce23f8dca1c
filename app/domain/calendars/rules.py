"""Who may decide about a calendar, and what makes an edition provable."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.calendars.model import Calendar, CalendarEdition
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.db import canonical_json
from app.foundation.errors import Conflict, Invalid, NotAllowed
from app.foundation.text import lazy_gettext

#: Decides about the calendar of the province and, where need be, of any unit.
PROVINCE_ADMIN = "province_admin"
#: Decides about the calendar of the own unit.
UNIT_ADMIN = "unit_admin"
ADMINISTRATORS = frozenset({PROVINCE_ADMIN, UNIT_ADMIN})


class NotTheAdministrator(NotAllowed):
    """The actor does not administer the unit of the calendar."""

    message = lazy_gettext("Only the administrator of its unit may change this calendar.")


class CalendarChanged(Conflict):
    """Another edition was saved since this one was begun."""

    message = lazy_gettext(
        "%(who)s has saved edition %(number)s of this calendar in the meantime. Look at what "
        "differs, and begin again from there."
    )


class NothingChanged(Invalid):
    """The edition would say what the one in force says."""

    message = lazy_gettext("Nothing differs from the edition in force.")


class DossiersUndated(Invalid):
    """Under the edition some open dossiers would have no due date."""

    message = lazy_gettext(
        "Saving would leave open dossiers without a due date: %(codes)s. %(why)s"
    )


def can_edit(calendar: Calendar, actor: Actor) -> bool:
    """Whether the actor may save editions of the calendar."""
    return actor.kind is ActorKind.SYSTEM or seat_to_edit(calendar, actor) is not None


def can_make(unit_id: int | None, actor: Actor) -> bool:
    """Whether the actor may give the unit a calendar of its own, or the province its one."""
    return actor.kind is ActorKind.SYSTEM or _seat(unit_id, actor) is not None


def seat_to_edit(calendar: Calendar, actor: Actor) -> Seat | None:
    """The seat from which the actor decides about the calendar."""
    return _seat(calendar.unit_id, actor)


def _seat(unit_id: int | None, actor: Actor) -> Seat | None:
    own = actor.seat_for(UNIT_ADMIN, unit_id) if unit_id is not None else None
    return own or next((seat for seat in actor.seats if seat.role == PROVINCE_ADMIN), None)


def ensure_may_edit(calendar: Calendar, actor: Actor) -> None:
    """Raise NotTheAdministrator unless the actor may save editions of the calendar."""
    if not can_edit(calendar, actor):
        raise NotTheAdministrator


#: What the first edition of every calendar follows.
FIRST = bytes(32)


def next_edition(
    previous: CalendarEdition | None,
    *,
    calendar_id: int,
    content: Mapping[str, Any],
    reason: str,
    legal_document: str,
    decided_by: Actor,
    at: datetime,
) -> CalendarEdition:
    """The edition that follows `previous`, numbered and hashed; nobody has checked its content."""
    edition = CalendarEdition(
        calendar_id=calendar_id,
        number=previous.number + 1 if previous else 1,
        content=content,
        reason=reason,
        legal_document=legal_document,
        decided_by_id=decided_by.person_id,
        decided_by=decided_by.name,
        created_at=at,
    )
    edition.hash = hash_of(edition, previous.hash if previous else FIRST)
    return edition


def hash_of(edition: CalendarEdition, previous: bytes) -> bytes:
    """SHA-256 over everything an edition says and the hash of the one before it.

    Journals name these hashes, so that the hours behind a due date cannot be changed quietly.
    """
    told = [
        1,  # the version of this list
        edition.calendar_id,
        edition.number,
        edition.content,
        edition.reason,
        edition.legal_document,
        edition.decided_by_id,
        edition.decided_by,
        edition.created_at.isoformat(),
        previous.hex(),
    ]
    return hashlib.sha256(canonical_json(told)).digest()
