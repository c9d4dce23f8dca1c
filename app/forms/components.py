"""Reads one component of a form-js file: what every kind has, and what each kind adds."""

import re
from collections.abc import Callable
from typing import Any

from app import feel
from app.forms.markdown import render
from app.forms.model import CHOICES, INPUTS, Condition, Kind, Moment, Option
from app.forms.raw import Raw
from app.forms.rules import MAX_ITEMS
from app.foundation.errors import HouseError
from app.foundation.text import lazy_gettext

NO_KEY = lazy_gettext("The component needs a key.")
BAD_KEY = lazy_gettext("“%(key)s” cannot be a key: letters, digits and _ , parts joined by dots.")
RESERVED = lazy_gettext("“%(key)s” is reserved; choose another key.")
NO_LABEL = lazy_gettext("The component needs a label, or people cannot know what is asked.")
NO_OPTIONS = lazy_gettext("The component needs at least one option in “values”.")
DYNAMIC_OPTIONS = lazy_gettext("“%(key)s” is not supported: list the options in “values”.")
BAD_OPTION = lazy_gettext("Each option needs a value and a label, both of them texts.")
SAME_OPTION = lazy_gettext("Two options have the value “%(value)s”.")
BAD_CONDITION = lazy_gettext("conditional.hide cannot be understood: %(cause)s")
NO_EXPRESSION = lazy_gettext("conditional.hide must be a FEEL expression that begins with “=”.")
BAD_SUBTYPE = lazy_gettext("“%(value)s” is no subtype; use date, time or datetime.")
BAD_TIME_FORMAT = lazy_gettext("timeSerializingFormat must be no_timezone or utc_offset.")
AS_STRING = lazy_gettext("serializeToString is not supported: numbers are kept as numbers.")
NOT_REPEATING = lazy_gettext("A list that does not repeat is a group: use a group.")
BAD_ACCEPT = lazy_gettext("“accept” must list file name endings such as .pdf,.jpg.")
NEVER_ANSWERED = lazy_gettext("Nobody can answer a required field that is disabled or read-only.")

Extras = dict[str, Any]

_KEY = re.compile(r"\w+(\.\w+)*", re.ASCII)
_ACCEPT = re.compile(r"[\w.+*/-]{1,80}(\s*,\s*[\w.+*/-]{1,80})*")
MAX_KEY = 100


def read_common(raw: Raw, kind: Kind, parent: tuple[str, ...]) -> Extras:
    """What every kind has, and what only `kind` has, as keyword arguments of Field."""
    extras = {
        "kind": kind,
        "label": _label(raw, kind),
        "hint": raw.text("description"),
        "path": _path(raw, kind, parent),
        "hide": _condition(raw),
        "disabled": raw.flag("disabled"),
        "readonly": raw.flag("readonly"),
        "properties": _properties(raw),
        **EXTRAS.get(kind, _nothing)(raw),
    }
    if kind in CHOICES:
        extras["options"] = _options(raw)
    if kind in INPUTS - {Kind.LIST}:
        extras["default"] = raw.source.get("defaultValue")
    return extras


def ensure_answerable(raw: Raw, extras: Extras) -> None:
    """A required answer that people cannot give would stop every case."""
    fixed = extras["disabled"] or (extras["readonly"] and extras.get("default") is None)
    if fixed and extras["rules"].required:
        raw.refuse(NEVER_ANSWERED)


def _label(raw: Raw, kind: Kind) -> str:
    label = raw.text("label", limit=500)
    if not label and kind in INPUTS and "label" not in raw.problems.found.get(raw.where, []):
        label = raw.text("dateLabel") or raw.text("timeLabel")
        if not label:
            raw.refuse(NO_LABEL)
    return label


