"""Repeated activities: lists, numbers, items and the condition to stop."""

import re
from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import look, take
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import replace_text, translated
from app.engine.importing.zeebe import extend, extension
from app.engine.xml_parts import children, local, text_of
from app.foundation.text import lazy_gettext

_MARKER = "multiInstanceLoopCharacteristics"
#: The name of an item nobody named.
_ITEM = "item"
_DROPPED = ("loopDataInputRef", "inputDataItem", "loopCardinality")


def translate_repeats(draft: Draft) -> None:
    """Translate the markers of repeated activities."""
    for node in draft.nodes():
        for marker in children(node, _MARKER):
            _default(draft, node, marker)
            if extension(marker, "loopCharacteristics") is None:
                _repeat(draft, node, marker)
            _until(draft, node, marker)


def _default(draft: Draft, node: Any, marker: Any) -> None:
    if marker.get("behavior") == "All":
        del marker.attrib["behavior"]
        draft.changes.info(
            "loop.behavior",
            node,
            lazy_gettext("The activity is over when all its instances are, as it is anyway."),
            before="behavior=All",
        )


def _repeat(draft: Draft, node: Any, marker: Any) -> None:
    before = _told(marker)
    collection = _collection(draft, node, marker)
    if collection is None:
        return
    element = look(marker, "elementVariable")
    for item in children(marker, "inputDataItem"):
        element = element or item.get("name") or item.get("id")
    take(marker, "collection", "elementVariable")
    for child in [child for child in marker if local(child) in _DROPPED]:
        marker.remove(child)
    extend(marker, "loopCharacteristics", inputCollection=collection, inputElement=element or _ITEM)
    draft.changes.info(
        "loop.collection",
        node,
        lazy_gettext("What the activity is repeated for is written as in Camunda 8."),
        before=before,
        after=f"{element or _ITEM} in {collection}",
    )


def _told(marker: Any) -> str:
    told = (
        look(marker, "collection"),
        look(marker, "elementVariable"),
        text_of(marker, "loopDataInputRef"),
        text_of(marker, "loopCardinality"),
    )
    return ", ".join(part.strip() for part in told if part and part.strip())


def _collection(draft: Draft, node: Any, marker: Any) -> str | None:
    listed = look(marker, "collection") or (text_of(marker, "loopDataInputRef") or "").strip()
    if listed:
        named = listed if juel.is_juel(listed) else f"${{{listed}}}"
        return translated(draft, node, named)
    number = (text_of(marker, "loopCardinality") or "").strip()
    if re.fullmatch(r"\d{1,3}", number):
        return "=[]" if int(number) == 0 else f"=for i in 1..{int(number)} return i"
    if not juel.is_juel(number):
        return None
    found = translated(draft, node, number)
    if found is None or not found.startswith("="):
        return None
    return f"=if {found[1:]} >= 1 then for i in 1..{_bracketed(found[1:])} return i else []"


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else f"({text})"


def _until(draft: Draft, node: Any, marker: Any) -> None:
    for holder in children(marker, "completionCondition"):
        text = "".join(holder.itertext()).strip()
        if not text:
            marker.remove(holder)
        elif juel.is_juel(text) and (found := translated(draft, node, text, juel.condition)):
            replace_text(holder, found)
