"""Each shipped diagram is drawn completely and can be read: lanes, right angles, free labels."""

from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from tests.unit.procedures_as_files.shelf import BPMN, DIAGRAMS, Diagram

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=str)


class Point(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than a border."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, point: Point) -> bool:
        """Whether the point lies on the border, where a flow docks."""
        inside = self.left <= point.x <= self.right and self.top <= point.y <= self.bottom
        return inside and (point.x in (self.left, self.right) or point.y in (self.top, self.bottom))


def _box(element: Any) -> Box:
    bounds = element.find(f"{DC}Bounds")
    left, top = float(bounds.get("x")), float(bounds.get("y"))
    return Box(left, top, left + float(bounds.get("width")), top + float(bounds.get("height")))


def _shapes(diagram: Diagram) -> dict[str, Box]:
    return {shape.get("bpmnElement"): _box(shape) for shape in diagram.root.iter(f"{DI}BPMNShape")}


def _edges(diagram: Diagram) -> dict[str, list[Point]]:
    return {
        edge.get("bpmnElement"): [
            Point(float(point.get("x")), float(point.get("y")))
            for point in edge.iter(f"{DD}waypoint")
        ]
        for edge in diagram.root.iter(f"{DI}BPMNEdge")
    }


def _labels(diagram: Diagram) -> dict[str, Box]:
    return {
        owner.get("bpmnElement"): _box(label)
        for owner in diagram.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")
        for label in owner.iter(f"{DI}BPMNLabel")
    }


def _lanes(diagram: Diagram) -> dict[str, set[str]]:
    return {
        lane.get("id"): {reference.text for reference in lane.iter(f"{BPMN}flowNodeRef")}
        for lane in diagram.process.iter(f"{BPMN}lane")
    }


@each_diagram
def test_everything_that_has_an_id_is_drawn_and_nothing_else(diagram: Diagram) -> None:
    assert _shapes(diagram).keys() == {"participant", *_lanes(diagram), *diagram.nodes}
    assert _edges(diagram).keys() == {flow.id for flow in diagram.flows}


@each_diagram
def test_every_node_stands_in_its_one_lane(diagram: Diagram) -> None:
    shapes, lanes = _shapes(diagram), _lanes(diagram)
    members = [node for nodes in lanes.values() for node in nodes]
    assert sorted(members) == sorted(diagram.nodes)
    for lane, nodes in lanes.items():
        for node in nodes:
            assert shapes[lane].holds(shapes[node]), (lane, node)
        assert shapes["participant"].holds(shapes[lane]), lane


@each_diagram
def test_people_of_one_lane_have_one_role_and_one_unit(diagram: Diagram) -> None:
    for lane, nodes in _lanes(diagram).items():
        people = {
            (diagram.nodes[node].roles, diagram.nodes[node].properties.get("unit"))
            for node in nodes
            if diagram.nodes[node].tag == "userTask"
        }
        calls = any(diagram.nodes[node].called for node in nodes)
        assert len(people) == (0 if calls else 1), lane


@each_diagram
def test_flows_run_at_right_angles_from_border_to_border(diagram: Diagram) -> None:
    shapes, edges = _shapes(diagram), _edges(diagram)
    for flow in diagram.flows:
        points = edges[flow.id]
        assert shapes[flow.source].touches(points[0]), flow.id
        assert shapes[flow.target].touches(points[-1]), flow.id
        for one, two in pairwise(points):
            assert (one.x == two.x) is not (one.y == two.y), flow.id


@each_diagram
def test_no_two_nodes_overlap_but_a_timer_and_its_host(diagram: Diagram) -> None:
    shapes = _shapes(diagram)
    nodes = list(diagram.nodes.values())
    for place, one in enumerate(nodes):
        for two in nodes[place + 1 :]:
            attached = one.host == two.id or two.host == one.id
            assert shapes[one.id].meets(shapes[two.id]) is attached, (one.id, two.id)


@each_diagram
def test_no_flow_runs_through_a_foreign_node(diagram: Diagram) -> None:
    shapes, edges = _shapes(diagram), _edges(diagram)
    for flow in diagram.flows:
        own = {flow.source, flow.target, diagram.nodes[flow.source].host}
        for node in diagram.nodes.keys() - own:
            assert not _crosses(edges[flow.id], shapes[node]), (flow.id, node)


@each_diagram
def test_flows_do_not_cross_each_other(diagram: Diagram) -> None:
    edges = list(_edges(diagram).items())
    for place, (one, points) in enumerate(edges):
        for two, others in edges[place + 1 :]:
            assert not any(_cut(a, b) for a in pairwise(points) for b in pairwise(others)), (
                one,
                two,
            )


@each_diagram
def test_labels_are_there_and_lie_free(diagram: Diagram) -> None:
    labels, shapes, edges = _labels(diagram), _shapes(diagram), _edges(diagram)
    events = diagram.of("startEvent", "endEvent", "boundaryEvent", "exclusiveGateway")
    named = {node.id for node in events if node.name} | {f.id for f in diagram.flows if f.name}
    assert labels.keys() == named
    boxes = [*labels.items()]
    for place, (owner, label) in enumerate(boxes):
        for node in diagram.nodes:
            assert not label.meets(shapes[node]), (owner, node)
        for flow, points in edges.items():
            assert not _crosses(points, label), (owner, flow)
        for other, second in boxes[place + 1 :]:
            assert not label.meets(second), (owner, other)


def _crosses(points: list[Point], box: Box) -> bool:
    return any(
        Box(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)).meets(box)
        for a, b in pairwise(points)
    )


def _cut(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Whether a level and an upright stretch cut each other in their inside."""
    (a, b), (c, d) = one, two
    if (a.y == b.y) is (c.y == d.y):
        return False
    if a.y != b.y:
        (a, b), (c, d) = two, one
    across = min(a.x, b.x) < c.x < max(a.x, b.x)
    return across and min(c.y, d.y) < a.y < max(c.y, d.y)
