"""Which form a step shows: keys of files, references, and fields written in the diagram."""

import re
from typing import Any

from app.engine.importing.camunda.form_fields import form_of, has_fields, remove_fields
from app.engine.importing.camunda.parts import look, take
from app.engine.importing.draft import Draft
from app.engine.importing.expressions import translated
from app.engine.importing.zeebe import extend, extension
from app.engine.xml_parts import local
from app.foundation.text import lazy_gettext

_KEY, _REF = "formKey", "formRef"
_ENDING = re.compile(r"\.(html?|jsf|xhtml|jsp|form|json|php|vue|jsx?)$", re.IGNORECASE)


def translate_form_keys(draft: Draft) -> None:
    """Translate the forms of user tasks, and tell where those of start events belong."""
    for node in draft.nodes():
        if local(node) == "userTask":
            _user(draft, node)
        elif local(node) == "startEvent":
            _start(draft, node)


def form_id(key: str) -> str:
    """`embedded:app:forms/approve-loan.html` is the form `approve-loan`."""
    name = key.rpartition(":")[2].rpartition("/")[2]
    return re.sub(r"[^\w.\-]+", "-", _ENDING.sub("", name)).strip("-.")


def _user(draft: Draft, node: Any) -> None:
    _fields(draft, node)
    wished = draft.wishes.forms.get(node.get("id"))
    before = look(node, _KEY) or look(node, _REF)
    if before is None and (wished is None or _form(node) == wished):
        return
    found = wished or draft.wishes.forms.get(before or "") or _named(draft, node, before or "")
    if not found:
        return
    take(node, _KEY, _REF, "formRefBinding", "formRefVersion")
    extend(node, "formDefinition", formId=found)
    extend(node, "userTask")
    draft.changes.info(
        "task.form",
        node,
        lazy_gettext("The form is named by its id."),
        before=before,
        after=found,
    )


def _form(node: Any) -> str | None:
    found = extension(node, "formDefinition")
    return None if found is None else found.get("formId")


def _named(draft: Draft, node: Any, key: str) -> str | None:
    found = translated(draft, node, key)
    return found if found is None or found.startswith("=") else form_id(found)


def _fields(draft: Draft, node: Any) -> None:
    """Make a form of fields that stand in the diagram, unless the step has one of its own."""
    if not has_fields(node):
        return
    key = look(node, _KEY) or look(node, _REF)
    if key is None or key.startswith("generated"):
        take(node, _KEY)
        name = form_id(node.get("id"))
        draft.forms[name] = form_of(draft, node, name)
        extend(node, "formDefinition", formId=name)
        extend(node, "userTask")
        draft.changes.warning(
            "task.form-made",
            node,
            lazy_gettext("The fields in the diagram became a form; look it over and save it."),
            after=f"{name}.form",
        )
    remove_fields(draft, node)


def _start(draft: Draft, node: Any) -> None:
    if has_fields(node):
        name = form_id(node.get("id"))
        draft.forms[name] = form_of(draft, node, name)
        draft.changes.warning(
            "start.form-made",
            node,
            lazy_gettext(
                "The fields became a form; name it in procedure.toml as application form."
            ),
            after=f"{name}.form",
        )
        remove_fields(draft, node)
    key = take(node, _KEY, _REF, "formRefBinding", "formRefVersion")
    if key:
        draft.changes.warning(
            "start.form",
            node,
            lazy_gettext("The application form is named in procedure.toml, not in the diagram."),
            before=key,
            after=form_id(key) or None,
        )
