"""FEEL inside a diagram: the only language the engine knows, and how the library asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from app import feel
from app.engine.clockwork import current
from app.engine.diagram import Diagram, Flow, Node
from app.engine.errors import EngineFailure
from app.engine.facts import Variable
from app.engine.scope import assign, step_id, visible
from app.engine.variables import is_flat


@dataclass(frozen=True, kw_only=True)
class Use:
    """One place of the diagram where an expression stands; `=` is already taken off."""

    owner: Node | Flow
    #: condition, script, timer, roles, assignee, priority, unit, workingHours,
    #: workingHoursOnline, slip, inputCollection, outputElement, completionCondition.
    place: str
    expression: str


def uses(diagram: Diagram) -> Iterator[Use]:
    """Every expression of a diagram; literal texts are left out."""
    for flow in diagram.flows:
        yield from _use(flow, "condition", flow.condition)
    for node in diagram.nodes:
        for place, text in _texts(node):
            yield from _use(node, place, text)


def _texts(node: Node) -> Iterator[tuple[str, str | None]]:
    yield "roles", node.roles
    yield "assignee", node.assignee
    yield "priority", node.priority
    yield "unit", node.properties.get("unit")
    yield "workingHours", node.properties.get("workingHours")
    yield "workingHoursOnline", node.properties.get("workingHoursOnline")
    yield "slip", node.properties.get("slip")
    if node.script:
        yield "script", node.script.expression
    if node.loop:
        yield "inputCollection", node.loop.collection
        yield "outputElement", node.loop.output_element
        yield "completionCondition", node.loop.until
    for timer in node.timers:
        yield "timer", timer.text


def _use(owner: Node | Flow, place: str, text: str | None) -> Iterator[Use]:
    if text and text.strip().startswith("="):
        yield Use(owner=owner, place=place, expression=text.strip()[1:])


class Text:
    """An attribute that is either a literal or, with a leading `=`, a FEEL expression."""

    def __init__(self, raw: str) -> None:
        self.literal = raw.strip()
        self.compiled = feel.compile_zeebe(self.literal)

    def value(self, task: Any) -> object:
        """The literal, or the value of the expression for a task. Raises EngineFailure."""
        return self.literal if self.compiled is None else evaluate(task, self.compiled)


def evaluate(
    task: Any, compiled: feel.Compiled, extra: Mapping[str, Variable] | None = None
) -> object:
    """The value of an expression over the variables that the task sees, and some `extra` ones."""
    try:
        seen = {**visible(task), **extra} if extra else visible(task)
        return compiled.evaluate(seen, current().now, current().calendar)
    except feel.FeelError as error:
        raise EngineFailure("expression", step=step_id(task), detail=str(error)) from error


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A script task, ready to run: the variable receives the value of the expression."""

    variable: str
    compiled: feel.Compiled


class FeelEngine:
    """The library's script engine. It never sees Python: only what `app.feel` compiled."""

    def evaluate(
        self, task: Any, expression: feel.Compiled, external_context: object = None
    ) -> bool:
        """Decide a condition; nothing (a missing variable) counts as no."""
        del external_context
        value = evaluate(task, expression)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise EngineFailure(
            "expression", step=step_id(task), detail=f"a condition gave {value!r:.80}"
        )

    def execute(self, task: Any, script: Assignment, external_context: object = None) -> bool:
        """Run a script task: one variable of the process gets a flat value."""
        del external_context
        value = feel.to_json(evaluate(task, script.compiled))
        if not is_flat(value):
            raise EngineFailure(
                "script", step=step_id(task), detail=f"{script.variable} is not a flat value"
            )
        assign(task, {script.variable: cast(Variable, value)}, made=True)
        return True
