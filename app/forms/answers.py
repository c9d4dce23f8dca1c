"""The marshmallow schema of a scope: one field for each question, the server-side truth.

The schema is flat (`owner.name` is one name) and marshmallow nests what it loads. It is built once
for each form and each list; hidden questions are excused by `partial`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from app.forms import choices, numbers, texts, times
from app.forms.errors import Errors
from app.forms.model import Field, Kind, Scope
from app.forms.sheet import ABSENT, Rows, Sheet, kept, tidy
from app.forms.words import missing, say


class Answer(fields.Field[Any]):
    """Checks one answer with the check of its kind; every message names the question."""

    def __init__(self, item: Field) -> None:
        super().__init__(required=item.rules.required)
        self.item = item

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:  # noqa: ARG002 - as inherited
        """Marshmallow's own complaints are all about a missing answer."""
        return ValidationError(missing(self.item))

    def _deserialize(self, value: Any, *_where: Any, **_more: Any) -> Any:
        return CHECKS[self.item.kind](self.item, value)


@lru_cache(maxsize=1024)
def schema_of(scope: Scope) -> Schema:
    """The schema of the form, or of the rows of a list."""
    answers: dict[str, fields.Field[Any]] = {item.name: Answer(item) for item in scope.inputs}
    return Schema.from_dict(answers, name="AnswersSchema")(unknown=RAISE)


def load(scope: Scope, sheet: Sheet) -> dict[str, Any]:
    """The checked answers of a settled sheet, nested; raises ValidationError with flat messages."""
    excused = tuple(item.name for item in scope.inputs if item.id in sheet.hidden)
    values = {name: value for name, value in sheet.values.items() if name not in excused}
    errors: Errors = dict(sheet.errors)
    clean: dict[str, Any] = {}
    try:
        clean = schema_of(scope).load(values, partial=excused)
    except ValidationError as refusal:
        errors.update(_flat(messages_of(refusal)))
    if errors:
        raise ValidationError(errors)
    return clean


def default_fits(item: Field) -> str | None:
    """What is wrong with the default value of `item`; None when it fits."""
    value = tidy(item, item.default)
    try:
        if value is not ABSENT:
            CHECKS[item.kind](item, value)
    except ValidationError as refusal:
        return "; ".join(str(text) for text in refusal.messages)
    return None


def _check_rows(item: Field, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, Rows):
        raise ValidationError(say("not_list", item.label))
    counted = kept(item, value)
    choices.ensure_count(item, len(counted), "few_rows", "many_rows")
    rows: list[dict[str, Any]] = []
    errors: Errors = {}
    for index, row in counted:
        try:
            rows.append(load(item, row))
        except ValidationError as refusal:
            errors.update(_prefixed(f"[{index}]", messages_of(refusal)))
    if errors:
        raise ValidationError(errors)
    return rows


def messages_of(refusal: ValidationError) -> dict[str, Any]:
    """The messages by question; a refusal of a whole sheet always has them so."""
    return refusal.messages if isinstance(refusal.messages, dict) else {"": refusal.messages}


def _prefixed(prefix: str, messages: dict[str, Any]) -> Errors:
    return {f"{prefix}.{name}" if name else prefix: texts for name, texts in messages.items()}


def _flat(messages: dict[str, Any]) -> Errors:
    """Lists answer with a mapping of their rows; their keys begin with `[0]`."""
    flat: Errors = {}
    for name, found in messages.items():
        if isinstance(found, dict):
            flat.update(
                {name + inner: [str(text) for text in inside] for inner, inside in found.items()}
            )
        else:
            flat[name] = [str(text) for text in found]
    return flat


#: How the answer to each kind of question is checked.
CHECKS: dict[Kind, Callable[[Field, Any], Any]] = {
    Kind.TEXTFIELD: texts.check,
    Kind.TEXTAREA: texts.check,
    Kind.NUMBER: numbers.check,
    Kind.DATETIME: times.check,
    Kind.CHECKBOX: choices.check_boolean,
    Kind.RADIO: choices.check_one,
    Kind.SELECT: choices.check_one,
    Kind.CHECKLIST: choices.check_many,
    Kind.TAGLIST: choices.check_many,
    Kind.FILES: choices.check_files,
    Kind.LIST: _check_rows,
}
