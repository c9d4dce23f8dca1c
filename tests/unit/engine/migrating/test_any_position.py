"""Wherever an instance stands, it goes on in the other diagram as BPMN says, or it stays."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from app.analysis import Verdict, prospect, prove
from app.engine.migrating import CannotMove, Moved, Route, move
from app.engine.migrating.route import diagram_of
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import InclusiveDiagram, WideDiagram
from tests.support.redrawn import (
    Redrawn,
    bent,
    renamed,
    with_a_branch_more,
    with_a_step_less,
    with_a_step_more,
)
from tests.support.token_game import EndlessGame
from tests.support.token_move import carried_over
from tests.support.two_boards import Play, family

KINDS = [RandomDiagram, WideDiagram, InclusiveDiagram]
SEEDS = st.integers(0, 2**32)
Edit = Callable[[bytes, int], Redrawn]


def told_more(xml: bytes, seed: int) -> Redrawn:
    return with_a_step_more(xml, seed, tell=True)


def somewhere(kind: type[RandomDiagram], seed: int) -> Play | None:
    """A play that is under way; nothing if it has come to its end."""
    drawn = kind(seed)
    play = Play(engine.read(drawn.xml), drawn, seed)
    for _ in range(seed % 9):
        if not play.is_over:
            play.move()
    return None if play.is_over else play


def worst(definition: engine.Definition, moved: Moved) -> Verdict:
    """What may become of a position, by the proof."""
    found = [
        prospect(diagram, level).verdict
        for level in moved.levels
        if (diagram := diagram_of(definition, level.prefix))
    ]
    return min(found, key=lambda verdict: verdict.gravity, default=Verdict.SOUND)


def ends(play: Play, moves: int = 150) -> bool:
    """Play to the end on both boards, comparing every position; whether it came to its end."""
    for _ in range(moves):
        play.compare()
        if play.is_over:
            break
        play.move()
    return play.outcome.finished


def taken_over(play: Play, new: engine.Definition, redrawn: Redrawn) -> Moved | None:
    """Both boards go on in the new diagram; nothing if the engine refuses."""
    try:
        moved = move(Route(play.definition, new, redrawn.mapping), play.outcome.snapshot, {})
    except CannotMove:
        return None
    assert (moved.outcome.opened, moved.outcome.closed, moved.outcome.trail) == ((), (), ())
    before, after = play.outcome, moved.outcome
    assert [task.task_id for task in after.open] == [task.task_id for task in before.open]
    assert [(one.task_id, one.due_at) for one in after.timers] == [
        (one.task_id, one.due_at) for one in before.timers
    ]
    assert after.variables == before.variables
    play.game = carried_over(play.game, new, redrawn.mapping)
    play.definition, play.outcome = new, moved.outcome
    play.compare()
    return moved


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(KINDS))
def test_the_same_diagram_changes_not_a_byte(seed: int, kind: type[RandomDiagram]) -> None:
    play = somewhere(kind, seed)
    if play is None:
        return
    again = engine.read(play.drawn.xml)
    moved = move(Route(play.definition, again, {}), play.outcome.snapshot, {})
    assert moved.outcome.snapshot == play.outcome.snapshot
    assert moved.outcome.open == play.outcome.open


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(KINDS))
def test_other_ids_make_no_difference_for_the_rest_of_the_play(
    seed: int, kind: type[RandomDiagram]
) -> None:
    play = somewhere(kind, seed)
    if play is None:
        return
    redrawn = renamed(play.definition, play.drawn.xml)
    new = engine.read(redrawn.xml)
    beside = Play(play.definition, play.drawn, seed)
    beside.outcome, beside.now = play.outcome, play.now
    beside.game = carried_over(play.game, play.definition, {})
    beside.random.setstate(play.random.getstate())
    assert taken_over(play, new, redrawn)
    while not (play.is_over or beside.is_over):
        play.move()
        beside.move()
        play.compare()
        assert [task.step for task in play.outcome.open] == [
            redrawn.mapping[task.step] for task in beside.outcome.open
        ]
    assert play.outcome.finished == beside.outcome.finished


@settings(max_examples=120, deadline=None)
@given(
    SEEDS,
    st.sampled_from(KINDS),
    st.sampled_from([with_a_step_more, told_more, with_a_step_less, with_a_branch_more, bent]),
)
def test_whoever_goes_on_comes_to_the_end(seed: int, kind: type[RandomDiagram], edit: Edit) -> None:
    play = somewhere(kind, seed)
    if play is None:
        return
    redrawn = edit(play.drawn.xml, seed)
    try:
        new = engine.read(redrawn.xml)
    except engine.DefinitionInvalid:
        return
    moved = taken_over(play, new, redrawn)
    if moved is None:
        return
    proven = worst(new, moved) is Verdict.SOUND and prove(new.diagram).verdict is Verdict.SOUND
    try:
        ended = ends(play)
    except (engine.EngineFailure, EndlessGame):
        # A circle of automatic steps: nothing that is proven has one.
        ended = False
        assert not proven
    if proven:
        assert play.outcome.incident is None
        assert ended or not play.is_over or len(play.outcome.open) > 25


@pytest.mark.parametrize("kind", KINDS)
def test_a_branch_that_nobody_will_ever_come_by_is_foreseen(kind: type[RandomDiagram]) -> None:
    """A branch is added inside of blocks: where the split is passed, the join waits for ever."""
    foreseen = 0
    for seed in range(40):
        play = somewhere(kind, seed)
        if play is None:
            continue
        redrawn = with_a_branch_more(play.drawn.xml, seed)
        new = engine.read(redrawn.xml)
        moved = taken_over(play, new, redrawn)
        if moved and worst(new, moved) is Verdict.DEADLOCK:
            foreseen += 1
            assert not ends(play)
    assert foreseen


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(["middle", "last"]))
def test_processes_that_are_called_are_taken_over_too(seed: int, process: str) -> None:
    play = family(seed)
    for _ in range(seed % 9):
        if not play.is_over:
            play.move()
    if play.is_over:
        return
    files = play.files
    redrawn = renamed(play.definition.called.get(process, play.definition), files[process])
    mapping = {f"{process}/{old}": f"{process}/{new}" for old, new in redrawn.mapping.items()}
    new = engine.read_all(files | {process: redrawn.xml})["permit"]
    if process not in play.definition.called:
        return
    moved = move(Route(play.definition, new, mapping), play.outcome.snapshot, {})
    assert [task.step for task in moved.outcome.open] == [
        mapping.get(task.step, task.step) for task in play.outcome.open
    ]
    back = {new_id: old_id for old_id, new_id in mapping.items()}
    again = move(Route(new, play.definition, back), moved.outcome.snapshot, {})
    assert again.outcome.snapshot == play.outcome.snapshot
