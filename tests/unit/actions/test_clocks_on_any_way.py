"""Whatever way a dossier takes through whatever diagram, it never goes without its date."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app import engine
from app.actions.advance import status_after
from app.domain.dossiers.clock import Clocks, ClockState, after
from app.domain.dossiers.clock_rules import Law, Move, begin, follow
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import StatusImpossible, SupplementAlreadyRequested, move_to
from app.domain.dossiers.status import FINISHED, RECEIVED, Status
from app.domain.procedures.cases import SupplementClock
from app.queries.clocks import holds_of
from app.worktime import Term, TermUnit, preset
from tests.support.bpmn_random import RandomDiagram

BEGIN = datetime(2024, 2, 5, 2, 0, tzinfo=UTC)
#: What an analyst may write on a step, in the share in which it is met.
STEPS = (
    {"status": "1"},
    {"status": "4"},
    {"status": "4"},
    {"status": "5", "clock": "pause"},
    {"status": "6"},
    {"status": "9"},
    {"clock": "pause"},
    {"roles": "applicant"},
    {},
)


class WithStatuses(RandomDiagram):
    """A random diagram whose steps stand for statuses and keep the clock."""

    def _task(self, _depth: int = 0) -> tuple[str, str]:
        task = self._id("task")
        self.bpmn.user(task, **self.random.choice(STEPS))
        return task, task


class Way:
    """A dossier on its way, without a database."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - repeatable, not secret
        self.drawn = WithStatuses(seed)
        self.definition = engine.read(self.drawn.xml)
        self.law = Law(
            online=self.random.random() < 0.7,
            term=Term(amount=Decimal(3), unit=self.random.choice(list(TermUnit))),
            supplement_clock=self.random.choice(list(SupplementClock)),
            calendar=preset(self.random.choice(["HT-8H", "SAT-AM"])),
        )
        self.now = BEGIN
        self.dossier = Dossier(status=Status.SUBMITTED, supplement_requests=0)
        self.clocks: Clocks = begin(BEGIN, self.law)
        self.outcome = engine.start(self.definition, {}, now=BEGIN, seed=str(seed))

    def follow(self) -> None:
        """What the corridor does with a run, its rows left out."""
        before = self.dossier.status
        if status := status_after(self.outcome):
            move_to(self.dossier, status, self.now)
        holds = tuple(holds_of(self.definition, self.outcome))
        move = Move(at=self.now, before=before, after=self.dossier.status, holds=holds)
        for fact in follow(self.clocks, move, self.law):
            self.clocks = after(self.clocks, fact, self.now)
        self.holds_together(bool(holds))

    def holds_together(self, held: bool) -> None:
        """Nothing is without its date, and nothing counts that must not."""
        clocks, status = self.clocks, self.dossier.status
        received = clocks.due_at_original is not None
        assert clocks.due_at_current > BEGIN
        assert received == (self.dossier.received_at is not None)
        if status in RECEIVED:
            assert received
        if status in FINISHED:
            assert clocks.state is ClockState.STOPPED
        elif received:
            assert clocks.state is (ClockState.PAUSED if held else ClockState.RUNNING)
        else:
            assert clocks.state is ClockState.WAITING
            waits = clocks.open_reception_due_at is not None
            assert waits == (self.law.online and status is Status.SUBMITTED)

    def move(self) -> None:
        """Somebody completes a step, or the next timer goes off, minutes to days later."""
        self.now += timedelta(minutes=self.random.choice((1, 45, 60 * 7, 60 * 24 * 3)))
        if self.outcome.open and self.random.random() < 0.85:
            task = self.random.choice(self.outcome.open)
            answers = self.drawn.answers(self.random)
            self.outcome = engine.complete(
                self.definition, self.outcome.snapshot, task.task_id, answers, now=self.now
            )
        else:
            due = [timer.due_at for timer in self.outcome.timers]
            self.now = max(self.now, min(due, default=self.now))
            self.outcome = engine.tick(self.definition, self.outcome.snapshot, now=self.now)


@given(st.integers(0, 2**32))
def test_a_dossier_never_goes_without_its_date(seed: int) -> None:
    way = Way(seed)
    try:
        way.follow()
        for _ in range(25):
            if way.outcome.finished or not (way.outcome.open or way.outcome.timers):
                break
            way.move()
            way.follow()
    except (StatusImpossible, SupplementAlreadyRequested):
        # The whole step is undone: the dossier stays as it was, with its date.
        way.holds_together(held=way.clocks.state is ClockState.PAUSED)
