"""Diagrams as people draw them who leave out gateways and ends: the meaning is the same."""

from typing import Any

from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_JOINING = ("parallelGateway", "inclusiveGateway", "eventBasedGateway")


def implicit(xml: bytes) -> bytes:
    """The same process without the gateways and end events that BPMN lets one leave out."""
    root = etree.fromstring(xml)
    for level in [*root.iter(f"{_BPMN}process"), *root.iter(f"{_BPMN}subProcess")]:
        _Level(level).leave_out()
    found: bytes = etree.tostring(root)
    return found


class _Level:
    def __init__(self, level: Any) -> None:
        self.level = level

    def leave_out(self) -> None:
        for node in list(self.level):
            into, out = self._flows("targetRef", node), self._flows("sourceRef", node)
            if node.tag == f"{_BPMN}exclusiveGateway" and len(into) > 1 and len(out) == 1:
                self._leave_out_merge(node, into, out[0])
            elif node.tag == f"{_BPMN}parallelGateway" and len(into) == 1 and len(out) > 1:
                self._leave_out_split(node, into[0], out)
            elif node.tag == f"{_BPMN}endEvent" and len(into) == 1 and not len(node):
                self._leave_out_end(node, into[0])

    def _flows(self, end: str, node: Any) -> list[Any]:
        flows = self.level.iterchildren(f"{_BPMN}sequenceFlow")
        return [flow for flow in flows if flow.get(end) == node.get("id")]

    def _node(self, name: str) -> Any:
        return next(node for node in self.level if node.get("id") == name)

    def _leave_out_merge(self, node: Any, into: list[Any], out: Any) -> None:
        target = self._node(out.get("targetRef"))
        if target.tag.removeprefix(_BPMN) in _JOINING or target is node:
            return
        for flow in into:
            flow.set("targetRef", target.get("id"))
        self.level.remove(node)
        self.level.remove(out)

    def _leave_out_split(self, node: Any, into: Any, out: list[Any]) -> None:
        source = self._node(into.get("sourceRef"))
        if source.tag.endswith("Gateway") or len(self._flows("sourceRef", source)) > 1:
            return
        for flow in out:
            flow.set("sourceRef", source.get("id"))
        self.level.remove(node)
        self.level.remove(into)

    def _leave_out_end(self, node: Any, into: Any) -> None:
        source = self._node(into.get("sourceRef"))
        if source.tag.endswith("Task") and len(self._flows("sourceRef", source)) == 1:
            self.level.remove(node)
            self.level.remove(into)
