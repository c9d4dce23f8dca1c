"""What BPMN leaves unsaid about forks, joins, starts and ends is drawn."""

import pytest

from app import engine
from app.engine.diagram import Diagram
from app.engine.importing import Imported, Level
from tests.support.bpmn import Bpmn, straight
from tests.unit.engine.importing.importer import codes, errors, taken, told


def graph(imported: Imported) -> Diagram:
    return engine.outline(imported.xml)


def ends(imported: Imported) -> set[tuple[str | None, str | None]]:
    return {(flow.source, flow.target) for flow in graph(imported).flows}


def two_ways(
    first: str | None = None, second: str | None = None, default: str | None = None
) -> Bpmn:
    """A step that two flows leave, w1 to a and w2 to b."""
    bpmn = Bpmn().start().end().node("userTask", "x", default=default, ext=WORK).user("a").user("b")
    bpmn.path("start", "x").flow("x", "a", first, id_="w1").flow("x", "b", second, id_="w2")
    return bpmn.path("a", "end").path("b", "end")


WORK = '<zeebe:formDefinition formId="f"/><zeebe:assignmentDefinition candidateGroups="officer"/>'


def test_flows_that_leave_together_leave_a_parallel_gateway() -> None:
    imported = taken(two_ways())
    assert codes(imported) == ["fork.parallel"]
    assert {("x", "fork_x"), ("fork_x", "a"), ("fork_x", "b")} <= ends(imported)
    assert graph(imported).by_id["fork_x"].tag == "parallelGateway"
    assert errors(imported) == []


def test_one_condition_and_a_default_choose_one_way() -> None:
    imported = taken(two_ways('=d = "a"', default="w2"))
    gate = graph(imported).by_id["choice_x"]
    assert (gate.tag, gate.default_flow, codes(imported)) == (
        "exclusiveGateway",
        "w2",
        ["fork.choice"],
    )
    assert errors(imported) == []


def test_conditions_that_exclude_each_other_choose_one_way() -> None:
    imported = taken(two_ways('=d = "a"', '=d = "b"'))
    assert graph(imported).by_id["choice_x"].tag == "exclusiveGateway"
    assert errors(imported) == [("gateway.no-default", "choice_x")]


def test_conditions_that_may_hold_together_leave_an_inclusive_gateway() -> None:
    imported = taken(two_ways("=a > 1", "=b > 1"))
    assert graph(imported).by_id["choice_x"].tag == "inclusiveGateway"
    assert told(imported, "fork.choice")[0].level is Level.WARNING


def test_a_condition_beside_a_plain_flow_may_end() -> None:
    imported = taken(two_ways("=a > 1"))
    found = graph(imported)
    assert {("x", "fork_x"), ("fork_x", "b"), ("choice_fork_x", "a")} <= ends(imported)
    assert found.by_id["choice_fork_x"].default_flow == "flow_choice_fork_x_end_choice_fork_x"
    assert errors(imported) == []


def test_a_default_beside_a_plain_flow_is_left_to_the_analyst() -> None:
    imported = taken(two_ways(default="w2"))
    assert codes(imported) == []
    assert ("flow.implicit-fork", "x") in errors(imported)


def test_flows_that_meet_at_a_step_meet_at_a_gateway() -> None:
    bpmn = Bpmn().start().end().user("a").xor("g", default="on").path("start", "a", "g")
    bpmn.flow("g", "a", "=again").flow("g", "end", id_="on")
    imported = taken(bpmn)
    assert codes(imported) == ["join.exclusive"]
    assert {("start", "join_a"), ("g", "join_a"), ("join_a", "a")} <= ends(imported)
    assert errors(imported) == []


def test_flows_may_meet_at_an_end() -> None:
    assert codes(taken(two_ways('=d = "a"', default="w2"))) == ["fork.choice"]


