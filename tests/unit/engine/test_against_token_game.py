"""The engine plays random diagrams move for move as BPMN says, forgetting its past each time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import engine
from app.engine import running
from tests.support.bpmn_random import RandomDiagram
from tests.support.bpmn_wide import InclusiveDiagram, WideDiagram
from tests.support.token_game import EndlessGame
from tests.support.two_boards import Play, family


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
