"""Open steps that wait for others are set aside, and taken up again afterwards.

The engine runs on as it is: what waits is the office, for the payment of its dossier or for the
post. So the wait lies beside the diagram, told by the entries that begin and end it, and a diagram
needs to know nothing of it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.flag_overdue import plan_step_again, ring_next
from app.actions.urgency import item_rank
from app.domain.calendars.queries import LoadedEdition, calendar_for
from app.domain.inbox.due import NEVER, SET_ASIDE, due_of, due_of_step
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.queries.alarm_plans import is_handed_over
from app.worktime import extended_due, subtract_working_hours


def set_aside(session: Session, items: Iterable[InboxItem]) -> None:
    """Let none of these steps ring, and move them behind everything that can be done."""
    for item in items:
        item.alarm_at, item.rank = None, SET_ASIDE
    session.flush()


def ring_again(session: Session, work: Casework) -> None:
    """The wait has ended without the money: the open steps are as urgent as they were."""
    for item in open_steps(session, work):
        item.rank = item_rank(work, item)
        ring_next(session, work, item)
    session.flush()


def take_up(
    session: Session, work: Casework, items: Iterable[InboxItem], *, since: datetime, at: datetime
) -> dict[str, Any]:
    """Give these steps back the time that passed; tells the steps, and the editions by hash."""
    told: list[dict[str, Any]] = []
    editions: dict[str, str] = {}
    for item in items:
        before = item.due_at
        edition = calendar_for(session, item.unit_id, at)
        _date_again(work, item, edition, since=since, at=at)
        item.rank = item_rank(work, item)
        plan_step_again(session, work, item, at)
        editions[str(edition.id)] = edition.hash.hex()
        told.append(
            {
                "task": item.task_id,
                "step": item.step,
                "since": item.opened_at.isoformat(),
                "due_before": before.isoformat(),
                "due_at": item.due_at.isoformat(),
                "edition": edition.id,
            }
        )
    session.flush()
    return {"steps": told, "editions": editions}


def open_steps(session: Session, work: Casework) -> Sequence[InboxItem]:
    """What is open."""
    return session.scalars(
        select(InboxItem)
        .where(InboxItem.dossier_id == work.dossier.id, IS_OPEN)
        .order_by(InboxItem.id)
        .execution_options(populate_existing=True)
    ).all()


def _date_again(
    work: Casework, item: InboxItem, edition: LoadedEdition, *, since: datetime, at: datetime
) -> None:
    """It counts as opened so much later: whoever measures the step measures the office alone."""
    calendar = edition.calendar
    item.calendar_version_id = edition.id
    if is_handed_over(work.definition, item.step):
        item.opened_at = at
        item.due_at = due_of_step(calendar, item.hours, at, handed_over=True)
    elif item.due_at < NEVER:
        item.due_at = extended_due(calendar, item.due_at, max(since, item.opened_at), at)
        if item.hours is not None:
            item.opened_at = subtract_working_hours(calendar, item.due_at, item.hours)
            item.due_at = due_of(calendar, item.hours, item.opened_at)
