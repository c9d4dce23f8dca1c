"""What is added is drawn where there is room, and nothing that was drawn gets lost."""

from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from app.engine.importing import Imported
from tests.unit.engine.importing.importer import codes, taken

NAMESPACES = (
    ' xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
Box = tuple[float, float, float, float]


class Drawn:
    """A small diagram with its picture."""

    def __init__(self) -> None:
        self.body = ""
        self.picture = ""

    def node(
        self, tag: str, name: str, x: float, y: float, inner: str = "", **more: str
    ) -> "Drawn":
        w, h = (100, 80) if tag.endswith("Task") else (36, 36)
        w, h = (int(more.pop("w", w)), int(more.pop("h", h)))
        attributes = "".join(f' {key}="{value}"' for key, value in more.items())
        self.body += f'<bpmn:{tag} id="{name}"{attributes}>{inner}</bpmn:{tag}>'
        return self.shape(name, x, y, w, h)

    def shape(self, name: str, x: float, y: float, w: float, h: float) -> "Drawn":
        bounds = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
        words = f'<dc:Bounds x="{x}" y="{y + h}" width="30" height="14"/>'
        label = f"<bpmndi:BPMNLabel>{words}</bpmndi:BPMNLabel>"
        begin = f'<bpmndi:BPMNShape id="{name}_s" bpmnElement="{name}">'
        self.picture += f"{begin}{bounds}{label}</bpmndi:BPMNShape>"
        return self

    def flow(self, source: str, target: str, *points: tuple[float, float]) -> "Drawn":
        name = f"{source}_{target}"
        self.body += f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'
        way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
        if points:
            self.picture += (
                f'<bpmndi:BPMNEdge id="{name}_e" bpmnElement="{name}">{way}</bpmndi:BPMNEdge>'
            )
        return self

    def taken(self, plane: str = "p", before: str = "") -> Imported:
        process = f'<bpmn:process id="p" isExecutable="true">{self.body}</bpmn:process>'
        shapes = f'<bpmndi:BPMNPlane bpmnElement="{plane}">{self.picture}</bpmndi:BPMNPlane>'
        picture = f"<bpmndi:BPMNDiagram>{shapes}</bpmndi:BPMNDiagram>"
        return taken(f"<bpmn:definitions{NAMESPACES}>{before}{process}{picture}</bpmn:definitions>")


def pictures(imported: Imported) -> tuple[dict[str, Box], dict[str, list[tuple[float, float]]]]:
    """Boxes of the shapes and way-points of the edges, by what they draw."""
    root: Any = etree.fromstring(imported.xml)
    boxes = {
        shape.get("bpmnElement"): tuple(
            float(shape[0].get(one)) for one in ("x", "y", "width", "height")
        )
        for shape in root.iter(f"{DI}BPMNShape")
    }
    lines = {
        edge.get("bpmnElement"): [
            (float(one.get("x")), float(one.get("y")))
            for one in edge
            if one.tag.endswith("waypoint")
        ]
        for edge in root.iter(f"{DI}BPMNEdge")
    }
    return boxes, lines  # type: ignore[return-value] # four numbers each


def overlaps(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def fork() -> Drawn:
    """start -> a -> (b above, c below) -> end, with little room between."""
    drawn = Drawn().node("startEvent", "s", 0, 122).node("userTask", "a", 80, 100)
    drawn.node("userTask", "b", 220, 20).node("userTask", "c", 220, 180).node(
        "endEvent", "e", 400, 122
    )
    drawn.flow("s", "a", (36, 140), (80, 140)).flow(
        "a", "b", (180, 140), (200, 140), (200, 60), (220, 60)
    )
    drawn.flow("a", "c", (130, 180), (130, 220), (220, 220))
    return drawn.flow("b", "e", (320, 60), (418, 60), (418, 122)).flow(
        "c", "e", (320, 220), (418, 220), (418, 158)
    )


def test_what_is_added_overlaps_nothing() -> None:
    boxes, lines = pictures(fork().taken())
    assert "fork_a" in boxes
    names = sorted(boxes)
    assert [(a, b) for a in names for b in names if a < b and overlaps(boxes[a], boxes[b])] == []
    assert set(lines) == {"s_a", "flow_a_fork_a", "a_b", "a_c", "b_e", "c_e"}


def test_lines_begin_and_end_at_what_they_connect() -> None:
    imported = fork().taken()
    boxes, lines = pictures(imported)
    root: Any = etree.fromstring(imported.xml)
    for flow in root.iter("{*}sequenceFlow"):
        points = lines[flow.get("id")]
        for end, (x, y) in (
            (flow.get("sourceRef"), points[0]),
            (flow.get("targetRef"), points[-1]),
        ):
            left, top, width, height = boxes[end]
            assert left <= x <= left + width
            assert top <= y <= top + height


def test_lines_keep_their_right_angles() -> None:
    _, lines = pictures(fork().taken())
    for points in lines.values():
        for (ax, ay), (bx, by) in pairwise(points):
            assert ax == bx or ay == by, points


def test_what_stands_behind_moves_with_its_label() -> None:
    imported = fork().taken()
    boxes, _ = pictures(imported)
    assert boxes["s"][0] == 0
    assert boxes["b"][0] > 220
    moved = boxes["b"][0] - 220
    root: Any = etree.fromstring(imported.xml)
    (label,) = (one[1][0] for one in root.iter(f"{DI}BPMNShape") if one.get("bpmnElement") == "b")
    assert float(label.get("x")) == 220 + moved


def test_pools_and_sub_processes_grow() -> None:
    drawn = fork()
    drawn.shape("pool", -50, 0, 520, 300)
    pool = '<bpmn:participant id="pool" processRef="p"/>'
    pool = f'<bpmn:collaboration id="k">{pool}</bpmn:collaboration>'
    boxes, _ = pictures(drawn.taken("k", pool))
    assert boxes["pool"][0] == -50
    assert boxes["pool"][2] - 520 == boxes["e"][0] - 400


def test_a_boundary_event_stays_on_its_step_and_gets_its_end_below() -> None:
    drawn = (
        Drawn()
        .node("startEvent", "s", 0, 122)
        .node("userTask", "a", 80, 100)
        .node("endEvent", "e", 230, 122)
    )
    timer = "<bpmn:timeDuration>P1D</bpmn:timeDuration>"
    timer = f"<bpmn:timerEventDefinition>{timer}</bpmn:timerEventDefinition>"
    drawn.node("boundaryEvent", "b", 150, 162, timer, attachedToRef="a")
    boxes, lines = pictures(
        drawn.flow("s", "a", (36, 140), (80, 140)).flow("a", "e", (180, 140), (230, 140)).taken()
    )
    assert boxes["b"] == (150, 162, 36, 36)
    assert boxes["end_b"][1] > 198
    assert lines["flow_b_end_b"][0] == (168, 198)


def test_a_loop_comes_in_from_below() -> None:
    drawn = Drawn().node("startEvent", "s", 0, 122).node("userTask", "a", 80, 100)
    drawn.node("exclusiveGateway", "g", 220, 115, w="50", h="50").node("endEvent", "e", 310, 122)
    drawn.flow("s", "a", (36, 140), (80, 140)).flow("a", "g", (180, 140), (220, 140))
    drawn.flow("g", "a", (245, 165), (245, 230), (130, 230), (130, 180)).flow(
        "g", "e", (270, 140), (310, 140)
    )
    boxes, lines = pictures(drawn.taken())
    x, y, width, height = boxes["join_a"]
    assert lines["g_a"][-2:] == [(x + width / 2, 230), (x + width / 2, y + height)]
    assert lines["s_a"][-1] == (x, 140)


def test_flows_without_a_line_get_one() -> None:
    drawn = (
        Drawn()
        .node("startEvent", "s", 0, 122)
        .node("userTask", "a", 80, 100)
        .node("endEvent", "e", 230, 122)
    )
    imported = drawn.flow("s", "a").flow("a", "e", (180, 140), (230, 140)).taken()
    assert codes(imported) == ["picture.flow"]
    assert pictures(imported)[1]["s_a"] == [(36, 140), (80, 140)]


def test_a_sender_is_drawn_as_large_as_a_step() -> None:
    drawn = Drawn().node("startEvent", "s", 0, 122)
    drawn.node("intermediateThrowEvent", "m", 80, 122, "<bpmn:messageEventDefinition/>").node(
        "endEvent", "e", 150, 122
    )
    boxes, lines = pictures(
        drawn.flow("s", "m", (36, 140), (80, 140)).flow("m", "e", (116, 140), (150, 140)).taken()
    )
    assert boxes["m"] == (80, 100, 100, 80)
    assert lines["m_e"][0] == (180, 140)
    assert boxes["e"][0] > 180


@pytest.mark.parametrize("plane", ["", "gone"])
def test_a_drawing_that_shows_nothing_shows_the_process(plane: str) -> None:
    drawn = (
        Drawn()
        .node("startEvent", "s", 0, 122)
        .node("endEvent", "e", 230, 122)
        .flow("s", "e", (36, 140), (230, 140))
    )
    imported = drawn.taken(plane)
    assert codes(imported) == ["picture.plane"]
    assert b'BPMNPlane bpmnElement="p"' in imported.xml


def test_a_drawing_without_sense_is_left_alone() -> None:
    drawn = fork()
    drawn.picture = drawn.picture.replace('x="80"', 'x="NaN"')
    boxes = etree.fromstring(drawn.taken().xml)
    assert boxes is not None


def test_the_line_of_data_that_an_event_showed_goes_with_it() -> None:
    link = '<bpmn:dataInputAssociation id="data"/><bpmn:linkEventDefinition name="l"/>'
    drawn = Drawn().node("startEvent", "s", 0, 122).flow("s", "t", (36, 140), (80, 140))
    drawn.node("intermediateThrowEvent", "t", 80, 122, link)
    catching = '<bpmn:linkEventDefinition name="l"/>'
    drawn.node("intermediateCatchEvent", "c", 160, 122, catching).node("endEvent", "e", 240, 122)
    drawn.flow("c", "e", (196, 140), (240, 140))
    for name in (' bpmnElement="data"', ""):
        way = '<di:waypoint x="1" y="1"/><di:waypoint x="9" y="1"/>'
        drawn.picture += f"<bpmndi:BPMNEdge{name}>{way}</bpmndi:BPMNEdge>"
    assert set(pictures(drawn.taken())[1]) == {"s_t", "c_e", "flow_t_c", None}
