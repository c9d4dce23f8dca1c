"""How an answer reads, as plain text: option labels, Vietnamese dates and numbers, yes and no."""

from collections.abc import Callable, Mapping
from typing import Any

from app.forms import numbers, times
from app.forms.model import Field, Kind
from app.foundation.text import gettext

FileNames = Mapping[str, str]


def lines(item: Field, value: Any, file_names: FileNames) -> tuple[str, ...]:
    """The answer as lines of text; none when there is no answer. Wrong types show as they are."""
    if value is None or value in ("", []):
        return ()
    if item.kind is Kind.FILES and isinstance(value, list):
        return tuple(file_names.get(str(file), str(file)) for file in value)
    return DISPLAYS.get(item.kind, _text)(item, value)


def _text(item: Field, value: Any) -> tuple[str, ...]:
    words = " ".join(part for part in (item.prefix, str(value), item.suffix) if part)
    return tuple(words.split("\n"))


def _number(item: Field, value: Any) -> tuple[str, ...]:
    if not numbers.is_number(value):
        return _text(item, value)
    grouped = item.properties.get("grouping") != "none"
    return _text(item, numbers.display(value) if grouped else numbers.typed(value))


def _moment(item: Field, value: Any) -> tuple[str, ...]:
    return _text(item, times.display(item, value) if isinstance(value, str) else value)


def _boolean(item: Field, value: Any) -> tuple[str, ...]:
    if not isinstance(value, bool):
        return _text(item, value)
    return (gettext("Yes") if value else gettext("No"),)


def _options(item: Field, value: Any) -> tuple[str, ...]:
    labels = {option.value: option.label for option in item.options}
    values = value if isinstance(value, list) else [value]
    return tuple(labels.get(str(one), str(one)) for one in values)


#: How each kind of answer reads; the rest is plain text.
DISPLAYS: dict[Kind, Callable[[Field, Any], tuple[str, ...]]] = {
    Kind.NUMBER: _number,
    Kind.DATETIME: _moment,
    Kind.CHECKBOX: _boolean,
    Kind.CHECKLIST: _options,
    Kind.TAGLIST: _options,
    Kind.RADIO: _options,
    Kind.SELECT: _options,
}
