"""A finding shows what happens: the way to it, where the tokens stand, and a sentence."""

import pytest

from app.analysis import Finding, Verdict, proof_problems, prove
from app.engine import Diagram, Severity, outline
from tests.support.bpmn import Bpmn
from tests.unit.analysis.sketch import sketch


def gravest(diagram: Diagram, **limits: int) -> Finding:
    return prove(diagram, **limits).findings[0]


def wide(branches: int) -> Diagram:
    """Parallel branches that may each leave to an end of their own: none shrinks away."""
    ways = (f"p1 a{n} x{n} b{n} p2" for n in range(branches))
    return sketch("s p1", "p2 e", *ways, *(f"x{n} e{n}" for n in range(branches)))


def mesh(width: int) -> Diagram:
    """Parallel work that joins crosswise: sound, and nothing of it is nested."""
    rows = range(4)
    ways = [f"p0 a{n} p{n}-0" for n in range(width)]
    for n in range(width):
        ways += [f"p{n}-{row} b{n}-{row} p{n}-{row + 1}" for row in rows]
        ways += [f"p{n}-{row} c{n}-{row} p{(n + 1) % width}-{row + 1}" for row in rows]
    return sketch("s p0", *ways, *(f"p{n}-4 d{n} p9" for n in range(width)), "p9 e")


def test_a_deadlock_shows_the_way_and_the_gateway_that_waits() -> None:
    found = gravest(sketch("s x1 a p1 e", "x1 b p1"))
    assert found.trace == ("s", "x1", "a")
    assert found.flows == ("s_x1", "x1_a", "a_p1")
    assert found.marking == ("p1",)
    assert "“p1”" in str(found.sentence)


def test_elements_are_called_by_their_names() -> None:
    diagram = outline(
        Bpmn()
        .start()
        .end()
        .node("userTask", "a", name="Thẩm định")
        .node("userTask", "b", name="Ký")
        .path("start", "a", "end")
        .flow("b", "end")
        .xml()
    )
    assert str(gravest(diagram).sentence) == "Nothing ever comes to “Ký”."


def test_both_waiting_branches_of_a_join_are_one_place() -> None:
    found = gravest(sketch("s p1 a p2 e", "p1 b p2", "c p2"))
    assert found.verdict is Verdict.DEADLOCK
    assert found.marking == ("p2",)


def test_what_runs_twice_is_named_and_marked() -> None:
    found = gravest(sketch("s p1 a x1 c e", "p1 b x1"))
    assert found.elements == ("c",)
    assert found.marking == ("c",)
    assert found.trace.count("c") == 2


def test_ever_more_work_is_named() -> None:
    found = gravest(sketch("s x1 a p1 x2 x1", "p1 b e1", "x2 e2"))
    assert found.elements == ("b",)
    assert set(found.marking) == {"a", "b"}


def test_a_mishap_in_a_sub_process_begins_outside_of_it() -> None:
    found = gravest(sketch("s a sub e", inside={"sub": ["sx x1 b p1 e1", "x1 c p1"]}))
    assert found.trace == ("s", "a", "sub", "sx", "x1", "b")


def test_a_mishap_beside_begins_with_the_step_that_is_watched() -> None:
    diagram = sketch("s a b e1", "late x1 c p1 e2", "x1 d p1", reminders={"late": "b"})
    assert gravest(diagram).trace == ("s", "a", "b", "late", "x1", "c")


def test_a_sub_process_that_is_hard_to_come_to_is_still_proven() -> None:
    sub = ["sx x2 b p2 e1", "x2 c p2"]
    found = prove(sketch("s x1 a p1 sub e", "x1 f p1", inside={"sub": sub})).findings
    assert [finding.marking for finding in found] == [("p1",), ("p2",)]
    assert found[1].trace == ("s", "x1", "a", "p1", "sub", "sx", "x2", "b")


def test_the_gravest_finding_comes_first_and_all_are_told() -> None:
    proof = prove(sketch("s p1 x1 a p2 e", "x1 b p2", "p1 c x2 d e1", "z e2"))
    assert [finding.verdict for finding in proof.findings] == [
        *(Verdict.DEADLOCK, Verdict.DEAD_TASK, Verdict.DEAD_TASK),
    ]


def test_a_dead_sub_process_stands_for_what_is_in_it() -> None:
    proof = prove(sketch("s a e1", "sub e2", inside={"sub": ["sx b e3"]}))
    assert [finding.elements for finding in proof.findings] == [("sub",), ("e2",)]


