"""Date one open dossier again by the calendars in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.escalate import settle_escalations
from app.actions.flag_overdue import plan_step_again
from app.actions.keep_clocks import lapse_draft, watch_again
from app.actions.record import record
from app.actions.urgency import rank_again
from app.domain.calendars.model import CalendarEdition
from app.domain.calendars.queries import LoadedEdition, calendar_for, loaded_edition
from app.domain.dossiers.clock import ClockState
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.journal.events import Event
from app.foundation.actor import SYSTEM
from app.queries.due_dates import Dates, Standing, dates_under, standings
from app.worktime import unconfirmed


@dataclass(frozen=True, kw_only=True)
class _Redated:
    """The dates before and after, and the edition for the dossier and for each step, by item."""

    before: Standing
    after: Dates
    edition: LoadedEdition
    steps: Mapping[int, LoadedEdition]


def redate(session: Session, work: Casework, cause: CalendarEdition, *, at: datetime) -> bool:
    """Date the dossier, which is locked, by the calendars in force; says whether anything moved.

    The journal tells the reason of `cause` and every date before and after; also where the date
    stays and rests on confirmed days now, which counts as no move. What is already right leaves no
    trace, so that doing it again does no harm. `due_at_original` never changes. Raises what
    `dates_under` raises; the dossier then keeps its dates.
    """
    found = standings(session, Dossier.id == work.dossier.id, limit=1)
    if not found:
        return False
    editions = {work.dossier.handling_unit_id: work.edition}
    editions |= {
        unit: calendar_for(session, unit, at)
        for unit in {one.unit_id for one in found[0].steps} - editions.keys()
    }
    dates = dates_under(found[0], lambda unit_id: editions[unit_id].calendar)
    if not dates.moves(found[0]) and not _settles(session, found[0], work.edition):
        return False
    redated = _Redated(
        before=found[0],
        after=dates,
        edition=work.edition,
        steps={one.item_id: editions[one.unit_id] for one in found[0].steps},
    )
    _apply(session, work, redated, at)
    stage = work.dossier.clock_stage
    watch_again(session, work, at=at)
    rank_again(session, work, stage)
    settle_escalations(session, work, at=at)
    if redated.after.due_at != redated.before.due_at:
        lapse_draft(session, work)
    told = {"reason": cause.reason, "legal_document": cause.legal_document} | _told(redated)
    record(session, work, Event.DUE_DATES_MOVED, told, actor=SYSTEM, seat=None, at=at)
    return dates.moves(found[0])


def _settles(session: Session, before: Standing, edition: LoadedEdition) -> bool:
    """Whether the date rested on days that were only estimated, and now rests on others."""
    if before.clocks.state is ClockState.STOPPED:
        return False
    then = loaded_edition(session, before.edition_id).calendar
    doubts = unconfirmed(then, before.submitted_at, before.due_at)
    now = unconfirmed(edition.calendar, before.submitted_at, before.due_at)
    return bool(doubts) and doubts != now


def _apply(session: Session, work: Casework, redated: _Redated, at: datetime) -> None:
    work.dossier.due_at_current = redated.after.due_at
    work.dossier.reception_due_at = redated.after.reception_due_at
    work.dossier.calendar_version_id = redated.edition.id
    for one in redated.after.moved_steps(redated.before):
        item = session.get_one(InboxItem, one.item_id, populate_existing=True)
        item.hours = one.hours
        item.due_at = redated.after.steps[one.item_id]
        item.calendar_version_id = redated.steps[one.item_id].id
        plan_step_again(session, work, item, at)


def _told(redated: _Redated) -> dict[str, Any]:
    before, after = redated.before, redated.after
    return {
        "edition_before": before.edition_id,
        "edition": redated.edition.id,
        "due_before": before.due_at.isoformat(),
        "due_at": after.due_at.isoformat(),
        "reception_before": _told_moment(before.clocks.reception_due_at),
        "reception_due_at": _told_moment(after.reception_due_at),
        "steps": [
            {
                "task": one.task,
                "step": one.step,
                "due_before": one.due_at.isoformat(),
                "due_at": after.steps[one.item_id].isoformat(),
                "edition": redated.steps[one.item_id].id,
            }
            for one in after.moved_steps(before)
        ],
        "editions": {
            str(one.id): one.hash.hex() for one in (redated.edition, *redated.steps.values())
        },
    }


def _told_moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
