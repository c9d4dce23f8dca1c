"""Each shipped diagram says what the law and the dialect of this house ask of it."""

from typing import Any

import pytest

from tests.unit.procedures_as_files.shelf import (
    CASES,
    CONDITION,
    DIAGRAMS,
    WHOLE,
    Diagram,
    Flow,
    Node,
    components,
    form,
    form_path,
)

ROLES = frozenset(
    {
        "applicant",
        "reception_officer",
        "specialist",
        "division_head",
        "director",
        "records_clerk",
        "civil_status_officer",
        "committee_chair",
        "office_specialist",
        "office_leader",
        "consulted_officer",
    }
)
PROPERTIES = frozenset(
    {
        "workingHours",
        "workingHoursOnline",
        "deadline",
        "escalation",
        "unit",
        "status",
        "clock",
        "slip",
        "notice",
        "legalBasis",
    }
)
each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=str)
each_whole = pytest.mark.parametrize("diagram", WHOLE, ids=str)


def test_the_first_procedures_are_shipped() -> None:
    assert {str(diagram) for diagram in DIAGRAMS} >= {
        "dang-ky-khai-sinh/process",
        "hoi-nghi-quoc-te/process",
        "hoi-nghi-quoc-te/ubnd-tinh-xem-xet",
        "hoi-nghi-quoc-te/with-consultation",
        "thanh-lap-ho-kinh-doanh/process",
    }


@pytest.mark.parametrize(("diagram", "case"), CASES, ids=lambda value: str(value)[:60])
def test_the_hours_of_the_longest_path_are_the_legal_term(
    diagram: Diagram, case: dict[str, Any]
) -> None:
    start = diagram.of("startEvent")[0].id
    hours = {"returned": [0.0], "other": [0.0]}
    for path in diagram.paths(start):
        kind = "returned" if diagram.nodes[path[-1]].status == 10 else "other"
        hours[kind].append(sum(diagram.hours_of(node, case["key"]) for node in path))
    assert max(hours["returned"]) == case["term_hours"]
    assert max(hours["other"]) <= case["term_hours"]


@each_diagram
def test_every_flow_is_explicit(diagram: Diagram) -> None:
    for node in diagram.nodes.values():
        into, out = len(diagram.incoming(node.id)), len(diagram.outgoing(node.id))
        match node.tag:
            case "startEvent" | "boundaryEvent":
                assert (into, out) == (0, 1), node.id
            case "endEvent":
                assert (into, out) == (1, 0), node.id
            case "exclusiveGateway" | "parallelGateway":
                assert min(into, out) == 1 < max(into, out), node.id
            case _:
                assert (into, out) == (1, 1), node.id


@each_diagram
def test_every_user_task_names_a_role_a_form_and_its_national_status(diagram: Diagram) -> None:
    for task in diagram.of("userTask"):
        assert task.roles in ROLES, task.id
        assert form_path(diagram.procedure, task.form or "").exists(), task.id
        assert task.status in {1, 4, 5, 9}, task.id
        assert task.properties["clock"] == ("pause" if task.roles == "applicant" else "run")
        assert (task.hours > 0) is (task.roles != "applicant"), task.id
        assert task.properties.keys() <= PROPERTIES, task.id
        assert task.name, task.id


@each_whole
def test_the_reception_keeps_the_eight_hours(diagram: Diagram) -> None:
    (reception,) = [task for task in diagram.of("userTask") if task.status == 1]
    assert reception.hours <= 8
    for slip in ('"01"', '"02"', '"03"'):
        assert slip in reception.properties["slip"]


@each_whole
def test_a_supplement_expires_after_thirty_days_and_closes_the_dossier(diagram: Diagram) -> None:
    supplements = [task for task in diagram.of("userTask") if task.status == 5]
    assert {task.roles for task in supplements} == {"applicant"}
    for task in supplements:
        (timer,) = [node for node in diagram.of("boundaryEvent") if node.host == task.id]
        (flow,) = diagram.outgoing(timer.id)
        before_reception = _asked_by(diagram, task.id) == "reception"
        assert diagram.nodes[flow.target].status == (3 if before_reception else 8)


def _asked_by(diagram: Diagram, task: str) -> str:
    (asked,) = diagram.incoming(task)
    (decided,) = diagram.incoming(asked.source)
    return decided.source


@each_whole
def test_the_ends_cover_every_way_a_dossier_may_close(diagram: Diagram) -> None:
    assert {end.status for end in diagram.of("endEvent")} == {3, 8, 10}


def _splits() -> list[tuple[Diagram, str]]:
    return [
        (diagram, gateway.id)
        for diagram in DIAGRAMS
        for gateway in diagram.of("exclusiveGateway")
        if len(diagram.outgoing(gateway.id)) > 1
    ]


@pytest.mark.parametrize(("diagram", "gateway"), _splits(), ids=str)
def test_each_decision_is_asked_in_the_form_before_it_with_the_happy_answer_first(
    diagram: Diagram, gateway: str
) -> None:
    (question,) = diagram.incoming(gateway)
    conditioned = [f for f in diagram.outgoing(gateway) if f.id != diagram.nodes[gateway].default]
    keys, wanted = zip(*(_read(flow) for flow in conditioned), strict=True)
    assert len(set(keys)) == 1
    (radio,) = [
        part
        for name in _forms_before(diagram, diagram.nodes[question.source])
        for key, part in components(form(diagram.procedure, name))
        if key == keys[0]
    ]
    values = [option["value"] for option in radio["values"]]
    assert radio["type"] == "radio"
    assert radio["validate"]["required"] is True
    assert set(wanted) < set(values)
    assert values[0] not in wanted


def _forms_before(diagram: Diagram, node: Node) -> list[str]:
    """The form of a task, or those of all tasks of a called process."""
    if node.called:
        return [task.form or "" for task in diagram.called_by(node).of("userTask")]
    return [node.form or ""]


@each_diagram
def test_whatever_is_called_lies_beside_it(diagram: Diagram) -> None:
    for call in diagram.of("callActivity"):
        assert diagram.called_by(call) in DIAGRAMS
        assert call.name


def _read(flow: Flow) -> tuple[str, str]:
    found = CONDITION.fullmatch(flow.condition or "")
    assert found, flow.id
    return found[1], found[2]


@each_diagram
def test_only_decisions_carry_conditions_and_each_of_them_has_a_default(diagram: Diagram) -> None:
    splits = {gateway for owner, gateway in _splits() if owner is diagram}
    for flow in diagram.flows:
        default = diagram.nodes[flow.source].default
        assert bool(flow.condition) is (flow.source in splits and flow.id != default), flow.id
        assert bool(flow.name) is (flow.source in splits), flow.id
    for gateway in splits:
        assert diagram.nodes[gateway].default in {f.id for f in diagram.outgoing(gateway)}
        assert diagram.nodes[gateway].name.endswith("?")
