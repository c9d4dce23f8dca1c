"""Let what failed be tried again at once: a timer that is due, a service that was promised."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.dossier_at_work import DossierAtWork, dossier_at_work
from app.actions.record import record
from app.actions.watch_deadlines import settle_deadline
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.processes.model import ProcessState
from app.foundation.actor import Actor
from app.foundation.appointments import comes_due
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext
from app.queries.incidents import failing_services, failing_timers


class NoIncident(Conflict):
    """Nothing is wrong with the dossier."""

    message = lazy_gettext("This dossier has no incident.")


class NothingToRetry(Conflict):
    """What failed was done by a person, who can do it again."""

    message = lazy_gettext(
        "Nothing can be tried again by itself here: do the step again that failed, or have the "
        "diagram put right."
    )


def retry_incident(session: Session, code: str, *, actor: Actor, at: datetime) -> int:
    """Fire the timers that are due, now, and let promised services run at once; returns how many.

    Also after the dossier was moved to a version that puts it right, which ends the incident.
    Raises UnknownDossier, NotAtWorkHere, NoIncident, NothingToRetry, and DiagramFails where a
    timer fails again.
    """
    found = dossier_at_work(session, code, actor=actor, at=at)
    timers = failing_timers(session, found.work.dossier.id, at)
    services = failing_services(session, found.work.dossier.id)
    if not timers and not services:
        stuck = found.work.process.state is ProcessState.INCIDENT
        raise NothingToRetry if stuck else NoIncident
    _record(session, found, actor, at)
    for message in services:
        message.attempts = 0
        message.available_at = at
        comes_due(session, at)
    session.flush()
    for number in timers:
        settle_deadline(session, number, at=at)
    session.flush()
    return len(timers) + len(services)


def _record(session: Session, found: DossierAtWork, actor: Actor, at: datetime) -> None:
    noted = _newest_incident(session, found.work)
    told = {"reason": noted.get("reason", ""), "step": noted.get("step", "")}
    record(session, found.work, Event.INCIDENT_RETRIED, told, actor=actor, seat=found.seat, at=at)


def _newest_incident(session: Session, work: Casework) -> Mapping[str, Any]:
    return (
        session.scalar(
            select(JournalEntry.payload)
            .where(
                JournalEntry.dossier_id == work.dossier.id,
                JournalEntry.event == Event.INCIDENT_RAISED,
            )
            .order_by(JournalEntry.seq.desc())
            .limit(1)
        )
        or {}
    )
