"""The shipped procedures as plain XML, JSON and TOML; nothing of the program is imported here."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).parents[3]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
CONDITION = re.compile(r'=(\w+) = "(\w+)"')
#: Hours that differ from case to case.
BY_CASE = re.compile(r'=if case = "([\w-]+)" then (\d+) else (\d+)')
#: Elements of a process that hold a token.
NODE_TAGS = frozenset(
    {
        "startEvent",
        "endEvent",
        "userTask",
        "serviceTask",
        "scriptTask",
        "callActivity",
        "exclusiveGateway",
        "parallelGateway",
        "boundaryEvent",
        "intermediateCatchEvent",
    }
)


@dataclass(frozen=True, kw_only=True)
class Node:
    id: str
    tag: str
    name: str
    form: str | None
    roles: str | None
    service: str | None
    #: The process that a call activity calls.
    called: str | None
    default: str | None
    host: str | None
    properties: dict[str, str]

    @property
    def hours(self) -> float:
        """Working hours; the most where they differ from case to case."""
        written = self.properties.get("workingHours", "0")
        found = BY_CASE.fullmatch(written)
        return max(float(found[2]), float(found[3])) if found else float(written)

    def hours_in(self, case: str) -> float:
        """Working hours in a case."""
        found = BY_CASE.fullmatch(self.properties.get("workingHours", ""))
        return float(found[2] if found[1] == case else found[3]) if found else self.hours

    @property
    def status(self) -> int | None:
        written = self.properties.get("status")
        return int(written) if written else None


@dataclass(frozen=True, kw_only=True)
class Flow:
    id: str
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True, kw_only=True)
class Diagram:
    procedure: str
    path: Path

    def __str__(self) -> str:
        return f"{self.procedure}/{self.path.stem}"

    @cached_property
    def root(self) -> Any:
        return etree.fromstring(self.path.read_bytes())

    @cached_property
    def process(self) -> Any:
        return self.root.find(f"{BPMN}process")

    @cached_property
    def nodes(self) -> dict[str, Node]:
        return {
            element.get("id"): _node(element)
            for element in self.process
            if etree.QName(element).localname in NODE_TAGS
        }

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        return tuple(_flow(element) for element in self.process.iter(f"{BPMN}sequenceFlow"))

    def outgoing(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node]

    def incoming(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node]

    def of(self, *tags: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.tag in tags]

    def called_by(self, node: Node) -> "Diagram":
        """The diagram beside this one whose process a call activity calls."""
        return next(
            one
            for one in DIAGRAMS
            if one.procedure == self.procedure and one.process.get("id") == node.called
        )

    def hours_of(self, node: str, case: str) -> float:
        """Working hours of an element; of a call those of the longest way through what it calls."""
        here = self.nodes[node]
        if not here.called:
            return here.hours_in(case)
        inner = self.called_by(here)
        ways = inner.paths(inner.of("startEvent")[0].id)
        return max(sum(inner.hours_of(one, case) for one in way) for way in ways)

    def paths(self, start: str, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Every way from `start` to an end that passes nothing twice; timers are not followed."""
        seen = (*seen, start)
        following = [flow.target for flow in self.outgoing(start) if flow.target not in seen]
        if not self.outgoing(start):
            yield seen
        for target in following:
            yield from self.paths(target, seen)


def _node(element: Any) -> Node:
    def zeebe(tag: str, attribute: str) -> str | None:
        found = element.find(f"{BPMN}extensionElements/{ZEEBE}{tag}")
        return None if found is None else found.get(attribute)

    return Node(
        id=element.get("id"),
        tag=etree.QName(element).localname,
        name=element.get("name") or "",
        form=zeebe("formDefinition", "formId"),
        roles=zeebe("assignmentDefinition", "candidateGroups"),
        service=zeebe("taskDefinition", "type"),
        called=zeebe("calledElement", "processId"),
        default=element.get("default"),
        host=element.get("attachedToRef"),
        properties={
            found.get("name"): found.get("value") for found in element.iter(f"{ZEEBE}property")
        },
    )


def _flow(element: Any) -> Flow:
    condition = element.findtext(f"{BPMN}conditionExpression")
    return Flow(
        id=element.get("id"),
        name=element.get("name") or "",
        source=element.get("sourceRef"),
        target=element.get("targetRef"),
        condition=condition.strip() if condition else None,
    )


@cache
def catalogue(procedure: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "bpmn" / procedure / "procedure.toml").read_text())


@cache
def form(procedure: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(form_path(procedure, name).read_text())
    return loaded


def form_path(procedure: str, name: str) -> Path:
    return ROOT / "forms" / procedure / f"{name}.form"


def components(inside: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every component with its full key; words between the questions have an empty one."""
    for part in inside.get("components", []):
        own = part.get("path") or part.get("key") or ""
        yield (prefix + own if own else ""), part
        yield from components(part, f"{prefix}{own}." if own else prefix)


PROCEDURES = sorted(path.parent.name for path in (ROOT / "bpmn").glob("*/procedure.toml"))
DIAGRAMS = [
    Diagram(procedure=procedure, path=path)
    for procedure in PROCEDURES
    for path in sorted((ROOT / "bpmn" / procedure).glob("*.bpmn"))
]
FORMS = [
    (procedure, path.stem)
    for procedure in PROCEDURES
    for path in sorted((ROOT / "forms" / procedure).glob("*.form"))
]
CALLED = {node.called for diagram in DIAGRAMS for node in diagram.of("callActivity")}
#: Those that a dossier begins with.
WHOLE = [diagram for diagram in DIAGRAMS if diagram.process.get("id") not in CALLED]
CASES = [
    (next(d for d in DIAGRAMS if d.procedure == procedure and d.path.name == case["diagram"]), case)
    for procedure in PROCEDURES
    for case in catalogue(procedure)["case"]
]