def _path(raw: Raw, kind: Kind, parent: tuple[str, ...]) -> tuple[str, ...]:
    if kind not in INPUTS and kind is not Kind.GROUP:
        return ()
    name = "path" if kind in (Kind.GROUP, Kind.LIST) else "key"
    key = raw.text(name)
    if not key:
        if kind is not Kind.GROUP:
            raw.refuse(NO_KEY)
        return parent
    if not _KEY.fullmatch(key) or len(key) > MAX_KEY:
        raw.refuse(BAD_KEY, key=key[:MAX_KEY])
        return parent
    if not parent and (key.startswith("_") or key == "csrf_token"):
        raw.refuse(RESERVED, key=key)
    return (*parent, *key.split("."))


def _condition(raw: Raw) -> Condition | None:
    source = raw.inner("conditional").source.get("hide")
    if source is None or source is False or source == "":
        return None
    if not isinstance(source, str):
        raw.refuse(NO_EXPRESSION)
        return None
    try:
        compiled = feel.compile_zeebe(source)
    except HouseError as cause:
        raw.refuse(BAD_CONDITION, cause=cause)
        return None
    if compiled is None:
        raw.refuse(NO_EXPRESSION)
        return None
    return Condition(source=source, compiled=compiled)


def _properties(raw: Raw) -> dict[str, str]:
    custom = raw.inner("properties").source
    return {str(key): str(value) for key, value in custom.items() if isinstance(value, str | int)}


def _options(raw: Raw) -> tuple[Option, ...]:
    for key in ("valuesKey", "valuesExpression"):
        if raw.source.get(key):
            raw.refuse(DYNAMIC_OPTIONS, key=key)
            return ()
    options: dict[str, Option] = {}
    for item in raw.items("values"):
        if not _is_option(item):
            raw.refuse(BAD_OPTION)
        elif item["value"] in options:
            raw.refuse(SAME_OPTION, value=item["value"])
        else:
            label = item["label"].strip()
            options[item["value"]] = Option(value=item["value"], label=label)
    if not raw.items("values"):
        raw.refuse(NO_OPTIONS)
    return tuple(options.values())


def _is_option(item: object) -> bool:
    texts = [item.get("value"), item.get("label")] if isinstance(item, dict) else []
    return bool(texts) and all(
        isinstance(text, str) and text == text.strip() != "" and len(text) <= 500 for text in texts
    )


def _nothing(_raw: Raw) -> Extras:
    return {}


def _text(raw: Raw) -> Extras:
    return {"content": render(raw.text("text", limit=20_000))}


def _affixes(raw: Raw) -> Extras:
    appearance = raw.inner("appearance")
    return {"prefix": appearance.text("prefixAdorner"), "suffix": appearance.text("suffixAdorner")}


def _number(raw: Raw) -> Extras:
    if raw.flag("serializeToString"):
        raw.refuse(AS_STRING)
    return _affixes(raw)


def _datetime(raw: Raw) -> Extras:
    subtype = raw.text("subtype") or "date"
    if subtype not in set(Moment):
        raw.refuse(BAD_SUBTYPE, value=subtype)
        return {}
    serialised = raw.text("timeSerializingFormat") or "no_timezone"
    if serialised not in ("no_timezone", "utc_offset"):
        raw.refuse(BAD_TIME_FORMAT)
    return {"moment": Moment(subtype), "offset": serialised == "utc_offset"}


def _list(raw: Raw) -> Extras:
    if not raw.flag("isRepeating", default=True):
        raw.refuse(NOT_REPEATING)
    repetitions = raw.count("defaultRepetitions", MAX_ITEMS)
    return {
        "growable": raw.flag("allowAddRemove", default=True),
        "repetitions": 1 if repetitions is None else repetitions,
    }


def _files(raw: Raw) -> Extras:
    accept = raw.text("accept")
    if accept and not _ACCEPT.fullmatch(accept):
        raw.refuse(BAD_ACCEPT)
    return {"accept": accept, "multiple": raw.flag("multiple")}


#: What only one kind has.
EXTRAS: dict[Kind, Callable[[Raw], Extras]] = {
    Kind.TEXT: _text,
    Kind.TEXTFIELD: _affixes,
    Kind.NUMBER: _number,
    Kind.DATETIME: _datetime,
    Kind.LIST: _list,
    Kind.FILES: _files,
}
