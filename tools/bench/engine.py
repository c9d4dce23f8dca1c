"""The engine alone: what one step costs after few and after many loops, and in other shapes.

`make bench ARGS=engine`. A step is what happens between the bytes of a state and the bytes of the
next one. It must not cost more with every loop, nor with what people write into their forms.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.engine import Definition, Outcome, complete, read_all, routing, start
from app.engine.clockwork import Run
from app.engine.snapshot import dump, load
from tests.support.bpmn import Bpmn, loop
from tools.bench.figures import microseconds

T = TypeVar("T")

LOOPS = (1, 10, 100, 500)
#: Answers of a form: one of them decides, the others fill 10 KB.
BARE = {"decision": "supplement"}
FULL = BARE | {f"answer_{number}": "hồ sơ " * 15 for number in range(82)}
ROUNDS = 300
AT = datetime(2024, 11, 4, 2, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A process at some point, and the answers that move it on."""

    definition: Definition
    outcome: Outcome
    answers: Mapping[str, Any]

    def step(self) -> Outcome:
        """Complete the first open task, from bytes to bytes."""
        return complete(
            self.definition,
            self.outcome.snapshot,
            self.outcome.open[0].task_id,
            routing(self.definition, self.answers),
            now=AT,
        )


def figures(*, rounds: int = ROUNDS) -> dict[str, object]:
    """Every figure in microseconds: median, 5th and 95th percentile."""
    definition = _supplements()
    found: dict[str, object] = {}
    for name, answers in (("loops", BARE), ("loops_with_10_kb_forms", FULL)):
        costs = measure({n: _after(definition, n, answers) for n in LOOPS}, rounds)
        least, most = costs[LOOPS[0]]["step_us"], costs[LOOPS[-1]]["step_us"]
        ratio = {"500_to_1": round(most["median"] / least["median"], 2)}
        found[name] = {str(count): cost for count, cost in costs.items()} | ratio
    return found | measure({name: _begun(shape()) for name, shape in SHAPES.items()}, rounds)


def measure(stands: Mapping[T, Stand], rounds: int) -> dict[T, dict[str, Any]]:
    """Load, dump, and the whole step with both; `complete` is what remains of it without them.

    The stands take turns, so that a machine that slows down for a while slows all of them down.
    """
    parts = {name: _parts(stand) for name, stand in stands.items()}
    taken: dict[T, list[dict[str, float]]] = {name: [] for name in stands}
    for _ in range(rounds):
        for name, calls in parts.items():
            taken[name].append({part: _seconds(call) for part, call in calls.items()})
    return {
        name: {"snapshot_bytes": len(stands[name].outcome.snapshot)} | _told(seconds)
        for name, seconds in taken.items()
    }


def _parts(stand: Stand) -> dict[str, Callable[[], object]]:
    snapshot = stand.outcome.snapshot
    instance, body = load(stand.definition, snapshot)
    run = Run(now=AT, seed=body["seed"], ids=body["ids"])
    return {
        "load": lambda: load(stand.definition, snapshot),
        "dump": lambda: dump(instance, run),
        "step": stand.step,
    }


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _told(taken: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {
        "load_us": microseconds([one["load"] for one in taken]),
        "complete_us": microseconds([one["step"] - one["load"] - one["dump"] for one in taken]),
        "dump_us": microseconds([one["dump"] for one in taken]),
        "step_us": microseconds([one["step"] for one in taken]),
    }


def _begun(definition: Definition) -> Stand:
    outcome = start(definition, {}, now=AT, seed="bench")
    return Stand(definition=definition, outcome=outcome, answers=BARE)


def _after(definition: Definition, loops: int, answers: Mapping[str, Any]) -> Stand:
    """So many times back and forth between the officer and the citizen."""
    stand = _begun(definition)
    for _ in range(2 * loops):
        stand = Stand(definition=definition, outcome=stand.step(), answers=answers)
    return stand


def _supplements() -> Definition:
    """An officer looks and may ask for more, as often as it takes; three days are watched."""
    return _read(
        Bpmn()
        .start()
        .xor("again")
        .user("check", workingHours="8", status="3")
        .boundary("late", "check", interrupting=False)
        .end("reminded")
        .xor("decided", default="fine")
        .user("supplement", roles="applicant", status="5")
        .end(status="10")
        .path("start", "again", "check", "decided")
        .flow("decided", "supplement", '=decision = "supplement"')
        .flow("supplement", "again")
        .flow("decided", "end", id_="fine")
        .flow("late", "reminded")
    )


def _repetition(size: int) -> Definition:
    """The same task for many at once."""
    marker = loop(inputCollection=f"={list(range(size))}", inputElement="item")
    return _read(Bpmn().start().user("opinion", inner=marker).end().path("start", "opinion", "end"))


def _calls() -> Definition:
    """A task inside a process that is called by one that is called."""
    lowest = Bpmn("lowest").start().user("a").user("b").end().path("start", "a", "b", "end")
    middle = Bpmn("middle").start().call("down", "lowest").end().path("start", "down", "end")
    top = Bpmn("top").start().call("down", "middle").end().path("start", "down", "end")
    return _read(top, middle, lowest)


def _read(*diagrams: Bpmn) -> Definition:
    files = {one.process_id: one.xml() for one in diagrams}
    return read_all(files, forms={"form"})[diagrams[0].process_id]


SHAPES: Mapping[str, Callable[[], Definition]] = {
    "repetition_of_5": lambda: _repetition(5),
    "repetition_of_50": lambda: _repetition(50),
    "call_in_a_call": _calls,
}
