"""Ids: every element gets one, a valid one, and one of its own."""

import re
from typing import Any

from app.engine.checking.identity import LONGEST_ID
from app.engine.importing.draft import Draft, as_name, identified
from app.engine.importing.duplicates import tell_apart
from app.engine.importing.references import rename_references
from app.engine.xml_parts import BPMN, local
from app.foundation.text import lazy_gettext

_NAME = re.compile(r"[^\W\d][\w.\-]*")


def give_ids(draft: Draft) -> None:
    """Mend ids that are no names, then those used twice, then those that are missing."""
    _mend_names(draft)
    tell_apart(draft)
    _give_missing(draft)


def _mend_names(draft: Draft) -> None:
    new: dict[str, str] = {}
    for element in identified(draft.root):
        old = element.get("id")
        if _NAME.fullmatch(old) and len(old) <= LONGEST_ID:
            continue
        if old not in new:
            new[old] = draft.new_id(as_name(old))
        element.set("id", new[old])
        if element.tag.startswith(BPMN):
            draft.changes.info(
                "id.renamed",
                element,
                lazy_gettext("The id was no valid XML name."),
                before=old,
                after=new[old],
            )
    if new:
        rename_references(draft.root, new)


def _give_missing(draft: Draft) -> None:
    if not draft.process.get("id"):
        _give(draft, draft.process, "process")
    for number, node in enumerate(draft.nodes(), start=1):
        if not node.get("id"):
            _give(draft, node, f"{local(node)}_{number}")
    for flow in draft.flows():
        if not flow.get("id"):
            _give(draft, flow, f"flow_{flow.get('sourceRef')}_{flow.get('targetRef')}")


def _give(draft: Draft, element: Any, wanted: str) -> None:
    element.set("id", draft.new_id(wanted))
    draft.changes.info(
        "id.given",
        element,
        lazy_gettext("The element had no id."),
        after=element.get("id"),
    )
