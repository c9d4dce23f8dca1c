"""The one question every door asks: do these answers fit this form?"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from app.forms.answers import load, messages_of
from app.forms.errors import Errors, FormInvalid
from app.forms.hiding import settle
from app.forms.model import FormDefinition
from app.forms.paths import look_up
from app.forms.sheet import gather
from app.forms.words import say


def validate(
    form: FormDefinition, data: Mapping[str, Any], *, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The answers, checked and tidied, as JSON-able data; raises FormInvalid with errors by path.

    Values of hidden questions are dropped. An unticked box is False and nothing chosen is `[]`;
    every other unanswered question is absent. Rows in which nothing was answered are dropped,
    unless the list needs that many. What is sent for a read-only or disabled question is dropped,
    since clients send back what they were shown; a read-only default is part of the result.
    Validating the result again gives the same result.

    `known` are answers the house holds: what such questions showed. Conditions see them, the result
    does not have them.
    """
    if not isinstance(data, Mapping):
        raise FormInvalid(errors={"": [say("not_object", form.title or form.id)]})
    sheet = gather(form, data, ours=False)
    shown = {item.name: look_up(known, item.path) for item in form.inputs if item.fixed}
    shown = {name: value for name, value in shown.items() if value is not None}
    sheet.values |= shown
    settle(form, sheet)
    sheet.values = {name: value for name, value in sheet.values.items() if name not in shown}
    try:
        return load(form, sheet)
    except ValidationError as refusal:
        errors: Errors = messages_of(refusal)
        raise FormInvalid(errors=errors) from None
