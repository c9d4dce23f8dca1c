"""Small diagrams whose verdict is known."""

import csv
from pathlib import Path

import pytest

from app.analysis import Verdict, prove
from app.engine import Diagram, outline
from tests.support.bpmn import Bpmn, event
from tests.unit.analysis.sketch import sketch

SHELF = Path(__file__).parents[4] / "shared" / "soundness"

SOUND = {
    "sequence": sketch("s a b e"),
    "choice": sketch("s a x1 b x2 c e", "x1 x2"),
    "choice of ends": sketch("s a x1 b e1", "x1 c e2"),
    "parallel": sketch("s p1 a p2 c e", "p1 b p2", "p1 p2"),
    "parallel to two ends": sketch("s p1 a e1", "p1 b e2"),
    "parallel to one end": sketch("s p1 a e1", "p1 b e1"),
    "nested loops": sketch("s x1 x2 a x3 b x4 e", "x3 x2", "x4 x1"),
    "loop with two ways in": sketch("s x0 x1 a x2 b x3 e", "x0 x2", "x3 x1"),
    "loop around parallel work": sketch("s x1 p1 a p2 x2 e", "p1 b p2", "x2 x1"),
    "choices in parallel": sketch("s p1 x1 a x2 p2 e", "x1 b x2", "p1 x3 c x4 p2", "x3 d x4"),
    "crossed parallel work": sketch("s p1 a p2 b p4 e", "p1 c p3 d p4", "p2 p3"),
    "deadline": sketch("s a x1 e", "late b x1", deadlines={"late": "a"}),
    "reminder": sketch("s a e1", "late b e2", reminders={"late": "a"}),
    "reminder in a loop": sketch("s x1 a x2 e1", "x2 x1", "late b e2", reminders={"late": "a"}),
    "reminder to the same end": sketch("s a e", "late b e", reminders={"late": "a"}),
    "reminder to another branch": sketch("s x1 a e1", "x1 b e2", "late b", reminders={"late": "a"}),
    "terminate beside waiting": sketch("s p1 a p2 e", "p1 b x1 p2", "x1 t"),
    "end only by a reminder": sketch("s x1 a x1", "late t", reminders={"late": "a"}),
    "sub-process": sketch("s sub e", inside={"sub": ["sx p1 a e1", "p1 b e2"]}),
    "event gateway": sketch("s v1 a x1 e", "v1 b x1"),
    "inclusive": sketch("s o1 a o2 e", "o1 b o2", "o1 o2"),
    "inclusive in a loop": sketch("s x1 o1 a o2 x2 e", "o1 b o2", "x2 x1"),
    "inclusive join of parallel work": sketch("s p1 a o1 e", "p1 b o1"),
    "inclusive join of a choice": sketch("s x1 a o1 e", "x1 b o1"),
    "inclusive with ends": sketch("s o1 a e1", "o1 b e2"),
    "work that may be cut short": sketch("s p1 a t", "p1 b c e"),
    "choice without a way": sketch("s p1 a e", "p1 x1"),
    "token without an end": sketch("s p1 a e", "p1 b"),
}
UNSOUND = {
    Verdict.DEADLOCK: {
        "choice joined in parallel": sketch("s x1 a p1 e", "x1 b p1"),
        "branch that escapes": sketch("s p1 a p2 e1", "p1 b x1 p2", "x1 e2"),
        "parallel loop entry": sketch("s p1 a x1 e", "x1 p1"),
        "deadline joined in parallel": sketch("s a p1 e", "late b p1", deadlines={"late": "a"}),
        "reminder joined in parallel": sketch("s a p1 e", "late b p1", reminders={"late": "a"}),
        "join of something dead": sketch("s a p1 e", "b p1"),
        "inclusive joined in parallel": sketch("s o1 a p1 e", "o1 b p1"),
        "inclusive joins before each other": sketch(
            "s p1 o1 a x1 o2", "p1 o2 b x2 o1", "x1 e1", "x2 e2"
        ),
        "stuck sub-process": sketch("s sub e", inside={"sub": ["sx x1 a p1 e1", "x1 b p1"]}),
        "stuck beside": sketch("s a e1", "late x1 b p1 e2", "x1 c p1", reminders={"late": "a"}),
        "two joins that wait for each other": sketch("s p1 p2 a p3 e", "p1 p3 b p2"),
    },
    Verdict.LIVELOCK: {
        "loop without a way out": sketch("s x1 a x2 b x1", "x2 x1"),
        "loop of parallel work": sketch("s x1 p1 a p2 x1", "p1 b p2"),
        "branch that never ends": sketch("s p1 x1 a x1", "p1 b e"),
        "endless sub-process": sketch("s sub e", inside={"sub": ["sx x1 a x1"]}),
        "mixed loop": sketch("s x1 p1 a p3 b p4 x1", "p1 c p2 d p4", "p2 p3"),
    },
    Verdict.UNBOUNDED: {
        "loop that leaves work behind": sketch("s x1 a p1 x2 x1", "p1 b e1", "x2 e2"),
        "doubled in a loop": sketch("s x0 p1 a x1 c x2 e", "p1 b x1", "x2 x0"),
    },
    Verdict.MULTIPLE_MERGE: {
        "parallel joined by choice": sketch("s p1 a x1 c e", "p1 b x1"),
        "parallel joined by choice at once": sketch("s p1 x1 c e", "p1 x2 x1"),
        "parallel joined before the end": sketch("s p1 a x1 e", "p1 b x1"),
        "parallel into one task": sketch("s p1 a c e", "p1 b c"),
        "implicit fork": sketch("s a b d e", "a c d"),
        "doubled before it is cut short": sketch("s p1 x1 a x1", "p1 b x2 a", "x1 t", "x2 t"),
        "reminder that comes back": sketch("s a x1 c e", "late b x1", reminders={"late": "a"}),
        "inclusive joined by choice": sketch("s o1 a x1 c e", "o1 b x1"),
        "doubled sub-process": sketch("s p1 sub e", "p1 b sub", inside={"sub": ["sx a e1"]}),
        "start with two flows": sketch("s a b e", "s c b"),
    },
    Verdict.DEAD_TASK: {
        "task without a way to it": sketch("s a e", "b e"),
        "behind a join that is always cut short": sketch("s p1 a p2 c e", "p1 b t", "d p2"),
        "dead sub-process": sketch("s a e1", "sub e2", inside={"sub": ["sx b e3"]}),
    },
    Verdict.AMBIGUOUS: {
        "no start": sketch("a b e"),
        "two starts": sketch("s1 a e", "s2 a"),
        "flow into a start": sketch("s a x1 e", "x1 s"),
        "flow out of an end": sketch("s a e b e2"),
        "sub-process without a start": sketch("s sub e", inside={"sub": ["a e1"]}),
        "boundary without a step": sketch("s x1 e", "late a e", deadlines={"late": "x1"}),
    },
}
CASES = {
    f"{verdict.value}: {name}": (verdict, diagram)
    for verdict, named in ({Verdict.SOUND: SOUND} | UNSOUND).items()
    for name, diagram in named.items()
}


