"""From the checked diagram to what the library runs: one plan for each process level.

We build the specs ourselves: the library's parser drops flows without an id, follows the drawing's
coordinates, and recurses as deep as the diagram is long.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app import feel
from app.engine import elements, events
from app.engine.decisions import Decision
from app.engine.decisions.task import RuleTask, Ruling, rulings_of
from app.engine.definition import Definition
from app.engine.diagram import Diagram, Loop, Node
from app.engine.events import Awaited
from app.engine.expressions import Assignment, Text
from app.engine.facts import Step
from app.engine.inclusive import InclusiveGateway
from app.engine.multi import FanRoot, MultiInstance, Repetition
from app.engine.names import asked
from app.engine.plan import Plan
from app.engine.steps import step_of
from app.engine.tasks import UserWork
from app.engine.timer import Timer


def assemble(
    diagram: Diagram, decisions: Mapping[str, Decision], calls: Mapping[str, Definition]
) -> Definition:
    """Build the definition of a diagram in which the checker found no error."""
    called = _called(diagram, calls)
    steps = {node.id: step_of(node) for node in diagram.nodes if node.id}
    rulings = rulings_of(diagram, decisions)
    forms = frozenset(step.form for step in steps.values() if step.form)
    return Definition(
        process_id=diagram.process_id,
        name=diagram.name,
        steps=MappingProxyType(steps | _steps_of(called)),
        variables=asked(diagram, rulings).union(*(one.variables for one in called.values())),
        forms=forms.union(*(one.forms for one in called.values())),
        diagram=diagram,
        called=MappingProxyType(called),
        plans=MappingProxyType(_plans(diagram, steps, rulings) | _plans_of(called)),
    )


def _called(diagram: Diagram, calls: Mapping[str, Definition]) -> dict[str, Definition]:
    """Every definition that is reached by calls."""
    found: dict[str, Definition] = {}
    for process in sorted(diagram.calls):
        found |= {process: calls[process]} | dict(calls[process].called)
    return found


def _steps_of(called: Mapping[str, Definition]) -> dict[str, Step]:
    return {
        f"{process}/{node.id}": replace(one.steps[node.id], id=f"{process}/{node.id}")
        for process, one in called.items()
        for node in one.diagram.nodes
        if node.id
    }


def _plans_of(called: Mapping[str, Definition]) -> dict[str, Plan]:
    """The very plans of the called definitions, under names of their own."""
    return {
        f"{process}/{key}": plan
        for process, one in called.items()
        for key, plan in one.plans.items()
        if "/" not in key
    }


def _plans(
    diagram: Diagram, steps: Mapping[str, Step], rulings: Mapping[str, Ruling]
) -> dict[str, Plan]:
    plans: dict[str, Plan] = {}
    for level in (None, *(node.id for node in diagram.nodes if node.tag == "subProcess")):
        plans[level or diagram.process_id] = _Level(diagram, steps, rulings, level, plans).plan()
    return plans


class _Level:
    """The nodes and flows of a process or of one sub-process."""

    def __init__(
        self,
        diagram: Diagram,
        steps: Mapping[str, Step],
        rulings: Mapping[str, Ruling],
        container: str | None,
        plans: dict[str, Plan],
    ) -> None:
        self.diagram = diagram
        self.steps = steps
        self.rulings = rulings
        #: Where the plans of repeated activities are added.
        self.plans = plans
        self.nodes = diagram.inside(container)
        self.result = Plan(container or diagram.process_id)
        #: The spec that flows into a node lead to: a watched activity is entered by its split.
        self.entries: dict[str | None, Any] = {}
        self.exits: dict[str | None, Any] = {}

    def plan(self) -> Plan:
        for node in self.nodes:
            self.exits[node.id] = self.entries[node.id] = self._spec(node)
        for node in self.nodes:
            self._watch(node)
        for node in self.nodes:
            self._connect(node)
        return self.result

    def _spec(self, node: Node) -> Any:
        step = self.steps[node.id or ""]
        if node.loop is None:
            return self._element(self.result, node, step)
        key = f"{node.id}#each"
        each = self.plans[key] = Plan(key, FanRoot)
        each.item = self._element(each, node, step)
        each.start.connect(each.item)
        return MultiInstance(
            self.result,
            step.id,
            repetition=_repetition(node.loop),
            subworkflow_spec=key,
            **_names(step),
        )

    def _element(self, plan: Plan, node: Node, step: Step) -> Any:
        if step.id in self.rulings:
            return RuleTask(plan, step.id, script=self.rulings[step.id], **_names(step))
        return _BUILD[node.tag](plan, node, step)

    def _watch(self, node: Node) -> None:
        watchers = self.diagram.boundary(node)
        if not watchers:
            return
        split = elements.Split(self.result, f"{node.id}#split")
        for watched in (node, *watchers):
            split.connect(self.exits[watched.id])
        self.entries[node.id] = split

    def _connect(self, node: Node) -> None:
        if node.tag == "startEvent":
            self.result.start.connect(self.entries[node.id])
        for flow in self.diagram.outgoing(node):
            source, target = self.exits[node.id], self.entries[flow.target]
            if flow.condition and flow.id != node.default_flow:
                source.connect_outgoing_if(_condition(flow.condition), target)
            else:
                source.connect(target)


def _condition(text: str) -> feel.Compiled:
    return feel.compile(text.strip()[1:])


def _repetition(loop: Loop) -> Repetition:
    output = loop.output_collection and (
        loop.output_collection,
        _condition(loop.output_element or ""),
    )
    return Repetition(
        sequential=loop.sequential,
        collection=_condition(loop.collection or ""),
        element=loop.element or "",
        output=output or None,
        until=_condition(loop.until) if loop.until else None,
    )


def _text(raw: str | None) -> Text | None:
    return Text(raw) if raw and raw.strip() else None


def _names(step: Step) -> dict[str, Any]:
    return {"bpmn_name": step.name, "lane": step.lane}


def _start(plan: Plan, _node: Node, step: Step) -> Any:
    return elements.StartEvent(plan, step.id, **_names(step))


def _end(plan: Plan, node: Node, step: Step) -> Any:
    if node.event:
        return events.ThrowingEnd(plan, step.id, _thrown(node), **_names(step))
    terminate = "terminateEventDefinition" in node.events
    return elements.EndEvent(plan, step.id, terminate=terminate, **_names(step))


def _user(plan: Plan, node: Node, step: Step) -> Any:
    work = UserWork(
        step=step,
        roles=Text(node.roles or ""),
        assignee=_text(node.assignee),
        unit=_text(step.unit),
        hours=_text(step.working_hours),
        hours_online=_text(step.working_hours_online),
        priority=_text(node.priority),
    )
    return elements.UserTask(plan, step.id, work=work, **_names(step))


def _service(plan: Plan, _node: Node, step: Step) -> Any:
    return elements.ServiceTask(plan, step.id, **_names(step))


def _script(plan: Plan, node: Node, step: Step) -> Any:
    if node.script is None:
        raise ValueError("a script task without a script was not refused")
    compiled = feel.compile(node.script.expression.strip()[1:])
    script = Assignment(variable=node.script.variable, compiled=compiled)
    return elements.ScriptTask(plan, step.id, script=script, **_names(step))


def _exclusive(plan: Plan, _node: Node, step: Step) -> Any:
    return elements.ExclusiveGateway(plan, step.id, **_names(step))


def _parallel(plan: Plan, _node: Node, step: Step) -> Any:
    return elements.ParallelGateway(plan, step.id, **_names(step))


def _awaited(node: Node) -> Timer | Awaited:
    if node.event:
        return Awaited(node.event.kind, node.event.name)
    (timer,) = node.timers
    return Timer(timer.kind, Text(timer.text))


def _thrown(node: Node) -> Awaited:
    if node.event is None:
        raise ValueError("an event that throws nothing was not refused")
    return Awaited(node.event.kind, node.event.name)


def _throw(plan: Plan, node: Node, step: Step) -> Any:
    return events.ThrowEvent(plan, step.id, _thrown(node), **_names(step))


def _receive(plan: Plan, node: Node, step: Step) -> Any:
    return events.ReceiveTask(plan, step.id, _awaited(node), **_names(step))


def _event_gateway(plan: Plan, _node: Node, step: Step) -> Any:
    return events.EventGateway(plan, step.id, **_names(step))


def _inclusive(plan: Plan, _node: Node, step: Step) -> Any:
    return InclusiveGateway(plan, step.id, **_names(step))


def _catch(plan: Plan, node: Node, step: Step) -> Any:
    return events.CatchEvent(plan, step.id, _awaited(node), **_names(step))


def _boundary(plan: Plan, node: Node, step: Step) -> Any:
    return events.BoundaryEvent(
        plan,
        step.id,
        _awaited(node),
        cancel_activity=node.interrupting,
        attached_to=node.attached_to or "",
        **_names(step),
    )


def _subprocess(plan: Plan, _node: Node, step: Step) -> Any:
    return elements.SubProcess(plan, step.id, subworkflow_spec=step.id, **_names(step))


def _call(plan: Plan, node: Node, step: Step) -> Any:
    return elements.CallActivity(plan, step.id, subworkflow_spec=node.called, **_names(step))


_BUILD: Mapping[str, Callable[[Plan, Node, Step], Any]] = {
    "startEvent": _start,
    "endEvent": _end,
    "userTask": _user,
    "serviceTask": _service,
    "scriptTask": _script,
    "exclusiveGateway": _exclusive,
    "parallelGateway": _parallel,
    "inclusiveGateway": _inclusive,
    "eventBasedGateway": _event_gateway,
    "intermediateThrowEvent": _throw,
    "receiveTask": _receive,
    "sendTask": _service,
    "intermediateCatchEvent": _catch,
    "boundaryEvent": _boundary,
    "subProcess": _subprocess,
    "callActivity": _call,
}
