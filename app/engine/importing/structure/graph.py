"""Nodes and flows of the process, who leads to whom, and how to add to them."""

from typing import Any

from lxml import etree

from app.engine.importing.draft import Draft
from app.engine.importing.drawing import Picture
from app.engine.xml_parts import BPMN, children, local


class Graph:
    """The flows of a process by their ends. Every addition is drawn, listed in its lane, and kept
    in the order of the file."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.nodes: dict[str, Any] = {}
        for node in draft.nodes():
            self.nodes.setdefault(node.get("id"), node)
        flows = draft.flows()
        self._out: dict[str, list[Any]] = {}
        self._in: dict[str, list[Any]] = {}
        for flow in flows:
            self._out.setdefault(flow.get("sourceRef") or "", []).append(flow)
            self._in.setdefault(flow.get("targetRef") or "", []).append(flow)
        elements = {one.get("id"): one for one in draft.root.iter(f"{BPMN}*") if one.get("id")}
        self.picture = Picture(draft.root, elements, draft.new_id)
        self._lanes: dict[str, list[Any]] = {}
        for reference in draft.process.iter(f"{BPMN}flowNodeRef"):
            self._lanes.setdefault((reference.text or "").strip(), []).append(reference)

    def outgoing(self, node: Any) -> list[Any]:
        """Flows that leave a node, in the order of the file."""
        return list(self._out.get(node.get("id"), ()))

    def incoming(self, node: Any) -> list[Any]:
        """Flows that reach a node, in the order of the file."""
        return list(self._in.get(node.get("id"), ()))

    def add_behind(self, node: Any, tag: str, wanted: str, flows: list[Any]) -> Any:
        """Put a new node behind another: some of its flows leave the new node from now on."""
        new = self._add(node, tag, wanted, axis=0, ahead=False)
        for flow in flows:
            self._move(flow, new, self._out, "sourceRef")
            self.picture.redock(flow, new, at_end=False)
        self.connect(node, new)
        return new

    def add_ahead(self, node: Any, tag: str, wanted: str, flows: list[Any]) -> Any:
        """Put a new node ahead of another: some of the flows to it lead to the new node."""
        new = self._add(node, tag, wanted, axis=0, ahead=True)
        for flow in flows:
            self._move(flow, new, self._in, "targetRef")
            self.picture.redock(flow, new, at_end=True)
        self.connect(new, node)
        return new

    def add_below(self, node: Any, tag: str, wanted: str) -> Any:
        """Put a new node below another and connect them; gives the new node."""
        new = self._add(node, tag, wanted, axis=1, ahead=False)
        self.connect(node, new)
        return new

    def connect(self, source: Any, target: Any) -> Any:
        """Add a flow between two nodes of one level."""
        flow = etree.Element(f"{BPMN}sequenceFlow")
        names = source.get("id"), target.get("id")
        flow.set("id", self.draft.new_id(f"flow_{names[0]}_{names[1]}"))
        flow.set("sourceRef", names[0])
        flow.set("targetRef", names[1])
        source.addnext(flow)
        self._out.setdefault(names[0], []).append(flow)
        self._in.setdefault(names[1], []).append(flow)
        self.picture.elements[flow.get("id")] = flow
        self.picture.connect(flow)
        return flow

    def remove(self, node: Any) -> None:
        """Remove a node that no flow reaches, with the flows that leave it and its picture."""
        for flow in self.outgoing(node):
            self._in[flow.get("targetRef")].remove(flow)
            self._erase(flow)
        self._out.pop(node.get("id"), None)
        del self.nodes[node.get("id")]
        for reference in self._lanes.pop(node.get("id"), ()):
            reference.getparent().remove(reference)
        self._erase(node)

    def _erase(self, element: Any) -> None:
        self.picture.erase(element.get("id"))
        element.getparent().remove(element)

    def condition(self, flow: Any) -> str | None:
        """The condition of a flow; nothing if it has none."""
        for holder in children(flow, "conditionExpression"):
            return "".join(holder.itertext()).strip() or None
        return None

    def _add(self, beside: Any, tag: str, wanted: str, *, axis: int, ahead: bool) -> Any:
        new = etree.Element(BPMN + tag)
        new.set("id", self.draft.new_id(wanted))
        beside.addnext(new)
        self.nodes[new.get("id")] = new
        self.picture.elements[new.get("id")] = new
        for reference in self._lanes.get(beside.get("id"), ()):
            made = etree.Element(f"{BPMN}flowNodeRef")
            made.text = new.get("id")
            reference.addnext(made)
            self._lanes.setdefault(made.text, []).append(made)
        self.picture.put(new, beside, axis=axis, ahead=ahead)
        return new

    def _move(self, flow: Any, new: Any, index: dict[str, list[Any]], end: str) -> None:
        index[flow.get(end)].remove(flow)
        flow.set(end, new.get("id"))
        index.setdefault(new.get("id"), []).append(flow)


def level_of(node: Any) -> Any:
    """The process or sub-process a node stands in."""
    return node.getparent()


def starts_by_itself(node: Any) -> bool:
    """Whether no flow leads to a node by its nature: event sub-processes, undoing steps."""
    triggered = node.get("triggeredByEvent") == "true" or node.get("isForCompensation") == "true"
    return triggered or bool(
        local(node) == "boundaryEvent" and children(node, "compensateEventDefinition")
    )
