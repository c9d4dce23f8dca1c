"""Answers that are chosen: yes or no, one of the options, several of them, files."""

from typing import Any

from marshmallow import ValidationError

from app.forms.model import Field, Kind
from app.forms.texts import has_control
from app.forms.words import missing, say

MAX_FILE_ID = 200


def check_boolean(item: Field, value: Any) -> bool:
    """True or False; a required box must be ticked."""
    if not isinstance(value, bool):
        raise ValidationError(say("not_boolean", item.label))
    if item.rules.required and not value:
        raise ValidationError(missing(item))
    return value


def check_one(item: Field, value: Any) -> str:
    """The value of one option."""
    if not isinstance(value, str) or value not in {option.value for option in item.options}:
        raise ValidationError(say("not_option", item.label))
    return value


def check_many(item: Field, value: Any) -> list[str]:
    """The values of several options, in the order of the form."""
    chosen = _texts(item, value)
    if not set(chosen) <= {option.value for option in item.options}:
        raise ValidationError(say("not_option", item.label))
    ensure_count(item, len(chosen), "few_choices", "many_choices")
    return [option.value for option in item.options if option.value in chosen]


def check_files(item: Field, value: Any) -> list[str]:
    """Ids of stored files; that they exist and belong here is for the caller to check."""
    files = _texts(item, value)
    if any(len(text) > MAX_FILE_ID or has_control(text, lines=False) for text in files):
        raise ValidationError(say("not_list", item.label))
    ensure_count(item, len(files), "upload", "many_files")
    return files


def ensure_count(item: Field, count: int, few: str, many: str) -> None:
    """Refuse too few or too many; nothing at all is allowed where nothing is required."""
    rules = item.rules
    least = max(rules.min_items, int(rules.required))
    if count == 0 and rules.required and item.kind is not Kind.LIST:
        raise ValidationError(missing(item))
    if count < least:
        raise ValidationError(say(few, item.label, limit=least))
    if rules.max_items is not None and count > rules.max_items:
        raise ValidationError(say(many, item.label, limit=rules.max_items))


def _texts(item: Field, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValidationError(say("not_list", item.label))
    if len(set(value)) != len(value):
        raise ValidationError(say("twice", item.label))
    return value
