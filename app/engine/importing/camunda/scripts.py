"""Scripts: JUEL and FEEL are taken over, program code is not."""

from typing import Any

from app import feel
from app.engine.importing import juel
from app.engine.importing.camunda.parts import look, scripts, take
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import attempt
from app.engine.importing.zeebe import extend
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

_RESULTS = ("resultVariable", "resultVariableName")


def translate_scripts(draft: Draft) -> None:
    """Translate script tasks that hold one expression."""
    for node in draft.nodes():
        if local(node) == "scriptTask" and (scripts(node) or look(node, "resource")):
            _script(draft, node)


def _script(draft: Draft, node: Any) -> None:
    language = (node.get("scriptFormat") or "").strip().lower()
    text = "".join("".join(script.itertext()) for script in scripts(node)).strip()
    result = next((value for name in _RESULTS if (value := look(node, name))), None)
    try:
        variable, found = _translated(draft, text, language, result)
    except juel.Untranslatable as error:
        draft.changes.error(
            "expression.untranslatable",
            node,
            lazy_gettext(
                "The expression cannot be translated (character %(at)s): %(reason)s",
                at=error.at,
                reason=error.reason,
            ),
            before=text,
        )
        return
    if found is None or look(node, "resource"):
        _refuse(draft, node, language, text)
        return
    for script in scripts(node):
        node.remove(script)
    take(node, *_RESULTS)
    node.attrib.pop("scriptFormat", None)
    extend(node, "script", expression=found, resultVariable=variable or "")
    draft.changes.info(
        "script.translated",
        node,
        lazy_gettext("The script is now an expression in FEEL."),
        before=text,
        after=f"{variable or '?'} {found}",
    )


def _translated(
    draft: Draft, text: str, language: str, result: str | None
) -> tuple[str | None, str | None]:
    """The variable and the expression; no expression where the language is not translated."""
    if "feel" in language:
        return result, f"={text.removeprefix('=').strip()}" if _is_feel(text) else None
    if language in ("juel", "") and juel.is_juel(text):
        return attempt(draft, text, juel.assignment) or (result, juel.value(text))
    return result, None


def _is_feel(text: str) -> bool:
    try:
        feel.compile(text.removeprefix("="))
    except feel.FeelError:
        return False
    return True


def _refuse(draft: Draft, node: Any, language: str, text: str) -> None:
    draft.changes.error(
        "script.language",
        node,
        lazy_gettext(
            "Scripts in “%(language)s” are not translated: write an expression in FEEL, or let a"
            " service do it.",
            language=language or "?",
        ),
        before=text or look(node, "resource"),
    )
