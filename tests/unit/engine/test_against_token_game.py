"""The engine plays random diagrams move for move as BPMN says, forgetting its past each time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from app.engine import running
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import InclusiveDiagram, WideDiagram
from tests.support.token_board import Work
from tests.support.token_game import EndlessGame, TokenGame

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


def family(seed: int) -> Play:
    """A process that calls others, of which one calls the other."""
    last = WideDiagram(seed + 2, name="last")
    middle = WideDiagram(seed + 1, name="middle", calls=("last",))
    top = WideDiagram(seed, calls=("middle", "last"))
    for other in (last, middle):
        top.names += other.names
        top.results += other.results
        top.outputs += other.outputs
    files = {"top": top.xml, "middle": middle.xml, "last": last.xml}
    return Play(engine.read_all(files)["top"], top, seed)


def items_around(work: Work) -> dict[str, object]:
    """What the repetitions around a task gave it."""
    around = items_around(work.scope.around) if work.scope.around else {}
    return around | work.items


def play(drawn: RandomDiagram, seed: int, *, bent: bool = False, moves: int = 40) -> int:
    """Play one diagram; gives the number of moves made."""
    try:
        definition = engine.read(drawn.xml)
    except engine.DefinitionInvalid as error:
        if bent:
            return 0
        raise AssertionError([problem.as_dict() for problem in error.problems]) from error
    try:
        return played(Play(definition, drawn, seed), moves)
    except EndlessGame:
        # Nothing is left to compare: the engine stops such a run, see the limits of the engine.
        if bent:
            return 0
        raise


def played(one: Play, moves: int) -> int:
    """Play on until nothing can be done; gives the number of moves made."""
    for made in range(moves):
        one.compare()
        if one.is_over:
            return made
        one.move()
    return moves


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_nested_blocks_are_played_as_bpmn_says(seed: int) -> None:
    assert play(RandomDiagram(seed), seed) > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_unsound_diagrams_are_played_as_bpmn_says_too(seed: int) -> None:
    assert play(RandomDiagram(seed, bend=True), seed, bent=True) >= 0


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_every_element_is_played_as_bpmn_says(seed: int) -> None:
    assert play(WideDiagram(seed), seed) >= 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_processes_that_call_others_are_played_as_bpmn_says(seed: int) -> None:
    assert played(family(seed), 40) >= 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_inclusive_blocks_join_what_they_split(seed: int) -> None:
    assert play(InclusiveDiagram(seed), seed) >= 0


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_every_element_is_played_as_bpmn_says_even_when_bent(seed: int) -> None:
    assert play(WideDiagram(seed, bend=True), seed, bent=True) >= 0


@pytest.mark.parametrize("kind", [RandomDiagram, WideDiagram, InclusiveDiagram])
def test_forgetting_the_past_changes_nothing(
    kind: type[RandomDiagram], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "compact", bool)
    assert sum(play(kind(seed), seed, moves=15) for seed in range(30)) > 0


def digests(seed: int) -> list[bytes]:
    """The states of one play, as their digests."""
    one = family(seed)
    found = [one.outcome.digest]
    while not one.is_over and len(found) < 15:
        one.move()
        found.append(one.outcome.digest)
    return found


def test_a_replay_gives_the_same_bytes_in_any_thread() -> None:
    alone = [digests(seed) for seed in range(24)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(digests, range(24))) == alone
