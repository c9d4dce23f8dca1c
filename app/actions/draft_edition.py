"""Write an edition before it is decided: begun from the one in force, changed bit by bit."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.calendars.directory import directory
from app.domain.calendars.editing import carried_over
from app.domain.calendars.model import Calendar, CalendarDraft
from app.domain.calendars.queries import loaded_edition, newest_edition
from app.domain.calendars.reading import working_calendar
from app.domain.calendars.rules import NotTheAdministrator, can_make, ensure_may_edit
from app.domain.people.model import Unit
from app.foundation.actor import Actor
from app.foundation.errors import Conflict, NotFound
from app.foundation.text import lazy_gettext
from app.worktime import WorkingCalendar, edition_content


class NoDraft(NotFound):
    """The actor is not writing an edition of that calendar."""

    message = lazy_gettext("You are not changing this calendar. Begin first.")


class UnitHasCalendar(Conflict):
    """A unit, and the province, keeps one calendar at most."""

    message = lazy_gettext("The unit has a calendar of its own already.")


class KeyTaken(Conflict):
    """Another calendar has that key."""

    message = lazy_gettext("There is a calendar “%(key)s” already.")


def make_calendar(
    session: Session,
    unit: Unit | None,
    *,
    actor: Actor,
    key: str | None = None,
    name: str | None = None,
) -> Calendar:
    """A calendar of the unit's own, or the province's; it counts for nothing without an edition.

    Raises NotTheAdministrator and UnitHasCalendar.
    """
    unit_id = unit.id if unit else None
    if not can_make(unit_id, actor):
        raise NotTheAdministrator
    if session.scalar(select(Calendar.id).where(Calendar.unit_id.is_not_distinct_from(unit_id))):
        raise UnitHasCalendar
    code, called = (unit.code, unit.name) if unit else ("province", "")
    calendar = Calendar(
        key=(key or code.lower().replace(".", "-"))[:40],
        name=(name or called)[:120],
        unit_id=unit_id,
    )
    session.add(calendar)
    try:
        session.flush()
    except IntegrityError as error:
        raise KeyTaken(key=calendar.key) from error
    return calendar


def begin_edition(
    session: Session, calendar: Calendar, *, actor: Actor, at: datetime
) -> CalendarDraft:
    """The actor's draft, begun now if there is none: from the newest edition of the calendar.

    A calendar without one begins with what its unit has kept so far. Raises NotTheAdministrator.
    """
    ensure_may_edit(calendar, actor)
    found = draft_of(session, calendar.id, actor)
    if found is not None:
        return found
    newest = newest_edition(session, calendar.id)
    content = newest.content if newest else None
    if content is None:
        kept = directory(session, at).edition_of(calendar.unit_id)
        content = loaded_edition(session, kept).content if kept else {"hours": []}
    draft = CalendarDraft(
        calendar_id=calendar.id,
        person_id=actor.person_id,
        base_id=newest.id if newest else None,
        content=content,
        updated_at=at,
    )
    session.add(draft)
    session.flush()
    return draft


def change_edition(
    session: Session,
    calendar: Calendar,
    change: Callable[[WorkingCalendar], WorkingCalendar],
    *,
    actor: Actor,
    at: datetime,
) -> CalendarDraft:
    """Change the actor's draft; raises NoDraft, NotTheAdministrator and what `change` raises."""
    ensure_may_edit(calendar, actor)
    draft = own_draft(session, calendar, actor, lock=True)
    draft.content = edition_content(change(working_calendar(draft.content)))
    draft.updated_at = at
    session.flush()
    return draft


def carry_over(
    session: Session, calendar: Calendar, *, actor: Actor, at: datetime
) -> CalendarDraft:
    """Let the actor's changes continue the newest edition; raises NoDraft and CalendarInvalid."""
    ensure_may_edit(calendar, actor)
    draft = own_draft(session, calendar, actor, lock=True)
    newest = newest_edition(session, calendar.id)
    if newest is None or draft.base_id == newest.id:
        return draft
    base = loaded_edition(session, draft.base_id).calendar if draft.base_id else None
    mine, saved = working_calendar(draft.content), working_calendar(newest.content)
    draft.content = edition_content(carried_over(base, mine, saved))
    draft.base_id, draft.updated_at = newest.id, at
    session.flush()
    return draft


def drop_draft(session: Session, calendar: Calendar, *, actor: Actor) -> None:
    """Forget what the actor has written; nothing happens where there is nothing."""
    session.execute(
        delete(CalendarDraft).where(
            CalendarDraft.calendar_id == calendar.id, CalendarDraft.person_id == actor.person_id
        )
    )


def own_draft(
    session: Session, calendar: Calendar, actor: Actor, *, lock: bool = False
) -> CalendarDraft:
    """The actor's draft, locked for whoever changes it; raises NoDraft."""
    found = draft_of(session, calendar.id, actor, lock=lock)
    if found is None:
        raise NoDraft
    return found


def draft_of(
    session: Session, calendar_id: int, actor: Actor, *, lock: bool = False
) -> CalendarDraft | None:
    """The actor's draft, if there is one."""
    wanted = select(CalendarDraft).where(
        CalendarDraft.calendar_id == calendar_id, CalendarDraft.person_id == actor.person_id
    )
    return session.scalar(wanted.with_for_update() if lock else wanted)
