"""What a machine does: topics become service types; program code needs a handler of ours."""

from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import look, parts, remove, take, text_of_part
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import attempt
from app.engine.importing.zeebe import extend, extension
from app.engine.xml_parts import BPMN, local
from app.foundation.text import lazy_gettext

_TAGS = ("serviceTask", "sendTask", "businessRuleTask")
_CODE = ("class", "delegateExpression", "expression")
_RESULTS = ("resultVariable", "resultVariableName")
_EXTERNAL = ("external", "external-worker")


def translate_services(draft: Draft) -> None:
    """Give each service task the type of its handler, as far as the file or the analyst says."""
    for node in draft.nodes():
        if local(node) in _TAGS:
            _service(draft, node)


def _service(draft: Draft, node: Any) -> None:
    kind = look(node, "type")
    code = next((value for name in _CODE if (value := look(node, name))), None)
    called = look(node, "topic") if kind in _EXTERNAL else code or kind
    if called is None and local(node) != "businessRuleTask" and _lacks_type(node):
        called = node.get("id") if node.get("id") in draft.wishes.services else None
    if called is None:
        return
    services = draft.wishes.services
    if wished := services.get(node.get("id")) or services.get(called):
        _handled(draft, node, called, wished)
    elif kind in _EXTERNAL and not juel.is_juel(called):
        _handled(draft, node, called, called)
    elif not (look(node, "expression") and _as_script(draft, node)):
        draft.changes.error(
            "service.needs-type",
            node,
            lazy_gettext(
                "A handler of ours has to do what this program code did: enter its type, or"
                " import with --service."
            ),
            before=called,
        )


def _lacks_type(node: Any) -> bool:
    found = extension(node, "taskDefinition")
    return found is None or not found.get("type")


def _handled(draft: Draft, node: Any, called: str, service: str) -> None:
    take(node, "type", "topic", *_CODE)
    extend(node, "taskDefinition", type=service)
    for field in parts(node, "field"):
        draft.changes.warning(
            "service.field-lost",
            node,
            lazy_gettext("The handler does not get this value: it reads the dossier."),
            before=text_of_part(field),
        )
        remove(field)
    if result := take(node, *_RESULTS):
        draft.changes.warning(
            "service.result-lost",
            node,
            lazy_gettext("The handler itself names the variables of its result."),
            before=result,
        )
    _be(draft, node, "serviceTask", "businessRuleTask")
    draft.changes.info(
        "service.type",
        node,
        lazy_gettext("The handler is named by its type."),
        before=called,
        after=service,
    )


def _as_script(draft: Draft, node: Any) -> bool:
    """Turn a service that only reckons into a script; says whether it could."""
    expression = look(node, "expression") or ""
    result = next((value for name in _RESULTS if (value := look(node, name))), None)
    try:
        assigned = attempt(draft, expression, juel.assignment)
        variable, found = assigned or (result, juel.value(expression) if result else None)
    except juel.Untranslatable:
        return False
    if not (variable and found and found.startswith("=")):
        return False
    take(node, "expression", *_RESULTS)
    extend(node, "script", expression=found, resultVariable=variable)
    _be(draft, node, "scriptTask", *_TAGS)
    draft.changes.info(
        "service.script",
        node,
        lazy_gettext("The step only works out a value: it is a script task now."),
        before=expression,
        after=f"{variable} {found}",
    )
    return True


def _be(draft: Draft, node: Any, tag: str, *old: str) -> None:
    if local(node) not in old or local(node) == tag:
        return
    before = local(node)
    node.tag = BPMN + tag
    draft.changes.info(
        "element.kind",
        node,
        lazy_gettext("The element has another kind now."),
        before=before,
        after=tag,
    )
