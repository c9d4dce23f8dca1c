"""Elements of a kind that does not run here, and the kind that means the same."""

from typing import Any

from app.engine.importing.draft import Draft
from app.engine.importing.tags import is_true
from app.engine.problems import Text
from app.engine.xml_parts import BPMN, CAMUNDA7, children, extensions, local
from app.foundation.text import lazy_gettext

#: What a kind is turned into, and what to say about it.
_STEPS: dict[str, tuple[str, Text]] = {
    "task": (
        "userTask",
        lazy_gettext("A task of no kind became a user task; change it if a machine does it."),
    ),
    "manualTask": (
        "userTask",
        lazy_gettext("A manual task became a user task: whoever does it confirms it in a form."),
    ),
}
_UNDRAWN = lazy_gettext(
    "A sub-process without any steps became a user task: draw its steps, or let it be one step."
)
_LOOP = "multiInstanceLoopCharacteristics"
_MESSAGE = "messageEventDefinition"
#: What may stand in a step of any kind.
_OF_ANY_STEP = frozenset(
    (
        *("documentation", "extensionElements", "incoming", "outgoing", "ioSpecification"),
        *("dataInputAssociation", "dataOutputAssociation", "property"),
        *("performer", "humanPerformer", "potentialOwner"),
        *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"),
    )
)
_OF_EVENTS = frozenset(("dataInput", "dataOutput", "inputSet", "outputSet"))
_DATA_LINES = frozenset(("dataInputAssociation", "dataOutputAssociation"))
#: What makes a transaction more than a sub-process.
_UNDOING = ("cancelEventDefinition", "compensateEventDefinition")


def change_kinds(draft: Draft) -> None:
    """Give every such element the kind that runs."""
    for node in draft.nodes():
        tag = local(node)
        if tag in _STEPS:
            _become(draft, node, *_STEPS[tag])
        elif tag in ("transaction", "subProcess"):
            _container(draft, node)
        elif tag == "sendTask" and children(node, _LOOP):
            message = lazy_gettext("A repeated send task is a service task.")
            _become(draft, node, "serviceTask", message)
        elif tag == "startEvent":
            _start(draft, node)
        elif tag in ("intermediateThrowEvent", "endEvent"):
            _throw(draft, node)


def _is_undrawn(node: Any) -> bool:
    """Whether a sub-process is only a name for work that nobody has drawn."""
    by_itself = is_true(node, "triggeredByEvent") or is_true(node, "isForCompensation")
    return not by_itself and all(local(child) in _OF_ANY_STEP for child in node)


def _become(draft: Draft, node: Any, tag: str, message: Text) -> None:
    before = local(node)
    if before.endswith("Event"):
        strip_event(draft, node, tag)
    node.tag = BPMN + tag
    draft.changes.warning("element.kind", node, message, before=before, after=tag)


def _container(draft: Draft, node: Any) -> None:
    if local(node) == "transaction":
        _transaction(draft, node)
    if local(node) == "subProcess" and _is_undrawn(node):
        node.attrib.pop("triggeredByEvent", None)
        _become(draft, node, "userTask", _UNDRAWN)
        draft.shut.add(node.get("id"))


def _transaction(draft: Draft, node: Any) -> None:
    inside = {local(one) for one in node.iter(f"{BPMN}*")}
    cancelled = any(
        children(one, "cancelEventDefinition")
        for one in node.getparent()
        if one.get("attachedToRef") == node.get("id")
    )
    if cancelled or inside & set(_UNDOING):
        return
    for name in ("method", "triggeredByEvent"):
        node.attrib.pop(name, None)
    message = lazy_gettext("Nothing is ever undone in the transaction: it is a sub-process.")
    _become(draft, node, "subProcess", message)


def _start(draft: Draft, node: Any) -> None:
    """A dossier begins when it is submitted; that is the message such a process waits for."""
    if node.getparent() is not draft.process or _events(node) != [_MESSAGE]:
        return
    for definition in children(node, _MESSAGE):
        node.remove(definition)
        draft.changes.warning(
            "start.message",
            node,
            lazy_gettext("The process begins when a dossier is submitted, not by a message."),
            before=definition.get("messageRef") or _MESSAGE,
        )


def _throw(draft: Draft, node: Any) -> None:
    events = _events(node)
    if events == [_MESSAGE]:
        _send(draft, node)
    elif not events and local(node) == "intermediateThrowEvent":
        message = lazy_gettext("An event that does nothing became a gateway to pass.")
        _become(draft, node, "exclusiveGateway", message)


def _send(draft: Draft, node: Any) -> None:
    """An event that sends a message is a step that sends it; an end event follows by itself."""
    (definition,) = children(node, _MESSAGE)
    for name, value in definition.items():
        if name.startswith(CAMUNDA7):
            node.set(name, value)
    holder = children(node, "extensionElements")
    for part in extensions(definition):
        if holder:
            holder[0].append(part)
    node.remove(definition)
    draft.grown.append(node)
    _become(draft, node, "sendTask", lazy_gettext("A step sends the message now."))


def strip_event(draft: Draft, node: Any, tag: str) -> None:
    """Take away what only events carry, when one becomes another kind of element.

    That is data they show for people; a gateway shows none at all.
    """
    gone = _OF_EVENTS | _DATA_LINES if tag.endswith("Gateway") else _OF_EVENTS
    for child in [child for child in node if local(child) in gone]:
        draft.gone |= {child.get("id")} - {None}
        node.remove(child)
    node.attrib.pop("parallelMultiple", None)


def _events(node: Any) -> list[str]:
    tags = [local(child) for child in node]
    return [tag for tag in tags if tag.endswith(("EventDefinition", "DefinitionRef"))]
