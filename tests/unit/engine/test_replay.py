"""The same inputs give the same bytes, in any thread; damaged or foreign bytes are refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

import orjson
import pytest

from app import engine
from app.engine import snapshot as snapshots
from app.engine.clockwork import current
from tests.support.bpmn import procedure, straight

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PROCEDURE = engine.read(procedure().xml())


def play(seed: str, definition: engine.Definition = PROCEDURE) -> list[bytes]:
    """A whole case with pseudo-random answers; every digest and the last snapshot."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    now = NOW
    outcome = engine.start(definition, {"urgent": True}, now=now, seed=seed)
    digests = [outcome.digest]
    for _ in range(25):
        if not outcome.open:
            break
        now += timedelta(hours=random.choice((1, 30)))
        data = {"decision": random.choice(("supplement", "accept")), "approval": "redo"}
        if random.random() < 0.5:
            data = dict(reversed(data.items()))
        task = random.choice(outcome.open)
        outcome = engine.complete(definition, outcome.snapshot, task.task_id, data, now=now)
        digests.append(outcome.digest)
    return [*digests, outcome.snapshot]


def test_a_replay_gives_the_same_bytes() -> None:
    assert play("case-7") == play("case-7", engine.read(procedure().xml()))


def test_another_seed_gives_other_task_ids() -> None:
    assert play("case-7") != play("case-8")


def test_the_order_of_the_answers_does_not_matter() -> None:
    outcome = engine.start(PROCEDURE, {}, now=NOW, seed="s")
    task_id = outcome.open[0].task_id
    one = {"decision": "a", "approval": "b"}
    two = {"approval": "b", "decision": "a"}
    results = {
        engine.complete(PROCEDURE, outcome.snapshot, task_id, data, now=NOW).snapshot
        for data in (one, two)
    }
    assert len(results) == 1


def test_threads_share_a_definition_without_harm() -> None:
    seeds = [f"case-{number}" for number in range(16)]
    alone = [play(seed) for seed in seeds]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(play, seeds)) == alone


def test_the_caller_may_change_its_lists_afterwards() -> None:
    choices = ["a"]
    outcome = engine.start(PROCEDURE, {"decision": choices}, now=NOW, seed="s")
    choices.append("b")
    assert outcome.variables["decision"] == ["a"]


def body(outcome: engine.Outcome) -> dict[str, object]:
    content: dict[str, object] = orjson.loads(outcome.snapshot.partition(b"\n")[2])
    return content


def packed(content: object, version: str = "1") -> bytes:
    return f"mot-cua-process {version}\n".encode() + orjson.dumps(content)


def test_a_snapshot_holds_no_diagram_and_no_names() -> None:
    outcome = engine.start(PROCEDURE, {}, now=NOW, seed="s")
    assert outcome.snapshot.startswith(b"mot-cua-process 1\n")
    assert set(body(outcome)) == {"seed", "ids", "done", "status", "variables", "trees"}


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{}",
        b"mot-cua-process x\n{}",
        b"mot-cua-process 1\n{",
        packed({}),
        packed([]),
        packed({"trees": []}),
        packed({}, version="99"),
    ],
)
def test_damaged_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises(engine.SnapshotUnreadable):
        engine.tick(PROCEDURE, damaged, now=NOW)


def test_a_snapshot_of_another_diagram_is_refused() -> None:
    other = engine.read(straight("somewhere").xml())
    outcome = engine.start(other, {}, now=NOW, seed="s")
    with pytest.raises(engine.SnapshotUnreadable, match="somewhere"):
        engine.look(PROCEDURE, outcome.snapshot, now=NOW)


def test_a_sub_process_without_its_task_is_refused() -> None:
    content = body(engine.start(PROCEDURE, {}, now=NOW, seed="s"))
    trees = content["trees"]
    assert isinstance(trees, list)
    trees.append({"in": "0" * 32, "tasks": []})
    with pytest.raises(engine.SnapshotUnreadable):
        engine.look(PROCEDURE, packed(content), now=NOW)


def test_an_old_snapshot_is_brought_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = engine.start(PROCEDURE, {}, now=NOW, seed="s")
    old = body(outcome)
    old["position"] = old.pop("trees")
    older = {0: lambda found: {**found, "trees": found["position"]}}
    monkeypatch.setattr(snapshots, "MIGRATIONS", {**snapshots.MIGRATIONS, **older})
    again = engine.look(PROCEDURE, packed(old, version="0"), now=NOW)
    assert again.open == outcome.open


def test_there_is_no_moment_outside_of_a_run() -> None:
    with pytest.raises(LookupError):
        current()
