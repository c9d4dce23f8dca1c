"""Form fields of the old engine as form-js JSON."""

import json
import re
from typing import Any

from app.engine.importing import juel
from app.engine.importing.camunda.parts import parts, remove, text_of_part
from app.engine.importing.draft import Draft
from app.engine.xml_parts import CAMUNDA7
from app.foundation.text import lazy_gettext

_DATA, _PROPERTY = "formData", "formProperty"
_KEY = re.compile(r"[^\W_]\w*", re.ASCII)
#: What a kind of field is in form-js; anything else is a text.
_KINDS: dict[str, dict[str, Any]] = {
    "long": {"type": "number", "decimalDigits": 0},
    "integer": {"type": "number", "decimalDigits": 0},
    "int": {"type": "number", "decimalDigits": 0},
    "double": {"type": "number"},
    "boolean": {"type": "checkbox"},
    "date": {"type": "datetime", "subtype": "date"},
    "enum": {"type": "select"},
    "string": {"type": "textfield"},
}
#: Rules of a field, what they are in form-js, and for which kinds.
_RULES = {
    "minlength": ("minLength", "textfield"),
    "maxlength": ("maxLength", "textfield"),
    "min": ("min", "number"),
    "max": ("max", "number"),
}


def has_fields(node: Any) -> bool:
    """Whether a step has form fields in the diagram."""
    return bool(_fields(node))


def remove_fields(draft: Draft, node: Any) -> None:
    """Remove them, and tell of those that no form can hold."""
    for field in _fields(node):
        if not _KEY.fullmatch(field.get("id") or ""):
            draft.changes.warning(
                "form.field-lost",
                node,
                lazy_gettext("The field has no id that a form could use; add it by hand."),
                before=text_of_part(field),
            )
    for part in parts(node, _DATA, _PROPERTY):
        remove(part)


def form_of(draft: Draft, node: Any, name: str) -> str:
    """A form with the fields of a step."""
    title = (node.get("name") or "").strip() or name
    components = {
        field.get("id"): _component(draft, node, field)
        for field in _fields(node)
        if _KEY.fullmatch(field.get("id") or "")
    }
    form = {
        "type": "default",
        "id": name,
        "schemaVersion": 16,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.6.0",
        "properties": {"title": title[:300]},
        "components": list(components.values()),
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _fields(node: Any) -> list[Any]:
    data = [
        field for one in parts(node, _DATA) for field in one.iterchildren(f"{CAMUNDA7}formField")
    ]
    return [*data, *parts(node, _PROPERTY)]


def _component(draft: Draft, node: Any, field: Any) -> dict[str, Any]:
    key = field.get("id")
    kind = dict(_KINDS.get((field.get("type") or "string").lower(), _KINDS["string"]))
    found = {"id": f"field_{key}", **kind, "key": key, **_labels(field, kind)}
    if kind["type"] == "select":
        found["values"] = _options(field)
    rules, readonly = _rules(draft, node, field, kind["type"])
    if readonly:
        found["readonly"] = True
        rules.pop("required", None)
    if rules:
        found["validate"] = rules
    default = field.get("defaultValue") or field.get("default")
    if default:
        _default(draft, node, found, default)
    return found


def _labels(field: Any, kind: dict[str, Any]) -> dict[str, str]:
    label = (field.get("label") or field.get("name") or field.get("id")).strip()[:500]
    return {"dateLabel": label} if kind["type"] == "datetime" else {"label": label}


def _options(field: Any) -> list[dict[str, str]]:
    options = {
        value.get("id") or value.get("name"): value.get("name") or value.get("id")
        for value in field.iterchildren(f"{CAMUNDA7}value")
        if value.get("id") or value.get("name")
    }
    return [{"label": label, "value": value} for value, label in (options or {"-": "-"}).items()]


def _rules(draft: Draft, node: Any, field: Any, kind: str) -> tuple[dict[str, Any], bool]:
    rules: dict[str, Any] = {}
    readonly = field.get("writable") == "false"
    if field.get("required") == "true":
        rules["required"] = True
    for constraint in field.iter(f"{CAMUNDA7}constraint"):
        name, config = constraint.get("name"), (constraint.get("config") or "").strip()
        if name == "required":
            rules["required"] = True
        elif name == "readonly":
            readonly = True
        elif name in _RULES and _RULES[name][1] == kind and re.fullmatch(r"-?\d{1,9}", config):
            rules[_RULES[name][0]] = int(config)
        else:
            draft.changes.warning(
                "form.rule-lost",
                node,
                lazy_gettext("A rule of a field has no counterpart here."),
                before=f"{field.get('id')}: {text_of_part(constraint)}",
            )
    return rules, readonly


def _default(draft: Draft, node: Any, found: dict[str, Any], default: str) -> None:
    if found["type"] == "textfield" and not juel.is_juel(default):
        found["defaultValue"] = default
    elif found["type"] == "number" and re.fullmatch(r"-?\d{1,15}", default):
        found["defaultValue"] = int(default)
    elif found["type"] == "checkbox" and default in ("true", "false"):
        found["defaultValue"] = default == "true"
    else:
        draft.changes.warning(
            "form.default-lost",
            node,
            lazy_gettext("The default value of a field is not taken over."),
            before=f"{found['key']}: {default}",
        )
