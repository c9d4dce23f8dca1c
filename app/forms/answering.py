"""How far somebody has come with a form that he has not finished."""

from collections.abc import Mapping
from typing import Any

from app.forms.hiding import settle
from app.forms.model import FormDefinition
from app.forms.sheet import filled, gather


def answered(form: FormDefinition, data: Mapping[str, Any]) -> int:
    """How many of the questions that are asked have an answer; a list counts as one question."""
    sheet = gather(form, data)
    settle(form, sheet)
    return sum(
        filled(item, sheet.values.get(item.name))
        for item in form.inputs
        if not item.fixed and item.id not in sheet.hidden
    )
