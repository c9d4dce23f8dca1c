"""Timers: their texts in FEEL or ISO 8601, and cycles where only the first ring counts."""

import re
from typing import Any

from app.engine.importing.draft import Draft
from app.engine.importing.expressions import replace_text, translated
from app.engine.timing import parse_cycle
from app.engine.xml_parts import BPMN, children, local
from app.foundation.text import lazy_gettext

_QUOTED = re.compile(r"""=?\s*(["'])([^"'\\]*)\1""")


def translate_timers(draft: Draft) -> None:
    """Translate the timers of catching and boundary events."""
    for node in draft.nodes():
        for definition in children(node, "timerEventDefinition"):
            for holder in definition:
                if local(holder).startswith("time"):
                    _timer(draft, node, holder)


def _timer(draft: Draft, node: Any, holder: Any) -> None:
    before = "".join(holder.itertext()).strip()
    found = translated(draft, node, before)
    if found is None:
        return
    if literal := _QUOTED.fullmatch(found):
        found = literal[2]
    if found != before:
        replace_text(holder, found)
        draft.changes.info(
            "timer.text",
            node,
            lazy_gettext("The time is written as we read it."),
            before=before,
            after=found,
        )
    if local(holder) == "timeCycle" and not _may_repeat(node):
        _once(draft, node, holder, found)


def _may_repeat(node: Any) -> bool:
    return bool(local(node) == "boundaryEvent" and node.get("cancelActivity") == "false")


def _once(draft: Draft, node: Any, holder: Any, text: str) -> None:
    """An event that goes off once needs the first moment of its cycle only."""
    try:
        cycle = parse_cycle(text)
    except (ValueError, OverflowError):
        return
    parts = text.split("/")
    tag, left = ("timeDate", parts[1]) if cycle.start else ("timeDuration", parts[-1])
    holder.tag = BPMN + tag
    replace_text(holder, left)
    draft.changes.info(
        "timer.once",
        node,
        lazy_gettext("The event goes off once: only the first time of its cycle counts."),
        before=text,
        after=left,
    )
