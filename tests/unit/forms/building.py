"""Builders of forms and posts for the tests of the forms wing."""

import json
from typing import Any

from werkzeug.datastructures import MultiDict

from app.forms import FieldView, FormDefinition, FormInvalid, FormUnreadable, read_form, validate

OPTIONS = [{"value": "a", "label": "Apple"}, {"value": "b", "label": "Banana"}]


def source_of(*components: dict[str, Any], **root: Any) -> str:
    return json.dumps({"type": "default", "id": "test", "components": list(components), **root})


def form_of(*components: dict[str, Any], **root: Any) -> FormDefinition:
    return read_form(source_of(*components, **root))


def field(kind: str, key: str = "x", **more: Any) -> dict[str, Any]:
    """A component with a label; containers get their key as `path`."""
    where = "path" if kind in ("group", "dynamiclist") else "key"
    values = {"values": OPTIONS} if kind in ("radio", "select", "checklist", "taglist") else {}
    return {"type": kind, where: key, "label": f"Field {key}", **values, **more}


def problems_of(*components: dict[str, Any], **root: Any) -> dict[str, list[str]]:
    try:
        form_of(*components, **root)
    except FormUnreadable as refusal:
        return refusal.errors
    return {}


def errors_of(form: FormDefinition, data: Any) -> dict[str, list[str]]:
    try:
        validate(form, data)
    except FormInvalid as refusal:
        return refusal.errors
    return {}


def post_of(*views: FieldView) -> MultiDict[str, str]:
    """What a browser sends for these views, when nothing is touched."""
    return MultiDict(pair for view in views for pair in _pairs(view))


def _pairs(view: FieldView) -> list[tuple[str, str]]:
    rows = [(row.name, "") for row in view.list_rows]
    inside = [*view.children, *(child for row in view.list_rows for child in row.children)]
    mine = [] if view.fixed else SENT.get(view.kind, _nothing)(view)
    return rows + mine + [pair for child in inside for pair in _pairs(child)]


def _nothing(_view: FieldView) -> list[tuple[str, str]]:
    return []


def _text(view: FieldView) -> list[tuple[str, str]]:
    return [(view.name, view.value)]


def _moment(view: FieldView) -> list[tuple[str, str]]:
    if view.moment == "time":
        return [(view.name, view.parts["time"])]
    return [(f"{view.name}-{part}", text) for part, text in view.parts.items()]


def _box(view: FieldView) -> list[tuple[str, str]]:
    return [(view.name, "true")] if view.checked else []


def _chosen(view: FieldView) -> list[tuple[str, str]]:
    return [(view.name, option.value) for option in view.options if option.chosen]


SENT = {
    **dict.fromkeys(("textfield", "textarea", "number"), _text),
    **dict.fromkeys(("radio", "select", "checklist", "taglist"), _chosen),
    "datetime": _moment,
    "checkbox": _box,
}
