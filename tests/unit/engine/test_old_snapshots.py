"""Dossiers that were begun before the engine grew go on, and their journals still prove them."""

from datetime import datetime
from pathlib import Path

import pytest

from app import engine
from app.engine import snapshot
from app.engine.migrating import Route, move
from app.engine.steps import KINDS
from tests.support.recording import FOLDER, again, recording, told

FILES = sorted(FOLDER.glob("v*-*.json"))


def format_of(state: str) -> int:
    """The format version that a state is written in."""
    return int(state.split("\n", 1)[0].rsplit(" ", 1)[1])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_dossier_is_played_on_from_each_stored_state(path: Path) -> None:
    play = recording(path)
    before = b""
    for step in play.steps:
        assert told(again(play.definition, before, step)).items() <= step.items()
        before = step["snapshot"].encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_journal_is_replayed_byte_for_byte(path: Path) -> None:
    play = recording(path)
    state = b""
    for step in play.steps:
        outcome = again(play.definition, state, step)
        assert outcome.digest.hex() == step["digest"]
        state = outcome.snapshot


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_looking_at_an_old_state_shows_what_was_open(path: Path) -> None:
    play = recording(path)
    for step in play.steps:
        now = datetime.fromisoformat(step["now"])
        outcome = engine.look(play.definition, step["snapshot"].encode(), now=now)
        assert [[task.task_id, task.step] for task in outcome.open] == step["open"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_state_is_taken_over_into_another_version(path: Path) -> None:
    play = recording(path)
    route = Route(play.definition, play.definition, {})
    for step in play.steps:
        if not step["finished"]:
            moved = move(route, step["snapshot"].encode(), {}).outcome
            assert moved.snapshot.decode() == step["snapshot"]
            assert [[task.task_id, task.step] for task in moved.open] == step["open"]


@pytest.mark.parametrize("version", range(1, snapshot.VERSION + 1))
def test_every_kind_of_element_is_kept_in_every_format(version: int) -> None:
    """A new format brings new recordings, see `tests.support.recording`; none is ever removed."""
    ran: set[str] = set()
    for path in FILES:
        play = recording(path)
        tags = {
            f"{prefix}{node.id}": node.tag
            for prefix, one in (("", play.definition), *_called(play.definition))
            for node in one.diagram.nodes
        }
        for step in play.steps:
            if version in {format_of(step["snapshot"])}:
                ran |= {tags[passed] for passed, _, _ in step["trail"]}
    assert KINDS.keys() <= ran


def _called(definition: engine.Definition) -> list[tuple[str, engine.Definition]]:
    return [(f"{process}/", one) for process, one in definition.called.items()]


def test_every_older_format_has_a_step_to_the_next() -> None:
    assert sorted(snapshot.MIGRATIONS) == list(range(1, snapshot.VERSION))
    kept = {format_of(step["snapshot"]) for path in FILES for step in recording(path).steps}
    assert kept == set(range(1, snapshot.VERSION + 1))
