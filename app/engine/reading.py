"""From an XML tree to the diagram: everything the engine understands, and the names of the rest."""

from collections.abc import Iterator
from typing import Any

from app.engine.diagram import CalledDecision, Diagram, Flow, Node, Script, TimerText
from app.engine.reading_events import Names, event_names, foreign_in_events, read_event
from app.engine.reading_loops import foreign_in_loop, read_loop
from app.engine.xml_parts import BPMN, BPMNDI, CAMUNDA7, ZEEBE, children, local, text_of

#: Children of a process that carry no token.
_PASSIVE = frozenset(
    (
        *("sequenceFlow", "laneSet", "documentation", "extensionElements", "incoming", "outgoing"),
        *("textAnnotation", "association", "group", "property", "ioSpecification", "supports"),
        *("dataObject", "dataObjectReference", "dataStoreReference", "auditing", "monitoring"),
        *("dataInputAssociation", "dataOutputAssociation", "performer", "resourceRole"),
        *("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"),
        *("categoryValueRef", "supportedInterfaceRef", "ioBinding", "correlationSubscription"),
    )
)
_DEFINITIONS = ("EventDefinition", "eventDefinitionRef")
_LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
#: Attributes that change what an element does, and the value that changes nothing.
_MARKERS = {
    "triggeredByEvent": "false",
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "parallelMultiple": "false",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
}
#: BPMN children that would assign or program a task in a way we do not read.
_UNREAD = ("potentialOwner", "humanPerformer", "performer", "resourceRole", "script")

#: The zeebe elements we read, and their attributes; `retries` concerns the outbox only.
_READ = {
    "formDefinition": {"formId", "bindingType"},
    "assignmentDefinition": {"candidateGroups", "assignee"},
    "priorityDefinition": {"priority"},
    "taskDefinition": {"type", "retries"},
    "script": {"expression", "resultVariable"},
    "calledDecision": {"decisionId", "resultVariable", "bindingType"},
    "properties": set[str](),
    "userTask": set[str](),
    "calledElement": {
        *("processId", "bindingType", "propagateAllChildVariables", "propagateAllParentVariables"),
    },
}


def processes(root: Any) -> list[Any]:
    """The process elements of a file."""
    return children(root, "process")


def is_executable(process: Any) -> bool:
    """Whether the modeler marked the process as executable."""
    return bool(process.get("isExecutable") == "true")


def read_diagram(root: Any, process: Any) -> Diagram:
    """The diagram of one process of a file; nothing is judged yet."""
    lanes = _lanes(process)
    names = event_names(root)
    found = list(_walk(process, None))
    return Diagram(
        process_id=process.get("id") or "",
        name=process.get("name") or process.get("id") or "",
        line=process.sourceline,
        nodes=tuple(
            _node(element, container, lanes, names)
            for element, container in found
            if local(element) != "sequenceFlow"
        ),
        flows=tuple(
            _flow(element, container)
            for element, container in found
            if local(element) == "sequenceFlow"
        ),
        drawn=frozenset(
            shape.get("bpmnElement") or ""
            for shape in root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge")
        ),
    )


def _walk(parent: Any, container: str | None) -> Iterator[tuple[Any, str | None]]:
    for element in parent:
        tag = local(element)
        if tag == "sequenceFlow":
            yield element, container
        elif tag and tag not in _PASSIVE:
            yield element, container
            if tag == "subProcess":
                yield from _walk(element, element.get("id"))


def _lanes(process: Any) -> dict[str, str]:
    """Lane names by node id; the innermost lane wins."""
    names: dict[str, str] = {}
    for lane in process.iter(f"{BPMN}lane"):
        for reference in children(lane, "flowNodeRef"):
            names[(reference.text or "").strip()] = lane.get("name") or ""
    return names


def _flow(element: Any, container: str | None) -> Flow:
    return Flow(
        id=element.get("id"),
        name=element.get("name") or "",
        line=element.sourceline,
        source=element.get("sourceRef"),
        target=element.get("targetRef"),
        container=container,
        condition=text_of(element, "conditionExpression"),
    )


