"""Conditions and other texts of the old languages, put into FEEL."""

from collections.abc import Callable
from typing import Any, TypeVar

from app import feel
from app.engine.importing import juel
from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7, children
from app.foundation.text import lazy_gettext

_Found = TypeVar("_Found")

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
    if text.lstrip().startswith("=") or not juel.is_juel(text):
        return text
    try:
        found = attempt(draft, text, how)
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


def attempt(draft: Draft, text: str, how: Callable[[str], _Found]) -> _Found:
    """What becomes of an old expression; no file gets more than its share of the time.

    Raises Untranslatable.
    """
    draft.expressions -= len(text)
    if draft.expressions < 0:
        raise juel.Untranslatable(1, lazy_gettext("The file has too many expressions."))
    return how(text)


def replace_text(holder: Any, text: str) -> None:
    """Let an element say something else, in the language of the house."""
    holder.attrib.pop("language", None)
    for child in list(holder):
        holder.remove(child)
    holder.text = text


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
        replace_text(holder, found)


def _in_feel(draft: Draft, flow: Any, text: str, language: str) -> str | None:
    if "feel" in language.lower():
        return _declared(draft, flow, text)
    if juel.is_juel(text):
        return translated(draft, flow, text, juel.condition)
    alike = language.lower() in _ALIKE and len(text) <= draft.expressions
    found = attempt(draft, text, juel.plain_condition) if alike else None
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