def test_a_deadlock_far_away_is_found_in_a_diagram_that_is_too_large() -> None:
    assert gravest(wide(12), most_markings=50).verdict is Verdict.DEADLOCK


def test_what_is_too_tangled_is_given_up() -> None:
    assert prove(mesh(3)).verdict is Verdict.SOUND
    found = gravest(mesh(3), most_markings=20)
    assert found.verdict is Verdict.GAVE_UP
    assert found.elements == ("s",)


def test_a_large_diagram_of_nested_blocks_is_proven_in_full() -> None:
    ways = [f"p1 {' '.join(f'u{n}_{m}' for m in range(9))} p2" for n in range(12)]
    assert prove(sketch("s p1", "p2 e", *ways), most_markings=10).verdict is Verdict.SOUND


def wide_or() -> Bpmn:
    bpmn = Bpmn().node("inclusiveGateway", "what")
    for number in range(7):
        bpmn.end(f"end{number}").flow("what", f"end{number}")
    return bpmn


STRANGE = {
    "a gateway of its own kind": Bpmn().node("complexGateway", "what"),
    "an end that leaps": Bpmn().node("endEvent", "what", inner="<bpmn:cancelEventDefinition/>"),
    "a step that compensates": Bpmn().node("userTask", "what", isForCompensation="true"),
    "an inclusive gateway with many ways": wide_or(),
}


@pytest.mark.parametrize("bpmn", STRANGE.values(), ids=STRANGE)
def test_elements_the_proof_does_not_know_are_named(bpmn: Bpmn) -> None:
    (found,) = prove(outline(bpmn.start().path("start", "what").xml())).findings
    assert found.verdict is Verdict.GAVE_UP
    assert found.elements == ("what",)


def test_what_lies_behind_a_strange_element_is_still_proven() -> None:
    bpmn = Bpmn().start().node("complexGateway", "what").open("sub").start("in").xor("x")
    bpmn.user("a").path("in", "x", "a").flow("a", "x", id_="back").end("out").close()
    bpmn.path("start", "what", "sub").end().flow("sub", "end")
    verdicts = [finding.verdict for finding in prove(outline(bpmn.xml())).findings]
    assert verdicts[:1] == [Verdict.LIVELOCK]
    assert Verdict.GAVE_UP in verdicts


def test_elements_without_an_id_leave_the_drawing_open() -> None:
    found = gravest(outline(Bpmn().start().end().node("userTask", None).path("start", "end").xml()))
    assert found.verdict is Verdict.AMBIGUOUS
    assert str(found.sentence) == "There are elements without an id."


def test_ids_given_twice_and_flows_that_lead_nowhere_are_named() -> None:
    xml = Bpmn().start().end().user("a").user("a").path("start", "a", "nobody").xml()
    sentences = [str(finding.sentence) for finding in prove(outline(xml)).findings]
    assert sentences == [
        "Several elements are called “a”.",
        "The flow “a_nobody” (a → nobody) cannot be followed.",
    ]


def test_many_names_make_no_endless_sentence() -> None:
    starts = " ".join(f"s{number}" for number in range(8))
    found = gravest(sketch(*(f"{start} e" for start in starts.split())))
    assert len(found.elements) == 8
    assert found.verdict is Verdict.AMBIGUOUS


def test_findings_are_problems_of_the_shape_of_the_checker() -> None:
    diagram = sketch("s x1 a p1 e", "x1 b p1")
    (problem, *_) = proof_problems(diagram, prove(diagram))
    assert problem.code == "proof.deadlock"
    assert problem.severity is Severity.ERROR
    assert (problem.element_id, problem.element_name) == ("p1", "p1")
    assert problem.line is not None


def test_a_proof_that_gave_up_only_warns() -> None:
    diagram = outline(
        Bpmn().start().end().node("complexGateway", "c").path("start", "c", "end").xml()
    )
    severities = {
        problem.code: problem.severity for problem in proof_problems(diagram, prove(diagram))
    }
    assert severities == {"proof.gave-up": Severity.WARNING}


def test_a_proof_is_plain_json() -> None:
    told = prove(sketch("s x1 a p1 e", "x1 b p1")).as_dict()
    assert told["verdict"] == "deadlock"
    assert set(told["findings"][0]) == {
        *("verdict", "elements", "trace", "flows", "marking", "sentence", "hint"),
    }
