"""The engine plays random diagrams move for move as BPMN says, forgetting its past each time."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from tests.support.bpmn_random import RandomDiagram
from tests.support.token_game import TokenGame

NOON = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)


def play(seed: int, *, bend: bool, moves: int = 40) -> int:
    """Play one diagram on both boards; gives the number of moves made."""
    drawn = RandomDiagram(seed, bend=bend)
    try:
        definition = engine.read(drawn.xml)
    except engine.DefinitionInvalid as error:
        if bend:
            return 0
        raise AssertionError([problem.as_dict() for problem in error.problems]) from error
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    now = NOON
    game = TokenGame(definition.diagram, now)
    outcome = engine.start(definition, {}, now=now, seed=str(seed))
    for move in range(moves):
        same(game, outcome)
        if outcome.finished or len(outcome.open) > 25 or not (outcome.open or outcome.timers):
            return move
        now += timedelta(minutes=random.choice((0, 1, 5, 60)), seconds=random.randrange(1, 59))
        game.ended.clear()
        if not outcome.open or random.random() < 0.15:
            now = max(now, min((timer.due_at for timer in outcome.timers), default=now))
            game.tick(now)
            outcome = engine.tick(definition, outcome.snapshot, now=now)
        else:
            chosen = random.choice(outcome.open)
            twins = [task.task_id for task in outcome.open if task.step == chosen.step]
            answers = drawn.answers(random)
            works = [work for work in game.open() if work.node.id == chosen.step]
            game.complete(works[twins.index(chosen.task_id)], answers, now)
            outcome = engine.complete(
                definition, outcome.snapshot, chosen.task_id, answers, now=now
            )
    return moves


def same(game: TokenGame, outcome: engine.Outcome) -> None:
    """Both boards show the same position."""
    assert sorted(task.step for task in outcome.open) == game.open_steps()
    assert sorted((timer.step, timer.due_at) for timer in outcome.timers) == game.timers()
    assert sorted(outcome.ended) == sorted(game.ended)
    assert outcome.finished == game.finished
    stuck = not (outcome.open or outcome.timers or outcome.finished)
    assert (outcome.incident is not None) == stuck


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_nested_blocks_are_played_as_bpmn_says(seed: int) -> None:
    assert play(seed, bend=False) > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_unsound_diagrams_are_played_as_bpmn_says_too(seed: int) -> None:
    assert play(seed, bend=True) >= 0
