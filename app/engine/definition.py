"""A checked diagram, ready to run: shared by every thread and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from app.engine.diagram import Diagram
from app.engine.facts import Clock, Step, Variable
from app.engine.plan import Plan
from app.engine.variables import copied, is_flat


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One version of one process. Keep it: reading costs as much as a hundred steps."""

    process_id: str
    name: str
    #: Every element by its BPMN id, in the order of the file.
    steps: Mapping[str, Step]
    #: Names that some expression of the diagram reads; only these may route the process.
    variables: frozenset[str]
    #: Ids of the forms that user tasks ask for.
    forms: frozenset[str]
    #: The graph itself, for soundness proofs and time budgets.
    diagram: Diagram
    #: Definitions that call activities reach, directly or not, by process id. Their steps are in
    #: `steps` too, as `process/element`.
    called: Mapping[str, "Definition"] = field(default_factory=dict)
    #: What the library runs, by process or sub-process id; nobody outside this wing reads it.
    plans: Mapping[str, Plan] = field(repr=False, compare=False)


def clock_at(definition: Definition, step: str) -> Clock:
    """What the statutory clock does while the process waits at a step.

    A sub-process around it that does not let the clock run stops it for all that is inside.
    """
    process, _, element = step.rpartition("/")
    home = definition.called[process] if process else definition
    node = home.diagram.by_id.get(element)
    while node is not None and node.id:
        clock = home.steps[node.id].clock
        if clock != "run":
            return clock
        node = home.diagram.by_id.get(node.container or "")
    return "run"


def routing(definition: Definition, data: Mapping[str, object]) -> dict[str, Variable]:
    """The part of some data that may enter the process, sorted by name.

    Only flat values (text, number, truth value, nothing, or a list of these) whose names occur in
    an expression of the diagram pass; the rest stays in the forms, where it belongs.
    """
    return {
        name: copied(cast(Variable, data[name]))
        for name in sorted(definition.variables & data.keys())
        if is_flat(data[name])
    }
