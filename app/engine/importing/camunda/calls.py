"""Which process a call activity calls; variables need no mapping, because both see all of them."""

from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import parts, remove, take, text_of_part
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import translated
from app.engine.importing.zeebe import extend, extension
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

_SETTINGS = (
    *("calledElementBinding", "calledElementVersion", "calledElementVersionTag"),
    *("calledElementTenantId", "calledElementType", "sameDeployment", "fallbackToDefaultTenant"),
    *("inheritVariables", "inheritBusinessKey", "businessKey"),
)


def translate_calls(draft: Draft) -> None:
    """Translate call activities."""
    for node in draft.nodes():
        if local(node) == "callActivity":
            _called(draft, node)
            _mappings(draft, node)


def _called(draft: Draft, node: Any) -> None:
    called = (node.get("calledElement") or "").strip()
    if not called:
        return
    if extension(node, "calledElement") is not None:
        return
    found = translated(draft, node, called)
    if found is None:
        return
    process = found if found.startswith("=") else found.rpartition(":")[2]
    del node.attrib["calledElement"]
    take(node, *_SETTINGS)
    extend(node, "calledElement", processId=process)
    draft.changes.info(
        "call.process",
        node,
        lazy_gettext(
            "The called process is named as in Camunda 8; its version is that of the deployment."
        ),
        before=called,
        after=process,
    )


def _mappings(draft: Draft, node: Any) -> None:
    for mapping in parts(node, "in", "out"):
        if not _says_nothing(mapping):
            continue
        remove(mapping)
        draft.changes.info(
            "call.mapping",
            node,
            lazy_gettext("The called process sees all variables, and so does the one that calls."),
            before=text_of_part(mapping),
        )


def _says_nothing(mapping: Any) -> bool:
    if mapping.get("businessKey") or mapping.get("variables") == "all":
        return True
    source = mapping.get("source") or juel.variable_of(mapping.get("sourceExpression") or "")
    return bool(source) and source == mapping.get("target")
