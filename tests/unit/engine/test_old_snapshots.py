"""Dossiers that were begun before the engine grew go on, and their journals still prove them."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app import engine

FILES = sorted((Path(__file__).parent / "snapshots").glob("v1-*.json"))


@cache
def recorded(path: Path) -> tuple[engine.Definition, list[dict[str, Any]]]:
    """The diagram of a recording and its steps."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return engine.read(content["xml"].encode()), content["steps"]


def again(definition: engine.Definition, before: bytes, step: dict[str, Any]) -> engine.Outcome:
    """Do once more what was done then."""
    now = datetime.fromisoformat(step["now"])
    match step["do"]:
        case "start":
            return engine.start(definition, step["variables"], now=now, seed=step["seed"])
        case "tick":
            return engine.tick(definition, before, now=now)
        case "complete":
            return engine.complete(definition, before, step["task"], step["variables"], now=now)
        case _:
            run = engine.finish_service
            return run(definition, before, step["task"], step["variables"], now=now)


def told(outcome: engine.Outcome) -> dict[str, Any]:
    """An outcome in the words of a recording."""
    return {
        "snapshot": outcome.snapshot.decode(),
        "digest": outcome.digest.hex(),
        "open": [[task.task_id, task.step] for task in outcome.open],
        "timers": [[one.task_id, one.step, one.due_at.isoformat()] for one in outcome.timers],
        "services": [[call.task_id, call.step] for call in outcome.services],
        "finished": outcome.finished,
        "trail": [[passed.step, passed.task_id, passed.state] for passed in outcome.trail],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_dossier_is_played_on_from_each_stored_state(path: Path) -> None:
    definition, steps = recorded(path)
    before = b""
    for step in steps:
        assert told(again(definition, before, step)).items() <= step.items()
        before = step["snapshot"].encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_old_journal_is_replayed_byte_for_byte(path: Path) -> None:
    definition, steps = recorded(path)
    state = b""
    for step in steps:
        outcome = again(definition, state, step)
        assert outcome.digest.hex() == step["digest"]
        state = outcome.snapshot


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_looking_at_an_old_state_shows_what_was_open(path: Path) -> None:
    definition, steps = recorded(path)
    for step in steps:
        now = datetime.fromisoformat(step["now"])
        outcome = engine.look(definition, step["snapshot"].encode(), now=now)
        assert [[task.task_id, task.step] for task in outcome.open] == step["open"]
