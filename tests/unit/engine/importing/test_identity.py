"""Ids are given, mended and told apart; the flows stay where they were."""

from app import engine
from app.engine.importing import Level
from tests.support.bpmn import Bpmn, straight
from tests.unit.engine.importing.importer import codes, errors, taken, told


def ends(xml: bytes) -> set[tuple[str | None, str | None]]:
    """What is connected with what."""
    return {(flow.source, flow.target) for flow in engine.outline(xml).flows}


def test_flows_without_an_id_get_one() -> None:
    imported = taken(Bpmn().start().end().user("a").flow("start", "a", id_=None).flow("a", "end"))
    (change,) = imported.changes
    assert (change.code, change.after) == ("id.given", "flow_start_a")
    assert errors(imported) == []
    assert ends(imported.xml) == {("start", "a"), ("a", "end")}


def test_ids_that_are_no_names_are_mended_with_all_that_refer_to_them() -> None:
    text = straight("work").text().replace('"work"', '"1 a:b"').replace("start_work", "2")
    imported = taken(text)
    assert [(one.before, one.after) for one in imported.changes] == [
        ("1 a:b", "_1_a_b"),
        ("2", "_2"),
        ("work_end", "work_end"),
    ][:2]
    assert ends(imported.xml) == {("start", "_1_a_b"), ("_1_a_b", "end")}
    assert "picture.missing" not in [problem.code for problem in engine.check(imported.xml)]


def test_ids_that_are_too_long_are_shortened() -> None:
    long = "x" * 201
    imported = taken(straight(long))
    assert codes(imported) == ["id.renamed"] * 3
    assert errors(imported) == []


def test_an_element_without_an_id_gets_one() -> None:
    imported = taken(straight("work").node("userTask", None))
    assert "userTask_4" in [change.after for change in told(imported, "id.given")]


def test_a_process_without_an_id_gets_one() -> None:
    bpmn = straight("work")
    bpmn.process_id = ""
    assert taken(bpmn).process_id == "process"


def test_a_flow_that_has_the_id_of_a_step_gives_way() -> None:
    bpmn = Bpmn().start().end().user("a").flow("start", "a").flow("a", "end", id_="a")
    imported = taken(bpmn)
    assert [(one.before, one.after) for one in imported.changes] == [("a", "a_2")]
    assert ends(imported.xml) == {("start", "a"), ("a", "end")}


def test_steps_of_different_levels_keep_their_flows() -> None:
    bpmn = Bpmn().start().end().user("a").path("start", "a", "sub", "end")
    bpmn.open("sub").node("startEvent", "begin").user("a").node("endEvent", "stop")
    bpmn.path("begin", "a", "stop").close()
    imported = taken(bpmn)
    assert errors(imported) == []
    assert {("begin", "a_2"), ("a_2", "stop"), ("start", "a")} <= ends(imported.xml)
    assert imported.xml.count(b'bpmnElement="a_2"') == 1


def test_two_steps_of_one_level_with_one_id_must_be_drawn_again() -> None:
    bpmn = straight("a").user("a")
    (change,) = told(taken(bpmn), "id.ambiguous")
    assert (change.level, change.before, change.after) == (Level.WARNING, "a", "a_2")


def test_the_default_flow_follows_a_flow_that_is_renamed() -> None:
    bpmn = Bpmn().start().end().user("a").xor("gate", default="a").path("start", "gate")
    bpmn.flow("gate", "a", "=x").flow("gate", "end", id_="a").path("a", "end")
    imported = taken(bpmn)
    assert errors(imported) == []
    assert engine.outline(imported.xml).by_id["gate"].default_flow == "a_2"


def test_lists_of_flows_agree_with_the_flows() -> None:
    text = straight("work").text()
    start = '<bpmn:startEvent id="start" name="start">'
    text = text.replace(start, start + "<bpmn:outgoing>gone</bpmn:outgoing>")
    imported = taken(text)
    assert set(codes(imported)) == {"flow.lists"}
    assert b"<bpmn:outgoing>start_work</bpmn:outgoing>" in imported.xml
    assert b"<bpmn:incoming>start_work</bpmn:incoming>" in imported.xml
    assert b"gone" not in imported.xml


def test_lists_that_nobody_keeps_are_not_begun() -> None:
    bpmn = straight("work")
    bpmn.executable = "false"
    assert b"outgoing" not in taken(bpmn).xml
