"""What this engine does not run yet: refused with a way out, never ignored."""

from app.engine.checking.findings import Findings, Known
from app.engine.checking.loops import REPEATABLE
from app.engine.diagram import Diagram, Node
from app.engine.steps import KINDS
from app.foundation.text import lazy_gettext

_HINTS = {
    "task": lazy_gettext("Use a user task for what a person does, or a script or service task."),
    "manualTask": lazy_gettext("Use a user task: the person confirms it in a form."),
    "complexGateway": lazy_gettext("Use exclusive or parallel gateways."),
}
_REPEATED = "multiInstanceLoopCharacteristics"

_HINT = lazy_gettext("Express this step with the elements of the palette.")

_WAITING = (("timerEventDefinition",), ("messageEventDefinition",), ("signalEventDefinition",))

#: Which event definitions an event may have; the empty tuple is a plain event.
_EVENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "startEvent": ((),),
    "endEvent": (
        *((), ("terminateEventDefinition",), ("signalEventDefinition",)),
        *(("errorEventDefinition",), ("escalationEventDefinition",)),
    ),
    "intermediateCatchEvent": _WAITING,
    "intermediateThrowEvent": (("signalEventDefinition",), ("escalationEventDefinition",)),
    "boundaryEvent": (*_WAITING, ("errorEventDefinition",), ("escalationEventDefinition",)),
}


_EVENT_HINT = lazy_gettext("Wait for a timer, a message or a signal; throw signals only.")
_EVENT_HINTS = {
    "startEvent": lazy_gettext("Begin with a plain start event."),
    "intermediateThrowEvent": lazy_gettext("To send a message use a send or service task."),
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
        _EVENT_HINTS.get(node.tag, _EVENT_HINT),
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
            hint = lazy_gettext(
                "This is a setting of Camunda 7. Import the file to convert what can be converted,"
                " and remove the rest."
            )
        else:
            hint = lazy_gettext("Remove the setting in the properties panel.")
        findings.error(
            "extension.unsupported",
            node,
            lazy_gettext("The setting “%(name)s” would be ignored.", name=name),
            hint,
        )
