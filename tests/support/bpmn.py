"""A builder of small BPMN files, right by default and wrong on purpose."""

import re
from html import escape
from itertools import pairwise

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">'
)


_REFERENCE = re.compile(r'(message|signal|error|escalation)Ref="\1_([^"]+)"')


def attributes(**values: str | None) -> str:
    """XML attributes; a trailing underscore is dropped and None leaves one out."""
    return "".join(
        f' {name.rstrip("_")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def properties(**values: str) -> str:
    """A `zeebe:properties` element."""
    inner = "".join(f"<zeebe:property{attributes(name=n, value=v)}/>" for n, v in values.items())
    return f"<zeebe:properties>{inner}</zeebe:properties>" if values else ""


def loop(*, sequential: bool = False, until: str | None = None, **how: str | None) -> str:
    """A multi-instance marker; `how` are attributes of `zeebe:loopCharacteristics`."""
    inner = f"<zeebe:loopCharacteristics{attributes(**how)}/>"
    condition = f"<bpmn:completionCondition>{escape(until or '')}</bpmn:completionCondition>"
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>{condition if until else ''}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def event(kind: str, name: str | None) -> str:
    """An event definition; what it refers to is added to the file."""
    ref = attributes(**{f"{kind}Ref": f"{kind}_{name}" if name else None})
    return f"<bpmn:{kind}EventDefinition{ref}/>"


class Bpmn:
    """One process; every method adds an element and gives the builder back."""

    def __init__(self, process_id: str = "permit", *, executable: str | None = "true") -> None:
        self.process_id = process_id
        self.executable = executable
        self.levels: list[list[str]] = [[]]
        self.drawn: list[str] = []
        self.flows = 0

    def node(
        self, tag: str, id_: str | None, *, inner: str = "", ext: str = "", **attrs: str | None
    ) -> "Bpmn":
        """Any element; `inner` is raw BPMN, `ext` raw extension elements."""
        holder = f"<bpmn:extensionElements>{ext}</bpmn:extensionElements>" if ext else ""
        given = attributes(id=id_, **({"name": id_} | attrs))
        self.levels[-1].append(f"<bpmn:{tag}{given}>{holder}{inner}</bpmn:{tag}>\n")
        if id_:
            self.drawn.append(id_)
        return self

    def raw(self, xml: str) -> "Bpmn":
        """Anything at all."""
        self.levels[-1].append(xml)
        return self

    def start(self, id_: str = "start") -> "Bpmn":
        return self.node("startEvent", id_)

    def end(self, id_: str = "end", *, terminate: bool = False, **props: str) -> "Bpmn":
        inner = "<bpmn:terminateEventDefinition/>" if terminate else ""
        return self.node("endEvent", id_, inner=inner, ext=properties(**props))

    def user(
        self,
        id_: str,
        *,
        form: str | None = "form",
        roles: str | None = "officer",
        assignee: str | None = None,
        priority: str | None = None,
        ext: str = "",
        inner: str = "",
        **props: str,
    ) -> "Bpmn":
        """A user task; `props` are zeebe properties."""
        ext += f"<zeebe:formDefinition{attributes(formId=form)}/>" if form is not None else ""
        ext += (
            f"<zeebe:assignmentDefinition{attributes(candidateGroups=roles, assignee=assignee)}/>"
        )
        ext += f"<zeebe:priorityDefinition{attributes(priority=priority)}/>" if priority else ""
        return self.node("userTask", id_, inner=inner, ext=ext + properties(**props))

    def service(self, id_: str, type_: str | None = "send_mail", **props: str) -> "Bpmn":
        ext = f"<zeebe:taskDefinition{attributes(type=type_)}/>" + properties(**props)
        return self.node("serviceTask", id_, ext=ext)

    def script(self, id_: str, variable: str | None, expression: str | None) -> "Bpmn":
        ext = f"<zeebe:script{attributes(expression=expression, resultVariable=variable)}/>"
        return self.node("scriptTask", id_, ext=ext)

    def xor(self, id_: str, default: str | None = None) -> "Bpmn":
        return self.node("exclusiveGateway", id_, default=default)

    def parallel(self, id_: str) -> "Bpmn":
        return self.node("parallelGateway", id_)

    def timer(self, id_: str, text: str = "P3D", kind: str = "timeDuration") -> "Bpmn":
        return self.node("intermediateCatchEvent", id_, inner=_timer(text, kind))

    def boundary(
        self,
        id_: str,
        host: str,
        text: str = "P3D",
        kind: str = "timeDuration",
        *,
        interrupting: bool = True,
    ) -> "Bpmn":
        return self.node(
            "boundaryEvent",
            id_,
            inner=_timer(text, kind),
            attachedToRef=host,
            cancelActivity="true" if interrupting else "false",
        )

    def watch(self, id_: str, host: str, inner: str, *, interrupting: bool = True) -> "Bpmn":
        """A boundary event of any kind."""
        stops = "true" if interrupting else "false"
        return self.node(
            "boundaryEvent", id_, inner=inner, attachedToRef=host, cancelActivity=stops
        )

    def catch(self, id_: str, kind: str, name: str) -> "Bpmn":
        return self.node("intermediateCatchEvent", id_, inner=event(kind, name))

    def throw(self, id_: str, kind: str, name: str) -> "Bpmn":
        return self.node("intermediateThrowEvent", id_, inner=event(kind, name))

    def throw_end(self, id_: str, kind: str, name: str) -> "Bpmn":
        return self.node("endEvent", id_, inner=event(kind, name))

    def receive(self, id_: str, name: str) -> "Bpmn":
        return self.node("receiveTask", id_, messageRef=f"message_{name}")

    def call(self, id_: str, process: str | None, *, inner: str = "") -> "Bpmn":
        ext = f"<zeebe:calledElement{attributes(processId=process)}/>"
        return self.node("callActivity", id_, inner=inner, ext=ext)

    def choose(self, id_: str) -> "Bpmn":
        return self.node("eventBasedGateway", id_)

    def inclusive(self, id_: str, default: str | None = None) -> "Bpmn":
        return self.node("inclusiveGateway", id_, default=default)

    def open(self, id_: str, *, inner: str = "") -> "Bpmn":
        """Begin a sub-process; `close` ends it."""
        self.levels.append([])
        self.drawn.append(id_)
        self.levels[-1].append(f'<bpmn:subProcess id="{id_}" name="{id_}">{inner}')
        return self

    def close(self) -> "Bpmn":
        inside = "".join(self.levels.pop())
        self.levels[-1].append(f"{inside}</bpmn:subProcess>")
        return self

    def flow(
        self,
        source: str | None,
        target: str | None,
        condition: str | None = None,
        id_: str | None = "",
    ) -> "Bpmn":
        """A flow; its id is `source_target` unless given, and left out for None."""
        id_ = f"{source}_{target}" if id_ == "" else id_
        inner = ""
        if condition is not None:
            inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
        given = attributes(id=id_, sourceRef=source, targetRef=target)
        self.levels[-1].append(f"<bpmn:sequenceFlow{given}>{inner}</bpmn:sequenceFlow>\n")
        if id_:
            self.drawn.append(id_)
        return self

    def path(self, *ids: str) -> "Bpmn":
        """Flows from each to the next."""
        for source, target in pairwise(ids):
            self.flow(source, target)
        return self

    def text(self, *, before: str = "", draw: bool = True) -> str:
        """The file as text, without an XML declaration."""
        shapes = "".join(f'<bpmndi:BPMNShape bpmnElement="{id_}"/>' for id_ in self.drawn)
        plane = f"<bpmndi:BPMNPlane>{shapes}</bpmndi:BPMNPlane>"
        picture = f"<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram>" if draw else ""
        given = attributes(id=self.process_id, name="Permit", isExecutable=self.executable)
        body = "".join(self.levels[0])
        process = f"<bpmn:process{given}>{body}</bpmn:process>"
        return f"{_HEAD}\n{before}{_defined(body)}{process}{picture}</bpmn:definitions>"

    def xml(self, *, before: str = "", draw: bool = True) -> bytes:
        """The file as bytes."""
        return (
            b'<?xml version="1.0" encoding="UTF-8"?>\n'
            + self.text(before=before, draw=draw).encode()
        )


def _defined(body: str) -> str:
    """The messages, signals, errors and escalations that a process refers to."""
    told = {"message": "name", "signal": "name"}
    return "".join(
        f'<bpmn:{kind} id="{kind}_{name}" {told.get(kind, f"{kind}Code")}="{name}"/>'
        for kind, name in sorted(set(_REFERENCE.findall(body)))
    )


def _timer(text: str, kind: str) -> str:
    value = f"<bpmn:{kind}>{escape(text)}</bpmn:{kind}>"
    return f"<bpmn:timerEventDefinition>{value}</bpmn:timerEventDefinition>"


def straight(*steps: str) -> Bpmn:
    """start -> user tasks -> end."""
    bpmn = Bpmn().start().end()
    for step in steps:
        bpmn.user(step)
    return bpmn.path("start", *steps, "end")


def procedure() -> Bpmn:
    """The test procedure of every wing: supplement loop, parallel opinions, redo, a timer."""
    return (
        Bpmn()
        .start()
        .user(
            "reception",
            roles="reception_officer",
            workingHours="8",
            status="2",
            clock="run",
            slip="01",
        )
        .boundary("late", "reception", "P3D", interrupting=False)
        .user("chase", roles="leader")
        .end("chased")
        .user("check", roles="specialist")
        .xor("verdict", default="verdict_assign")
        .user(
            "supplement",
            roles="applicant",
            status="5",
            clock="pause",
            notice="supplement_request",
            slip="02",
        )
        .end("refused", status="3")
        .script("assign", "assigned", '="specialist"')
        .user(
            "process",
            roles="=assigned",
            assignee="=assigned_officer",
            priority="=if urgent then 90 else 50",
        )
        .parallel("split")
        .user("opinion_a", roles="tax_office")
        .user("opinion_b", roles="land_office")
        .parallel("join")
        .user("approval", roles="leader")
        .xor("signed", default="signed_result")
        .user("result", roles="reception_officer", status="9")
        .end("done", status="10")
        .path("start", "reception", "check", "verdict")
        .path("late", "chase", "chased")
        .flow("verdict", "supplement", '=decision = "supplement"')
        .flow("verdict", "refused", '=decision = "refuse"')
        .flow("verdict", "assign")
        .path("supplement", "check")
        .path("assign", "process", "split", "opinion_a", "join", "approval", "signed")
        .path("split", "opinion_b", "join")
        .flow("signed", "process", '=approval = "redo"')
        .flow("signed", "result")
        .path("result", "done")
    )
