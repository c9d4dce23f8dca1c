"""A weekend's backlog: many dossiers whose timer, step and service have all come due."""

from collections import Counter

from flask import Flask
from sqlalchemy import func, select

from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.foundation.db import db
from app.queries.replay import replay
from tests.support.bpmn import Bpmn
from tests.support.procedures import publish, work
from tests.support.story import Story

#: What the scheduler owes a dossier, once each, by what its diagram has beside the late step.
OWED = {
    "timer": (Event.TIMER_FIRED, Event.STEP_OVERDUE),
    "service": (Event.SERVICE_COMPLETED, Event.STEP_OVERDUE),
}
#: The dossier's own clocks tell more beside these.
_OWED_EVENTS = frozenset(event for events in OWED.values() for event in events)


class Backlog:
    """Dossiers handed in long ago, while no scheduler was running; so many of each sort."""

    def __init__(self, app: Flask, dossiers: int) -> None:
        self._app = app
        self._owed: Counter[tuple[str, Event]] = Counter()
        for sort, events in OWED.items():
            procedure = publish(app, _with_timer() if sort == "timer" else _with_service())
            for _ in range(dossiers):
                code = Story(app).submit(procedure)
                self._owed.update((code, event) for event in events)
        self.rows = self._owed.total()

    def done(self) -> int:
        """How much of it has been done so far."""
        with self._app.app_context():
            by_itself = JournalEntry.event.in_(_OWED_EVENTS)
            return db.session().scalar(select(func.count()).where(by_itself)) or 0

    def ensure_done_once(self) -> None:
        """Fail unless every dossier got what it was owed, exactly once, and can prove it."""
        with self._app.app_context():
            session = db.session()
            told = session.execute(
                select(Dossier.code, JournalEntry.event)
                .join(Dossier, Dossier.id == JournalEntry.dossier_id)
                .where(JournalEntry.event.in_(_OWED_EVENTS))
            )
            assert Counter((code, event) for code, event in told) == self._owed
            for dossier in session.scalars(select(Dossier)).all():
                assert replay(session, dossier).identical, dossier.code


def _with_timer() -> Bpmn:
    bpmn = work(Bpmn().start(), "work", status="1").end("end", status="10")
    bpmn.boundary("ring", "work", "PT1H", interrupting=False)
    bpmn.script("note", "rung", "=true").end("rung_end")
    return bpmn.path("start", "work", "end").path("ring", "note", "rung_end")


def _with_service() -> Bpmn:
    bpmn = Bpmn().start().parallel("fork").parallel("join").end("end", status="10")
    work(bpmn, "work", status="1").service("number", "allot-register-number")
    return bpmn.path("start", "fork", "work", "join", "end").path("fork", "number", "join")
