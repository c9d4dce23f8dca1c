"""Drawings that cannot be read in one way only: nothing is proven of them."""

from collections import Counter
from collections.abc import Iterator

from app.analysis.verdicts import Finding, Verdict
from app.analysis.wording import HINTS, names
from app.engine import Diagram, Flow, Node
from app.foundation.text import LazyString, lazy_gettext

#: What a boundary event may sit on; the engine's own check is narrower.
_NO_HOSTS = ("Gateway", "Event")


def ambiguities(diagram: Diagram) -> list[Finding]:
    """Everything that leaves open what the drawing means."""
    return [*_ids(diagram), *_starts(diagram), *_flows(diagram), *_boundaries(diagram)]


def levels(diagram: Diagram) -> Iterator[tuple[str | None, list[Node]]]:
    """The process and its sub-processes, each with its start events."""
    yield None, _start_events(diagram, None)
    for node in diagram.nodes:
        if node.tag == "subProcess":
            yield node.id, _start_events(diagram, node.id)


def _start_events(diagram: Diagram, level: str | None) -> list[Node]:
    return [node for node in diagram.inside(level) if node.tag == "startEvent"]


def _ids(diagram: Diagram) -> Iterator[Finding]:
    counted = Counter(subject.id or "" for subject in diagram.subjects)
    repeated = tuple(id_ for id_, times in counted.items() if id_ and times > 1)
    if repeated:
        steps = names(diagram, repeated)
        yield _finding(
            repeated, lazy_gettext("Several elements are called %(steps)s.", steps=steps)
        )
    if any(not node.id for node in diagram.nodes):
        yield _finding((), lazy_gettext("There are elements without an id."))


def _starts(diagram: Diagram) -> Iterator[Finding]:
    for level, starts in levels(diagram):
        where = names(diagram, (level or diagram.process_id,))
        if not starts:
            words = lazy_gettext("%(where)s has no start event.", where=where)
            yield _finding((level,) if level else (), words)
        if len(starts) > 1:
            words = lazy_gettext("%(where)s has more than one start event.", where=where)
            yield _finding(tuple(start.id or "" for start in starts), words)


def _flows(diagram: Diagram) -> Iterator[Finding]:
    for flow in diagram.flows:
        source = diagram.by_id.get(flow.source or "")
        target = diagram.by_id.get(flow.target or "")
        if source is None or target is None or not _can_flow(source, target):
            ends = tuple(id_ for id_ in (flow.source, flow.target) if id_)
            elements = (flow.id,) if flow.id else ends
            yield _finding(
                elements,
                lazy_gettext("The flow %(flow)s cannot be followed.", flow=_flow_name(flow)),
            )


def _can_flow(source: Node, target: Node) -> bool:
    entry = target.tag in ("startEvent", "boundaryEvent")
    return source.container == target.container and not entry and source.tag != "endEvent"


def _flow_name(flow: Flow) -> str:
    return f"“{flow.name or flow.id or ''}” ({flow.source or '?'} → {flow.target or '?'})"


def _boundaries(diagram: Diagram) -> Iterator[Finding]:
    for node in diagram.nodes:
        if node.tag == "boundaryEvent" and not _has_host(diagram, node):
            steps = names(diagram, (node.id or "",))
            words = lazy_gettext(
                "The boundary event %(steps)s is attached to no step.", steps=steps
            )
            yield _finding((node.id or "",), words)


def _has_host(diagram: Diagram, node: Node) -> bool:
    host = diagram.by_id.get(node.attached_to or "")
    return (
        host is not None and host.container == node.container and not host.tag.endswith(_NO_HOSTS)
    )


def _finding(elements: tuple[str, ...], words: LazyString) -> Finding:
    return Finding(
        verdict=Verdict.AMBIGUOUS,
        elements=elements,
        sentence=words,
        hint=HINTS[Verdict.AMBIGUOUS],
    )
