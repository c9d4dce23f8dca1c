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
    unless the list needs that many. Validating the result again gives the same result.
    """
    if not isinstance(data, Mapping):
        raise FormInvalid(errors={"": [say("not_object", form.title or form.id)]})
    sheet = gather(form, data)
    settle(form, sheet)
    try:
        return load(form, sheet)
    except ValidationError as refusal:
        errors: Errors = messages_of(refusal)
        raise FormInvalid(errors=errors) from None