@pytest.mark.parametrize(("verdict", "diagram"), CASES.values(), ids=CASES)
def test_the_verdict_is_known(verdict: Verdict, diagram: Diagram) -> None:
    proof = prove(diagram)
    assert proof.verdict is verdict, proof.as_dict()


def _shelf() -> list[dict[str, str]]:
    if not SHELF.exists():
        return []
    with (SHELF / "verdicts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not SHELF.exists(), reason="the examples lie beside the project")
def test_the_examples_beside_the_project_get_their_verdicts() -> None:
    wanted = {row["file"]: row["verdict"] for row in _shelf()}
    told = {name: prove(outline((SHELF / name).read_bytes())).verdict.value for name in wanted}
    assert told == wanted


def throwing(kind: str, tag: str, *, watched: str | None, interrupting: bool = True) -> Diagram:
    """Two branches in a sub-process; one may throw, and never comes to the join then."""
    bpmn = Bpmn().start().end().open("sub").start("in").end("out").user("a").user("b")
    bpmn.xor("x").parallel("split").parallel("join").node(tag, "bad", inner=event(kind, "e1"))
    bpmn.path("in", "split", "a", "join", "out").path("split", "b", "x", "join")
    bpmn.flow("x", "bad").close().path("start", "sub", "end")
    if watched is not None:
        bpmn.watch("caught", "sub", event(kind, watched), interrupting=interrupting)
        bpmn.end("stopped").path("caught", "stopped")
    return outline(bpmn.xml())


@pytest.mark.parametrize("kind", ["error", "escalation"])
@pytest.mark.parametrize("tag", ["endEvent", "intermediateThrowEvent"])
def test_what_is_thrown_and_interrupts_the_sub_process_frees_what_waits_there(
    kind: str, tag: str
) -> None:
    assert prove(throwing(kind, tag, watched="e1")).verdict is Verdict.SOUND
    assert prove(throwing(kind, tag, watched="other")).verdict is Verdict.DEADLOCK
    assert prove(throwing(kind, tag, watched=None)).verdict is Verdict.DEADLOCK
    beside = throwing(kind, tag, watched="e1", interrupting=False)
    assert prove(beside).verdict is Verdict.DEADLOCK


def test_a_bell_that_rings_again_doubles_what_it_starts() -> None:
    bpmn = Bpmn().start().end().xor("x").user("a").user("b").end("other")
    bpmn.boundary("late", "a", "R/PT1H", "timeCycle", interrupting=False)
    bpmn.path("start", "x", "a", "end").path("x", "b", "other").flow("late", "b")
    assert prove(outline(bpmn.xml())).verdict is Verdict.UNBOUNDED
