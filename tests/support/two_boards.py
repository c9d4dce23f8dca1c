"""One diagram played on two boards: by the engine, and by the token game."""

from datetime import UTC, datetime, timedelta
from random import Random

from app import engine
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import WideDiagram
from tests.support.token_board import Work
from tests.support.token_game import TokenGame

NOON = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
EVENTS: dict[str, type[engine.MessageEvent | engine.SignalEvent]] = {
    "message": engine.MessageEvent,
    "signal": engine.SignalEvent,
}


class Play:
    """One diagram on both boards."""

    def __init__(self, definition: engine.Definition, drawn: RandomDiagram, seed: int) -> None:
        self.definition = definition
        self.drawn = drawn
        #: The sources, by the names of their processes.
        self.files = {drawn.bpmn.process_id: drawn.xml}
        self.random = Random(seed)  # noqa: S311 - repeatable, not secret
        self.now = NOON
        called = {process: one.diagram for process, one in definition.called.items()}
        self.game = TokenGame(definition.diagram, NOON, called)
        self.outcome = engine.start(definition, {}, now=NOON, seed=str(seed))

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done any more, or too much."""
        outcome = self.outcome
        waits = outcome.open or outcome.timers or outcome.waiting
        return outcome.finished or len(outcome.open) > 25 or not waits

    def move(self) -> None:
        """Let something happen on both boards."""
        random, outcome = self.random, self.outcome
        self.now += timedelta(minutes=random.choice((0, 1, 5, 60)), seconds=random.randrange(1, 59))
        self.game.ended.clear()
        if outcome.waiting and (not outcome.open or random.random() < 0.3):
            self.tell(self.drawn.answers(random))
        elif not outcome.open or random.random() < 0.15:
            self.wait()
        else:
            self.complete(self.drawn.answers(random))

    def tell(self, answers: dict[str, object]) -> None:
        """Bring a message or signal that something waits for."""
        chosen = self.random.choice(self.outcome.waiting)
        self.game.deliver(chosen.kind, chosen.event, answers, self.now)
        event = EVENTS[chosen.kind](name=chosen.event)
        self.outcome = engine.deliver(
            self.definition, self.outcome.snapshot, event, answers, now=self.now
        )

    def wait(self) -> None:
        """Let the next timer go off."""
        self.now = max(self.now, min((t.due_at for t in self.outcome.timers), default=self.now))
        self.game.tick(self.now)
        self.outcome = engine.tick(self.definition, self.outcome.snapshot, now=self.now)

    def complete(self, answers: dict[str, object]) -> None:
        """Complete an open task."""
        tasks = self.outcome.open
        chosen = self.random.choice(tasks)
        told = (chosen.step, dict(chosen.items))
        twins = [one.task_id for one in tasks if (one.step, dict(one.items)) == told]
        works = [one for one in self.game.open() if (one.step, items_around(one)) == told]
        self.game.complete(works[twins.index(chosen.task_id)], answers, self.now)
        self.outcome = engine.complete(
            self.definition, self.outcome.snapshot, chosen.task_id, answers, now=self.now
        )

    def compare(self) -> None:
        """Both boards show the same position."""
        game, outcome = self.game, self.outcome
        assert sorted((task.step, sorted(task.items.items())) for task in outcome.open) == sorted(
            (work.step, sorted(items_around(work).items())) for work in game.open()
        )
        assert sorted((one.step, one.due_at) for one in outcome.timers) == game.timers()
        assert sorted((one.step, one.kind, one.event) for one in outcome.waiting) == game.waiting()
        assert sorted(outcome.ended) == sorted(game.ended)
        assert outcome.finished == game.finished
        for name in self.drawn.outputs:
            assert outcome.variables.get(name) == game.data.get(name)
        stuck = not (outcome.open or outcome.timers or outcome.waiting or outcome.finished)
        assert (outcome.incident is not None) == stuck


def items_around(work: Work) -> dict[str, object]:
    """What the repetitions around a task gave it."""
    around = items_around(work.scope.around) if work.scope.around else {}
    return around | work.items


def family(seed: int) -> Play:
    """A process that calls others, of which one calls the other."""
    last = WideDiagram(seed + 2, name="last")
    middle = WideDiagram(seed + 1, name="middle", calls=("last",))
    top = WideDiagram(seed, calls=("middle", "last"))
    for other in (last, middle):
        top.names += other.names
        top.results += other.results
        top.outputs += other.outputs
    files = {one.bpmn.process_id: one.xml for one in (top, middle, last)}
    play = Play(engine.read_all(files)["permit"], top, seed)
    play.files = files
    return play
