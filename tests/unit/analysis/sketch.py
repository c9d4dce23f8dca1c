"""Diagrams written as ways: the first letter of a name says what it is."""

from collections.abc import Iterable

from app.engine import Diagram, outline
from tests.support.bpmn import Bpmn

KINDS = {
    "s": "startEvent",
    "e": "endEvent",
    "t": "endEvent",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "o": "inclusiveGateway",
    "v": "eventBasedGateway",
}
TERMINATE = "<bpmn:terminateEventDefinition/>"


def sketch(
    *ways: str,
    deadlines: dict[str, str] | None = None,
    reminders: dict[str, str] | None = None,
    inside: dict[str, Iterable[str]] | None = None,
) -> Diagram:
    """A diagram of ways like `s a p b e`.

    `s` is a start, `e` an end, `t` a terminate end, `x` an exclusive, `p` a parallel, `o` an
    inclusive and `v` an event gateway; anything else is a user task, or one of `inside`: a
    sub-process and the ways in it. `deadlines` and `reminders` name the step each watches.
    """
    bpmn = Bpmn()
    inside = inside or {}
    for bell, host in (deadlines or {}).items():
        bpmn.boundary(bell, host)
    for bell, host in (reminders or {}).items():
        bpmn.boundary(bell, host, interrupting=False)
    bells = {*(deadlines or {}), *(reminders or {})}
    _draw(bpmn, ways, known={*bells, *inside}, within=inside)
    return outline(bpmn.xml())


def _draw(
    bpmn: Bpmn, ways: Iterable[str], *, known: set[str], within: dict[str, Iterable[str]]
) -> None:
    for sub, inner in within.items():
        bpmn.open(sub)
        _draw(bpmn, inner, known=set(), within={})
        bpmn.close()
    drawn = set(known)
    for way in ways:
        ids = way.split()
        for id_ in ids:
            if id_ not in drawn:
                drawn.add(id_)
                inner = TERMINATE if id_[0] == "t" else ""
                bpmn.node(KINDS.get(id_[0], "userTask"), id_, inner=inner)
        bpmn.path(*ids)
