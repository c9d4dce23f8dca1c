"""When a diagram fails while it runs: nothing is lost, people are told, and somebody looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.record import record
from app.domain.journal.events import RUNS, Event
from app.domain.journal.model import JournalEntry
from app.domain.processes.model import ProcessState
from app.engine import Definition, EngineFailure, SnapshotUnreadable
from app.foundation.actor import SYSTEM
from app.foundation.errors import Conflict, LeavesMark
from app.foundation.text import LazyString, lazy_gettext

log = structlog.get_logger(__name__)

#: Why a diagram cannot go on, in the words of `DiagramFails`; the keys stand in journals.
REASONS: dict[str, LazyString] = {
    "expression": lazy_gettext("an expression has no usable value"),
    "script": lazy_gettext("its script gives no plain value"),
    "decision": lazy_gettext("its decision table has no clear answer"),
    "timer": lazy_gettext("its time cannot be worked out"),
    "assignment": lazy_gettext("it is not clear who does it, or by when"),
    "multi-instance": lazy_gettext("the list it goes through cannot be used"),
    "too-many-steps": lazy_gettext("it goes round and round"),
    "too-many-tokens": lazy_gettext("too much is open at once"),
    "status": lazy_gettext("the status it leads to may not follow the present one"),
    "service": lazy_gettext("the service behind it fails"),
    "nothing-open": lazy_gettext("nothing is open and nothing is waited for"),
}


#: So many failures one after the other are no mishap.
GIVE_UP_AFTER = 5


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What failed where; `detail` is for those who look after the diagram."""

    reason: str
    step: str
    detail: str


class StepImpossible(Exception):
    """A step opens that the house cannot offer to anybody; `diagram_runs` says it in words."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class DiagramFails(Conflict, LeavesMark):
    """The diagram cannot go on; the dossier stays as it was, and keeps an incident."""

    message = lazy_gettext(
        "The dossier cannot go on at “%(name)s”: %(why)s. Nothing was changed. Whoever looks after "
        "the procedure has to put it right; after that, or with other answers, do this again."
    )

    def __init__(self, trouble: Trouble, *, name: str, dossier_id: int | None, at: datetime):
        why = REASONS.get(trouble.reason, REASONS["expression"])
        super().__init__(name=name, why=why)
        self.trouble = trouble
        self.dossier_id = dossier_id
        self.at = at

    def leave_mark(self, session: Session) -> None:
        """Keep the incident with the dossier; one that is only just being sent has no journal."""
        work = open_dossier(session, self.dossier_id, self.at) if self.dossier_id else None
        if work is not None:
            raise_incident(session, work, self.trouble, at=self.at)


@contextmanager
def diagram_runs(definition: Definition, *, dossier_id: int | None, at: datetime) -> Iterator[None]:
    """Say in words what a diagram does wrong inside the block; raises DiagramFails.

    Without a `dossier_id` nothing is kept of it: the caller sees to that himself.
    """
    try:
        yield
    except SnapshotUnreadable:
        raise
    except EngineFailure as error:
        trouble = Trouble(reason=error.reason, step=error.step or "", detail=error.detail)
        raise _in_words(definition, trouble, dossier_id, at) from error
    except StepImpossible as error:
        raise _in_words(definition, error.trouble, dossier_id, at) from error


def _in_words(
    definition: Definition, trouble: Trouble, dossier_id: int | None, at: datetime
) -> DiagramFails:
    log.error(
        "diagram_fails",
        process=definition.process_id,
        step=trouble.step,
        reason=trouble.reason,
        dossier=dossier_id,
    )
    step = definition.steps.get(trouble.step)
    name = step.name if step else trouble.step or definition.name
    return DiagramFails(trouble, name=name, dossier_id=dossier_id, at=at)


def trouble_of(error: Exception, *, reason: str, step: str) -> Trouble:
    """What a failure is about: as the diagram told it, or what the caller was trying."""
    if isinstance(error, DiagramFails):
        return error.trouble
    return Trouble(reason=reason, step=step, detail=f"{type(error).__name__}: {error}")


def raise_incident(session: Session, work: Casework, trouble: Trouble, *, at: datetime) -> bool:
    """Note that somebody must look; False where the same was noted since the diagram last ran."""
    noted = _since_last_run(session, work.dossier.id)
    if any((one["reason"], one.get("step", "")) == (trouble.reason, trouble.step) for one in noted):
        return False
    told = {"reason": trouble.reason, "step": trouble.step, "detail": trouble.detail[:400]}
    work.process.state = ProcessState.INCIDENT
    work.process.updated_at = at
    record(session, work, Event.INCIDENT_RAISED, told, actor=SYSTEM, seat=None, at=at)
    session.flush()
    return True


def _since_last_run(session: Session, dossier_id: int) -> list[dict[str, str]]:
    """What was noted since the diagram last moved, the newest first."""
    entries = session.execute(
        select(JournalEntry.event, JournalEntry.payload)
        .where(
            JournalEntry.dossier_id == dossier_id,
            JournalEntry.event.in_([*RUNS, Event.INCIDENT_RAISED]),
        )
        .order_by(JournalEntry.seq.desc())
    )
    noted: list[dict[str, str]] = []
    for event, payload in entries:
        if event in RUNS:
            break
        noted.append(payload or {"reason": ""})
    return noted