@pytest.mark.parametrize("tag", ["exclusiveGateway", "parallelGateway"])
def test_a_gateway_that_joins_and_splits_becomes_two(tag: str) -> None:
    bpmn = Bpmn().start().end().parallel("s").user("a").user("b").user("c").user("e")
    condition = "=x" if tag == "exclusiveGateway" else None
    bpmn.node(tag, "g", default="on" if condition else None).path("start", "s", "a", "g")
    bpmn.path("s", "b", "g").flow("g", "c", condition).flow("g", "e", id_="on")
    imported = taken(bpmn.path("c", "end").path("e", "end"))
    assert codes(imported) == ["join.split"]
    assert {("a", "join_g"), ("b", "join_g"), ("join_g", "g"), ("g", "c")} <= ends(imported)
    assert graph(imported).by_id["join_g"].tag == tag
    assert errors(imported) == []


def test_a_missing_start_is_drawn_before_all_that_had_none() -> None:
    bpmn = Bpmn().user("a").user("b").end().path("a", "end").path("b", "end")
    imported = taken(bpmn)
    assert codes(imported) == ["start.added", "fork.parallel"]
    assert {("start_a", "fork_start_a"), ("fork_start_a", "a"), ("fork_start_a", "b")} <= ends(
        imported
    )
    assert errors(imported) == []


def test_missing_ends_are_drawn_in_sub_processes_too() -> None:
    bpmn = Bpmn().start().path("start", "sub").open("sub").start("begin").user("a")
    imported = taken(bpmn.path("begin", "a").close())
    assert sorted(change.after or "" for change in told(imported, "end.added")) == [
        "end_a",
        "end_sub",
    ]
    assert errors(imported) == []


def test_a_boundary_event_that_leads_nowhere_ends() -> None:
    imported = taken(straight("a").boundary("late", "a", interrupting=False))
    assert ("late", "end_late") in ends(imported)
    assert errors(imported) == []


def test_several_starts_that_mean_the_same_become_one() -> None:
    bpmn = Bpmn().start("one").start("two").end().user("a").path("one", "a", "end").path("two", "a")
    imported = taken(bpmn)
    (change,) = told(imported, "start.merged")
    assert (change.before, change.after) == ("two", "one")
    assert (errors(imported), b'"two"' in imported.xml) == ([], False)


@pytest.mark.parametrize(
    ("told_by_others", "kept"), [(("two",), ["two"]), (("one", "two"), ["one", "two"])]
)
def test_a_start_that_another_pool_tells_is_kept(
    told_by_others: tuple[str, ...], kept: list[str]
) -> None:
    flows = "".join(
        f'<bpmn:messageFlow id="to_{one}" sourceRef="pool" targetRef="{one}"/>'
        for one in told_by_others
    )
    bpmn = Bpmn().start("one").start("two").end().user("a").path("one", "a", "end").path("two", "a")
    before = f'<bpmn:collaboration id="all">{flows}</bpmn:collaboration>'
    diagram = engine.outline(taken(bpmn.xml(before=before)).xml)
    assert [one.id for one in diagram.nodes if one.tag == "startEvent"] == kept


def test_starts_that_differ_stay() -> None:
    bpmn = Bpmn().start("one").start("two").end().user("a").user("b")
    imported = taken(bpmn.path("one", "a", "end").path("two", "b", "end"))
    assert ("start.several", "two") in errors(imported)


def test_what_nothing_leads_to_gets_no_end() -> None:
    imported = taken(straight("a").user("lost"))
    assert codes(imported) == []
    assert {("element.unreachable", "lost"), ("element.no-way-out", "lost")} == set(
        errors(imported)
    )


def choice(first: str | None, second: str | None, tag: str = "exclusiveGateway") -> Bpmn:
    bpmn = Bpmn().start().end().node(tag, "g").user("a").user("b").path("start", "g")
    bpmn.flow("g", "a", first, id_="w1").flow("g", "b", second, id_="w2")
    return bpmn.path("a", "end").path("b", "end")


