"""Events that refer to something: it exists, someone can catch it, and nothing gets lost."""

from collections.abc import Iterator

from app.engine.checking.findings import Findings, Known
from app.engine.diagram import Diagram, Node
from app.foundation.text import lazy_gettext

_RISING = ("error", "escalation")


def check_events(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Check references, where errors and escalations are caught, and event gateways."""
    del known
    for node in diagram.nodes:
        if node.event:
            _reference(node, findings)
            if node.event.kind in _RISING:
                _rising(diagram, node, findings)
        elif node.tag == "eventBasedGateway":
            _gateway(diagram, node, findings)


def _reference(node: Node, findings: Findings) -> None:
    event = node.event
    catches_any = node.tag == "boundaryEvent" and event and event.kind in _RISING and not event.ref
    if event is None or catches_any:
        return
    if not event.name:
        findings.error(
            "event.no-reference",
            node,
            lazy_gettext("The event does not say which %(kind)s it is about.", kind=event.kind),
            lazy_gettext("Choose or create it in the properties panel, with a name or a code."),
        )
    elif event.name.startswith("="):
        findings.error(
            "event.name-computed",
            node,
            lazy_gettext("The name of a message, signal or error cannot be computed."),
            lazy_gettext("Write the name itself, without “=”."),
        )


def _rising(diagram: Diagram, node: Node, findings: Findings) -> None:
    if node.tag != "boundaryEvent":
        _caught(diagram, node, findings)
        return
    host = diagram.by_id.get(node.attached_to or "")
    # A called process is read on its own: it has to catch whatever is thrown in it.
    if host and host.tag != "subProcess":
        findings.error(
            "boundary.misplaced",
            node,
            lazy_gettext("Nothing in this step can throw an error or an escalation."),
            lazy_gettext("Attach the event to a sub-process that has such an end event."),
        )
    if node.event and node.event.kind == "error" and not node.interrupting:
        findings.error(
            "boundary.error-continues",
            node,
            lazy_gettext("An error always interrupts the sub-process it comes from."),
            lazy_gettext("Make the boundary event interrupting, or use an escalation."),
        )
    if host and any(_same(node, other) for other in _before(diagram.boundary(host), node)):
        findings.error(
            "boundary.twice",
            node,
            lazy_gettext("Two boundary events of this step catch the same."),
            lazy_gettext("Delete one of them, or give them different codes."),
        )

    if host and host.tag == "subProcess" and not _is_thrown(diagram, node, host):
        findings.warning(
            "boundary.never",
            node,
            lazy_gettext("Nothing inside throws what this event waits for."),
            lazy_gettext("Use the code of an end event inside the sub-process."),
        )


def _is_thrown(diagram: Diagram, bell: Node, host: Node) -> bool:
    inside = {host.id}
    for node in diagram.nodes:  # In the order of the file a sub-process comes before its content.
        if node.container in inside and node.id:
            inside.add(node.id)
    return any(
        node.container in inside and node.tag != "boundaryEvent" and _catches(bell, node)
        for node in diagram.nodes
    )


def _before(nodes: list[Node], node: Node) -> Iterator[Node]:
    for other in nodes:
        if other is node:
            return
        yield other


def _same(node: Node, other: Node) -> bool:
    one, two = node.event, other.event
    return bool(one and two and (one.kind, one.name) == (two.kind, two.name))


def _caught(diagram: Diagram, node: Node, findings: Findings) -> None:
    around = node.container
    seen: set[str | None] = set()
    while around is not None and around not in seen:
        seen.add(around)
        host = diagram.by_id.get(around)
        if host is None or any(_catches(bell, node) for bell in diagram.boundary(host)):
            return
        around = host.container
    findings.error(
        "event.uncaught",
        node,
        lazy_gettext("Nothing catches this error or escalation: it would be lost."),
        lazy_gettext("Attach a boundary event with the same code to the sub-process around it."),
    )


def _catches(bell: Node, node: Node) -> bool:
    caught, thrown = bell.event, node.event
    return bool(
        caught
        and thrown
        and caught.kind == thrown.kind
        and (caught.ref is None or caught.name == thrown.name)
    )


def _gateway(diagram: Diagram, node: Node, findings: Findings) -> None:
    ways = diagram.outgoing(node)
    if len(ways) < 2:
        findings.error(
            "gateway.one-event",
            node,
            lazy_gettext("The event gateway has nothing to choose from."),
            lazy_gettext("Connect it with two or more events, or leave it out."),
        )
    for flow in ways:
        target = diagram.by_id.get(flow.target or "")
        if target and not _can_be_chosen(diagram, target):
            findings.error(
                "gateway.no-event",
                flow,
                lazy_gettext("Behind an event gateway only events may stand, each for it alone."),
                lazy_gettext(
                    "Put a timer, message or signal event or an unwatched receive task there."
                ),
            )


def _can_be_chosen(diagram: Diagram, target: Node) -> bool:
    waits = target.tag in ("intermediateCatchEvent", "receiveTask")
    return waits and len(diagram.incoming(target)) == 1 and not diagram.boundary(target)
