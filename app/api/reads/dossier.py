"""A dossier as clients are told it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.api.reads.moments import due_or_none, is_late
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.people.model import Person
from app.domain.postal.queries import choice_of
from app.engine import EventWait
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.queries.dossier_pages import DossierPage, dossier_page


def dossier_status(session: Session, code: str, actor: Actor) -> dict[str, Any]:
    """Where the dossier stands; raises UnknownDossier."""
    page = dossier_page(session, code, actor)
    names = _names(session, page.open_items)
    return summary(page.dossier, page.version.key) | {
        "state": page.process.state.value,
        "received_at": page.dossier.received_at,
        "clock": page.dossier.clock.value,
        "reception_due_at": page.dossier.reception_due_at,
        "reception_met_at": page.dossier.reception_met_at,
        "due_at_original": page.dossier.due_at_original,
        "finished_at": page.dossier.finished_at,
        "closed_at": page.dossier.closed_at,
        "handling_unit": page.handling_unit.code,
        "receiving_unit": page.receiving_unit.code,
        "current_steps": [_step(item, page, names) for item in page.open_items],
        "waiting": [_wait(one) for one in page.waiting] if actor.is_staff else [],
        "results": page.results,
        "result_return": choice_of(session, page.dossier.id).as_dict(),
    }


def summary(dossier: Dossier, procedure: str) -> dict[str, Any]:
    """A dossier in short."""
    return {
        "code": dossier.code,
        "procedure": procedure,
        "case": dossier.case_key,
        "status": int(dossier.status),
        "status_name": dossier.status.name,
        "channel": dossier.channel.value,
        "owner_name": dossier.owner_name,
        "submitted_at": dossier.submitted_at,
        "due_at": dossier.due_at_current,
    }


def _step(item: InboxItem, page: DossierPage, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": item.id,
        "step": item.step,
        "name": item.name,
        "role": item.role,
        "unit": page.unit_names[item.unit_id],
        "due_at": due_or_none(item.due_at),
        "overdue": is_late(item.due_at, item.overdue_at, now()),
        "assignee": names.get(item.assignee_id or 0),
    }


def _wait(wait: EventWait) -> dict[str, Any]:
    return {
        "kind": wait.kind,
        "name": wait.event,
        "step": wait.step,
        "step_name": wait.name,
        "variables": list(wait.variables),
    }


def _names(session: Session, items: tuple[InboxItem, ...]) -> dict[int, str]:
    """Names of whoever has taken an open step."""
    wanted = {item.assignee_id for item in items if item.assignee_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}
