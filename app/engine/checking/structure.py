"""Each level begins once and can end; timers sit on something they can watch."""

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Node
from app.foundation.text import lazy_gettext

_WATCHED = ("userTask", "serviceTask", "sendTask", "receiveTask", "subProcess", "callActivity")


def check_structure(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check starts, ends and boundary events on every level."""
    del known
    _level(diagram, diagram.inside(None), findings)
    for node in diagram.nodes:
        if node.tag == "subProcess":
            _level(node, diagram.inside(node.id) if node.id else [], findings)
        if node.tag == "boundaryEvent":
            _boundary(diagram, node, findings)


def _level(subject: Diagram | Node, nodes: list[Node], findings: Findings) -> None:
    starts = [node for node in nodes if node.tag == "startEvent"]
    if not starts:
        findings.error(
            "start.none",
            subject,
            lazy_gettext("There is no start event."),
            lazy_gettext("Draw one start event before the first step."),
        )
    for extra in starts[1:]:
        findings.error(
            "start.several",
            extra,
            lazy_gettext("There is more than one start event."),
            lazy_gettext("Keep one start event; choose the way behind it with a gateway."),
        )
    if not any(node.tag == "endEvent" for node in nodes):
        findings.error(
            "end.none",
            subject,
            lazy_gettext("There is no end event."),
            lazy_gettext("Draw an end event behind the last step."),
        )


def _boundary(diagram: Diagram, node: Node, findings: Findings) -> None:
    host = diagram.by_id.get(node.attached_to or "")
    if host is None or host.tag not in _WATCHED or host.container != node.container:
        findings.error(
            "boundary.detached",
            node,
            lazy_gettext("The boundary event is not attached to a step that takes time."),
            lazy_gettext("Attach it to a user task, a service task or a sub-process."),
        )
