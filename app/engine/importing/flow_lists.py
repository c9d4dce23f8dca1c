"""The lists of flows that elements carry: they repeat what the flows say, and must agree."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.engine.importing.draft import Draft
from app.engine.xml_parts import BPMN, local
from app.foundation.text import lazy_gettext

#: What the standard puts before the lists.
_BEFORE = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
_ENDS = {"incoming": "targetRef", "outgoing": "sourceRef"}


def mend_lists(draft: Draft) -> None:
    """Bring lists that contradict the flows in line, and tell."""
    for node in _write_lists(draft):
        draft.changes.info(
            "flow.lists",
            node,
            lazy_gettext("The lists of incoming and outgoing flows did not agree with the flows."),
        )


def write_lists(draft: Draft) -> None:
    """Bring the lists in line with what other passes have done to the flows."""
    for _ in _write_lists(draft):
        pass


def _write_lists(draft: Draft) -> Iterator[Any]:
    nodes = draft.nodes()
    if not any(local(child) in _ENDS for node in nodes for child in node):
        return  # Many modelers leave them out altogether, as the standard allows.
    flows = draft.flows()
    for tag, end in _ENDS.items():
        wanted: dict[str, list[str]] = {}
        for flow in flows:
            wanted.setdefault(flow.get(end) or "", []).append(flow.get("id"))
        for node in nodes:
            if _mend(node, tag, wanted.get(node.get("id"), [])):
                yield node


def _mend(node: Any, tag: str, wanted: list[str]) -> bool:
    """Write one list of one node; says whether it was wrong."""
    old = [child for child in node if local(child) == tag]
    told = [(child.text or "").strip().rpartition(":")[2] for child in old]
    if sorted(told) == sorted(wanted):
        return False
    for child in old:
        node.remove(child)
    at = _place(node, tag)
    for offset, flow in enumerate(wanted):
        made = etree.Element(BPMN + tag)
        made.text = flow
        node.insert(at + offset, made)
    return True


def _place(node: Any, tag: str) -> int:
    before = (*_BEFORE, "incoming") if tag == "outgoing" else _BEFORE
    return sum(1 for child in node if local(child) in before)
