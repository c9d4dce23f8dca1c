"""The one question every door asks: do these answers fit this form?"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from app.forms.answers import load, messages_of
from app.forms.errors import Errors, FormInvalid
from app.forms.hiding import settle
from app.forms.model import FormDefinition
from app.forms.sheet import gather
from app.forms.words import say


def validate(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, checked and tidied, as JSON-able data; raises FormInvalid with errors by path.

    Values of hidden questions are dropped. An unticked box is False and nothing chosen is `[]`;
    every other unanswered question is absent. Rows in which nothing was answered are dropped,
    unless the list needs that many. What is sent for a read-only or disabled question is dropped,
    since clients send back what they were shown. Validating the result again gives the same result.
    """
    if not isinstance(data, Mapping):
        raise FormInvalid(errors={"": [say("not_object", form.title or form.id)]})
    sheet = gather(form, data)
    for item in form.inputs:
        if item.fixed and sheet.values.pop(item.name, None) == item.default is not None:
            sheet.values[item.name] = item.default
    settle(form, sheet)
    try:
        return load(form, sheet)
    except ValidationError as refusal:
        errors: Errors = messages_of(refusal)
        raise FormInvalid(errors=errors) from None
