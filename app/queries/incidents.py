"""Dossiers whose diagram cannot go on, for those who have to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.domain.processes.model import Process, ProcessState
from app.engine import Definition
from app.foundation.outbox import OutboxMessage
from app.queries.definitions import loaded_version

#: More than this nobody works off in one sitting.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class OpenIncident:
    """What keeps a dossier from going on."""

    code: str
    procedure: str
    #: Name of the handling unit.
    unit: str
    #: When it was noted.
    at: datetime
    #: Key of `actions.incidents.REASONS`.
    reason: str
    #: Element id, and its name.
    step: str
    name: str
    detail: str


def open_incidents(session: Session, limit: int = MOST) -> list[OpenIncident]:
    """The dossiers that stand still, the newest dossier first, each with its newest incident."""
    found = session.execute(
        select(Process.dossier_id, Process.diagram, Dossier.code, Dossier.version_id, Unit.name)
        .join(Dossier, Dossier.id == Process.dossier_id)
        .join(Unit, Unit.id == Dossier.handling_unit_id)
        .where(Process.state == ProcessState.INCIDENT)
        .order_by(Process.dossier_id.desc())
        .limit(limit)
    )
    incidents = []
    for row in found.all():
        version = loaded_version(session, row.version_id)
        entry = _newest(session, row.dossier_id)
        if entry is not None:
            definition = version.diagram(row.diagram)
            incidents.append(_incident(row.code, version.key, row.name, definition, entry))
    return incidents


def incident_of(
    session: Session, dossier_id: int, definition: Definition
) -> tuple[Mapping[str, Any], str] | None:
    """What the newest incident of a dossier tells, and the name of its step."""
    entry = _newest(session, dossier_id)
    if entry is None:
        return None
    told = entry.payload or {}
    return told, _name(definition, told.get("step", ""))


def failing_timers(session: Session, dossier_id: int, at: datetime) -> list[int]:
    """Numbers of the timers of a dossier that are due, hence should have fired."""
    return list(
        session.scalars(
            select(Deadline.id)
            .where(
                Deadline.dossier_id == dossier_id,
                Deadline.kind == DeadlineKind.TIMER,
                Deadline.settled_at.is_(None),
                Deadline.due_at <= at,
            )
            .order_by(Deadline.due_at, Deadline.id)
        )
    )


def failing_services(session: Session, dossier_id: int) -> list[OutboxMessage]:
    """Promised services that have failed; whose they are only their payload tells."""
    failed = session.scalars(
        select(OutboxMessage).where(OutboxMessage.done_at.is_(None), OutboxMessage.attempts > 0)
    )
    return [one for one in failed if one.payload.get("dossier") == dossier_id]


def _newest(session: Session, dossier_id: int) -> JournalEntry | None:
    return session.scalar(
        select(JournalEntry)
        .where(JournalEntry.dossier_id == dossier_id, JournalEntry.event == Event.INCIDENT_RAISED)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    )


def _incident(
    code: str, procedure: str, unit: str, definition: Definition, entry: JournalEntry
) -> OpenIncident:
    told = entry.payload or {}
    step = told.get("step", "")
    return OpenIncident(
        code=code,
        procedure=procedure,
        unit=unit,
        at=entry.at,
        reason=told.get("reason", ""),
        step=step,
        name=_name(definition, step),
        detail=told.get("detail", ""),
    )


def _name(definition: Definition, step: str) -> str:
    return definition.steps[step].name if step in definition.steps else step