@pytest.mark.parametrize(
    ("first", "second", "default"),
    [
        ("=ok", "=ok != true", "w2"),
        ("=not(ok)", "=ok", "w1"),
        ('=d = "a"', '=d != "a"', "w2"),
        ("=n < 3", "=n >= 3", "w2"),
        ("=ok", None, "w2"),
        (None, "=ok", "w1"),
        ("=ok", "=true", "w2"),
    ],
)
def test_the_way_that_is_left_is_the_default(
    first: str | None, second: str | None, default: str
) -> None:
    imported = taken(choice(first, second))
    (change,) = told(imported, "default.found")
    assert (change.level, change.after) == (Level.WARNING, default)
    assert graph(imported).by_id["g"].default_flow == default
    assert errors(imported) == []


@pytest.mark.parametrize(("first", "second"), [('=d = "a"', '=d = "b"'), (None, None)])
def test_where_the_conditions_do_not_tell_the_analyst_decides(
    first: str | None, second: str | None
) -> None:
    imported = taken(choice(first, second))
    assert codes(imported) == []
    assert ("gateway.no-default", "g") in errors(imported)


def test_conditions_that_no_gateway_asks_go_with_a_word() -> None:
    imported = taken(choice("=a", None, "parallelGateway"))
    (change,) = told(imported, "condition.ignored")
    assert (change.element_id, change.before) == ("w1", "=a")
    assert errors(imported) == []


def test_a_default_flow_is_not_asked() -> None:
    bpmn = choice("=a", "=b")
    text = bpmn.text().replace(
        '<bpmn:exclusiveGateway id="g"', '<bpmn:exclusiveGateway default="w2" id="g"'
    )
    imported = taken(text)
    assert [(one.element_id, one.before) for one in told(imported, "condition.of-default")] == [
        ("w2", "=b")
    ]
    assert errors(imported) == []


def test_a_default_that_is_no_way_out_is_looked_for_again() -> None:
    text = choice("=a", None).text().replace('Gateway id="g"', 'Gateway default="gone" id="g"')
    assert codes(taken(text)) == ["default.unknown", "default.found"]


def test_a_default_without_a_choice_means_nothing() -> None:
    text = (
        straight("a")
        .text()
        .replace('<bpmn:userTask id="a"', '<bpmn:userTask default="a_end" id="a"')
    )
    imported = taken(text)
    assert (codes(imported), errors(imported)) == (["default.ignored"], [])


def test_links_become_flows() -> None:
    link = '<bpmn:linkEventDefinition name="A"/>'
    bpmn = Bpmn().start().end().user("a").node("intermediateThrowEvent", "out", inner=link)
    bpmn.node("intermediateCatchEvent", "in", inner=link).path("start", "out").path(
        "in", "a", "end"
    )
    imported = taken(bpmn)
    assert ("out", "in") in ends(imported)
    assert errors(imported) == []


def test_lanes_keep_all_nodes() -> None:
    lane = '<bpmn:lane name="L"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane>'
    lane = f"<bpmn:laneSet>{lane}</bpmn:laneSet>"
    assert graph(taken(two_ways().raw(lane))).by_id["fork_x"].lane == "L"


def test_lists_of_flows_follow() -> None:
    text = (
        two_ways()
        .text()
        .replace(
            '<bpmn:userTask id="a" name="a">',
            '<bpmn:userTask id="a" name="a"><bpmn:incoming>w1</bpmn:incoming>',
        )
    )
    imported = taken(text)
    assert imported.xml.count(b"<bpmn:incoming>w1</bpmn:incoming>") == 1
    assert b"<bpmn:outgoing>w1</bpmn:outgoing>" in imported.xml


def test_a_process_that_is_too_large_is_left_as_it_is() -> None:
    bpmn = Bpmn().start().end()
    for number in range(450):
        bpmn.user(f"a{number}").flow("start", f"a{number}")
    assert codes(taken(bpmn)) == []
