"""One task with everything that is needed to do it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import UnknownTask
from app.api.reads.dossier import summary
from app.api.reads.forms import form_json
from app.api.reads.moments import due_or_none, is_late
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import can_complete, may_see
from app.domain.journal.queries import entries_of
from app.domain.people.model import Person, Unit
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.queries.answers import prefill_from
from app.queries.lineage import lineage_of
from app.queries.staff_pages import closes


def task_detail(session: Session, item_id: int, actor: Actor) -> dict[str, Any]:
    """The task for whoever may see it, done or not; raises UnknownTask for anybody else."""
    row = session.execute(
        select(InboxItem, Dossier, Unit.code, Unit.name, Person.name)
        .join(Dossier, Dossier.id == InboxItem.dossier_id)
        .join(Unit, Unit.id == InboxItem.unit_id)
        .outerjoin(Person, Person.id == InboxItem.assignee_id)
        .where(InboxItem.id == item_id)
    ).one_or_none()
    if row is None or not may_see(row[0], row[1], actor):
        raise UnknownTask
    item, dossier, unit, unit_name, assignee = row
    entries = entries_of(session, dossier.id)
    lineage = lineage_of(session, dossier, entries)
    ended = next((one for one in entries if closes(one, item.task_id)), None)
    era = lineage.at(ended.seq) if ended else lineage.last
    first = lineage.first.version
    return {
        "id": item.id,
        "state": item.state.value,
        "step": item.step,
        "name": item.name,
        "role": item.role,
        "unit": unit,
        "unit_name": unit_name,
        "opened_at": item.opened_at,
        "due_at": due_or_none(item.due_at),
        "overdue": is_late(item.due_at, item.overdue_at, now()),
        "done_at": item.done_at,
        "assignee": assignee,
        "can_complete": can_complete(item, dossier, actor),
        "form_id": item.form,
        "form": form_json(era.version, item.form),
        "prefill": prefill_from(era.definition, era.version.form(item.form), dossier, entries),
        "dossier": summary(dossier, first.key),
        "application": {
            "form_id": first.case(dossier.case_key).application_form,
            "data": dossier.data,
        },
    }
