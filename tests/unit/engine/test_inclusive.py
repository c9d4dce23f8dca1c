"""The inclusive gateway takes every way that applies, and its join waits for just those."""

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, permutations

import pytest

from app import engine
from tests.support.bpmn import Bpmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
WAYS = ("a", "b", "c")


def block(bpmn: Bpmn | None = None) -> Bpmn:
    """Ways a and b by their conditions, c by default; then `after`."""
    bpmn = (bpmn or Bpmn()).start().inclusive("split", "split_c").inclusive("join").user("after")
    for way in WAYS:
        bpmn.user(way).flow("split", way, None if way == "c" else f"={way} = 1").path(way, "join")
    return bpmn.path("start", "split").path("join", "after")


def begin(bpmn: Bpmn, **variables: object) -> tuple[engine.Definition, engine.Outcome]:
    definition = engine.read(bpmn.xml())
    return definition, engine.start(definition, variables, now=NOW, seed="s")


def done(
    definition: engine.Definition, outcome: engine.Outcome, step: str, **data: object
) -> engine.Outcome:
    (task_id,) = [task.task_id for task in outcome.open if task.step == step]
    return engine.complete(definition, outcome.snapshot, task_id, data, now=NOW)


def steps(outcome: engine.Outcome) -> list[str]:
    return sorted(task.step for task in outcome.open)


@pytest.mark.parametrize("picked", list(chain(*(combinations("ab", n) for n in range(3)))))
def test_every_way_that_applies_is_taken_and_joined(picked: tuple[str, ...]) -> None:
    variables = dict.fromkeys(picked, 1)
    definition, first = begin(block().end().path("after", "end"), **variables)
    expected = list(picked) or ["c"]
    assert steps(first) == expected
    for order in permutations(expected):
        outcome = first
        for step in order:
            assert "after" not in steps(outcome)
            outcome = done(definition, outcome, step)
        assert steps(outcome) == ["after"]


def test_in_a_loop_each_round_joins_its_own() -> None:
    bpmn = Bpmn().start().xor("again").inclusive("split", "split_c").inclusive("join").user("after")
    bpmn.xor("more", "more_end").end().path("start", "again", "split").path("join", "after", "more")
    for way in WAYS:
        bpmn.user(way).flow("split", way, None if way == "c" else f"={way} = 1").path(way, "join")
    bpmn.flow("more", "again", "=more = 1").path("more", "end")
    definition, outcome = begin(bpmn, a=1, b=1)
    sizes = set()
    for turn in range(300):
        picked = [way for number, way in enumerate("ab") if (turn >> number) % 2] or ["c"]
        if turn:
            data = {"a": turn % 2, "b": (turn >> 1) % 2}
            outcome = done(definition, outcome, "after", more=1, **data)
            assert steps(outcome) == picked
        for step in steps(outcome):
            assert "after" not in steps(outcome)
            outcome = done(definition, outcome, step)
        sizes.add(len(outcome.snapshot))
    assert max(sizes) - min(sizes) <= 16


def test_the_join_goes_on_when_the_last_other_token_is_cancelled() -> None:
    bpmn = block().end().path("after", "end").boundary("late", "b", "PT1H").end("over")
    definition, outcome = begin(bpmn.path("late", "over"), a=1, b=1)
    outcome = done(definition, outcome, "a")
    assert steps(outcome) == ["b"]
    outcome = engine.tick(definition, outcome.snapshot, now=NOW + timedelta(hours=1))
    assert steps(outcome) == ["after"]


def test_the_join_waits_for_a_way_around_a_watched_task() -> None:
    bpmn = block().end().path("after", "end").boundary("late", "b", "PT1H").user("other")
    definition, outcome = begin(bpmn.path("late", "other", "join"), a=1, b=1)
    outcome = done(definition, outcome, "a")
    outcome = engine.tick(definition, outcome.snapshot, now=NOW + timedelta(hours=1))
    assert steps(outcome) == ["other"]
    assert steps(done(definition, outcome, "other")) == ["after"]


def test_blocks_stand_in_each_other() -> None:
    bpmn = Bpmn().start().inclusive("s1", "s1_x").inclusive("j1").user("x").user("after").end()
    bpmn.inclusive("s2", "s2_y").inclusive("j2").user("y").user("z").path("start", "s1")
    bpmn.flow("s1", "x").flow("s1", "s2", "=two = 1").flow("s2", "y").flow("s2", "z", "=two = 1")
    bpmn.flow("s1", "j1", "=three = 1").path("x", "j1").path("y", "j2").path("z", "j2", "j1")
    bpmn.path("j1", "after", "end")
    definition, outcome = begin(bpmn, two=1, three=1)
    assert steps(outcome) == ["z"]
    assert steps(done(definition, outcome, "z")) == ["after"]