def _node(element: Any, container: str | None, lanes: dict[str, str], names: Names) -> Node:
    zeebe = _Zeebe(element)
    return Node(
        id=element.get("id"),
        tag=local(element),
        name=(element.get("name") or "").strip(),
        line=element.sourceline,
        container=container,
        lane=lanes.get(element.get("id")) or lanes.get(container or "") or None,
        documentation=(text_of(element, "documentation") or "").strip(),
        default_flow=element.get("default"),
        events=tuple(
            local(c) for c in element if local(c).endswith(("EventDefinition", "DefinitionRef"))
        ),
        timers=tuple(_timers(element)),
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true") != "false",
        markers=tuple(_markers(element)),
        form=zeebe.get("formDefinition", "formId"),
        roles=zeebe.get("assignmentDefinition", "candidateGroups"),
        assignee=zeebe.get("assignmentDefinition", "assignee"),
        priority=zeebe.get("priorityDefinition", "priority"),
        service=zeebe.get("taskDefinition", "type"),
        script=zeebe.script(),
        decision=zeebe.decision(),
        loop=read_loop(element),
        event=read_event(element, names),
        called=zeebe.get("calledElement", "processId"),
        properties=zeebe.properties(),
        foreign=(
            *zeebe.foreign(),
            *_foreign_attributes(element),
            *foreign_in_loop(element),
            *foreign_in_events(element),
        ),
    )


def _timers(element: Any) -> Iterator[TimerText]:
    for definition in children(element, "timerEventDefinition"):
        for child in definition:
            if local(child).startswith("time"):
                yield TimerText(kind=local(child), text="".join(child.itertext()).strip())


def _markers(element: Any) -> Iterator[str]:
    for name, harmless in _MARKERS.items():
        if element.get(name, harmless) != harmless:
            yield name
    for child in element:
        if local(child) in _LOOPS:
            yield local(child)


def _foreign_attributes(element: Any) -> Iterator[str]:
    for name in element.keys():  # noqa: SIM118 - an lxml element is no dict
        if name.startswith(CAMUNDA7):
            yield f"camunda:{name[len(CAMUNDA7) :]}"
    for child in element:
        if local(child) in _UNREAD:
            yield local(child)


class _Zeebe:
    """The extension elements of one node."""

    def __init__(self, element: Any) -> None:
        self.elements = [
            extension for holder in children(element, "extensionElements") for extension in holder
        ]

    def get(self, tag: str, attribute: str) -> str | None:
        for extension in self.elements:
            if extension.tag == ZEEBE + tag and extension.get(attribute):
                value: str = extension.get(attribute)
                return value.strip() or None
        return None

    def script(self) -> Script | None:
        expression = self.get("script", "expression")
        variable = self.get("script", "resultVariable")
        if expression is None and variable is None:
            return None
        return Script(expression=expression or "", variable=variable or "")

    def decision(self) -> CalledDecision | None:
        called = self.get("calledDecision", "decisionId")
        variable = self.get("calledDecision", "resultVariable")
        if called is None and variable is None:
            return None
        return CalledDecision(decision=called or "", variable=variable or "")

    def properties(self) -> dict[str, str]:
        return {
            child.get("name") or "": child.get("value") or ""
            for extension in self.elements
            if extension.tag == f"{ZEEBE}properties"
            for child in extension
        }

    def foreign(self) -> Iterator[str]:
        """What another engine would act on and we would not."""
        for extension in self.elements:
            tag: str = extension.tag
            if tag.startswith(CAMUNDA7):
                yield f"camunda:{tag[len(CAMUNDA7) :]}"
            elif tag.startswith(ZEEBE):
                name = tag[len(ZEEBE) :]
                if name not in _READ:
                    yield f"zeebe:{name}"
                else:
                    unread = set(extension.keys()) - _READ[name]
                    yield from (f"zeebe:{name}@{attribute}" for attribute in sorted(unread))
