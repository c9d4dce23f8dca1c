"""Conditions and other texts of the old languages, put into FEEL."""

from collections.abc import Callable
from typing import Any

from app import feel
from app.engine.importing import juel
from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7, children
from app.foundation.text import lazy_gettext

#: Languages whose simplest conditions read like JUEL's.
_ALIKE = ("", "juel", "groovy", "javascript", "text/javascript", "java", "http://www.java.com/java")


def translate_conditions(draft: Draft) -> None:
    """Put the condition of every flow into FEEL."""
    for flow in draft.flows():
        for holder in children(flow, "conditionExpression"):
            _condition(draft, flow, holder)


def translated(
    draft: Draft, element: Any, text: str, how: Callable[[str], str] = juel.value
) -> str | None:
    """A text in FEEL, told as a change; nothing if it cannot be translated, which is told too."""
    if not juel.is_juel(text):
        return text
    try:
        found = how(text)
    except juel.Untranslatable as error:
        draft.changes.error(
            "expression.untranslatable",
            element,
            lazy_gettext(
                "The expression cannot be translated (character %(at)s): %(reason)s",
                at=error.at,
                reason=error.reason,
            ),
            before=text,
        )
        return None
    draft.changes.info(
        "expression.translated",
        element,
        lazy_gettext("The expression is now in FEEL."),
        before=text,
        after=found,
    )
    return found


def _condition(draft: Draft, flow: Any, holder: Any) -> None:
    text = "".join(holder.itertext()).strip()
    language = (holder.get("language") or "").strip()
    if text.startswith("=") or holder.get(f"{CAMUNDA7}resource"):
        return
    if not text:
        flow.remove(holder)
        draft.changes.info(
            "condition.empty", flow, lazy_gettext("The condition was empty, and is gone.")
        )
        return
    found = _in_feel(draft, flow, text, language)
    if found:
        holder.attrib.pop("language", None)
        for child in holder:
            holder.remove(child)
        holder.text = found


def _in_feel(draft: Draft, flow: Any, text: str, language: str) -> str | None:
    if "feel" in language.lower():
        return _declared(draft, flow, text)
    if juel.is_juel(text):
        return translated(draft, flow, text, juel.condition)
    found = juel.plain_condition(text) if language.lower() in _ALIKE else None
    if found is None:
        draft.changes.error(
            "expression.words",
            flow,
            lazy_gettext("The condition is in no language that can be translated."),
            before=text,
        )
        return None
    draft.changes.warning(
        "expression.guessed",
        flow,
        lazy_gettext("The condition does not say its language. It is read as a comparison."),
        before=text,
        after=found,
    )
    return found


def _declared(draft: Draft, flow: Any, text: str) -> str | None:
    try:
        feel.compile(text)
    except feel.FeelError as error:
        draft.changes.error("expression.untranslatable", flow, str(error), before=text)
        return None
    found = f"={text}"
    draft.changes.info(
        "expression.translated",
        flow,
        lazy_gettext("The expression is now in FEEL."),
        before=text,
        after=found,
    )
    return found
