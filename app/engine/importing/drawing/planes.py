"""The plane of a drawing belongs to a collaboration or a process; some tools forget that."""

from typing import Any

from app.engine.importing.draft import Draft
from app.engine.importing.drawing.shapes import DC
from app.engine.xml_parts import BPMN, BPMNDI
from app.foundation.text import lazy_gettext

_OWNERS = ("collaboration", "process", "choreography", "globalConversation", "conversation")


def mend_planes(draft: Draft) -> None:
    """Give every plane that belongs to nothing that can be drawn to what the file is about."""
    owners = {one.get("id") for tag in _OWNERS for one in draft.root.iterchildren(BPMN + tag)}
    owners |= {level.get("id") for level in draft.root.iter(f"{BPMN}subProcess")}
    subject = next(draft.root.iterchildren(f"{BPMN}collaboration"), draft.process)
    for plane in list(draft.root.iter(f"{BPMNDI}BPMNPlane")):
        owner = (plane.get("bpmnElement") or "").rpartition(":")[2]
        if owner in draft.shut:
            _remove(plane)
        elif owner not in owners and plane.find(f".//{DC}Bounds") is not None:
            _give(draft, plane, owner, subject)


def _remove(plane: Any) -> None:
    diagram = plane.getparent()
    whole = diagram if diagram.tag == f"{BPMNDI}BPMNDiagram" else plane
    whole.getparent().remove(whole)


def _give(draft: Draft, plane: Any, owner: str, subject: Any) -> None:
    if not subject.get("id"):
        subject.set("id", draft.new_id("collaboration"))
    plane.set("bpmnElement", subject.get("id"))
    draft.changes.info(
        "picture.plane",
        subject,
        lazy_gettext("The drawing did not say what it shows."),
        before=owner,
        after=subject.get("id"),
    )
