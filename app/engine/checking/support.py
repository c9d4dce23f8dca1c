"""What this engine does not run yet: refused with a way out, never ignored."""

from app.engine.checking.findings import Findings, Known
from app.engine.checking.loops import REPEATABLE
from app.engine.diagram import Diagram, Node
from app.engine.steps import KINDS
from app.foundation.text import lazy_gettext

_HINTS = {
    "task": lazy_gettext("Use a user task for what a person does, or a script or service task."),
    "manualTask": lazy_gettext("Use a user task: the person confirms it in a form."),
    "inclusiveGateway": lazy_gettext("Use exclusive or parallel gateways."),
    "complexGateway": lazy_gettext("Use exclusive or parallel gateways."),
    "intermediateThrowEvent": lazy_gettext("Use a service task to send something."),
}
_REPEATED = "multiInstanceLoopCharacteristics"

_HINT = lazy_gettext("Express this step with the elements of the palette.")

#: Which event definitions an event may have; the empty tuple is a plain event.
_EVENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "startEvent": ((),),
    "endEvent": ((), ("terminateEventDefinition",)),
    "intermediateCatchEvent": (("timerEventDefinition",),),
    "boundaryEvent": (("timerEventDefinition",),),
}


def check_support(diagram: Diagram, findings: Findings, known: Known) -> None:
    """Every element, event, marker and extension is one that the engine acts on."""
    del known
    for node in diagram.nodes:
        if node.tag not in KINDS:
            findings.error(
                "element.unsupported",
                node,
                lazy_gettext("The element “%(tag)s” is not supported.", tag=node.tag),
                _HINTS.get(node.tag, _HINT),
            )
        elif node.events not in _EVENTS.get(node.tag, ((),)):
            _event(node, findings)
        _markers(node, findings)
        _foreign(node, findings)


def _event(node: Node, findings: Findings) -> None:
    findings.error(
        "event.unsupported",
        node,
        lazy_gettext(
            "This kind of event is not supported here: %(events)s.",
            events=", ".join(node.events) or "none",
        ),
        lazy_gettext("Start plainly, end plainly or with terminate, and wait with timers only."),
    )


def _markers(node: Node, findings: Findings) -> None:
    for marker in node.markers:
        if marker == _REPEATED and node.tag in REPEATABLE:
            continue
        findings.error(
            "marker.unsupported",
            node,
            lazy_gettext("The marker “%(marker)s” is not supported.", marker=marker),
            lazy_gettext("Remove the marker; draw a repetition as a loop with a gateway."),
        )


def _foreign(node: Node, findings: Findings) -> None:
    for name in node.foreign:
        if name.startswith("camunda:"):
            hint = lazy_gettext("This is a setting of Camunda 7; import the file to convert it.")
        else:
            hint = lazy_gettext("Remove the setting in the properties panel.")
        findings.error(
            "extension.unsupported",
            node,
            lazy_gettext("The setting “%(name)s” would be ignored.", name=name),
            hint,
        )
