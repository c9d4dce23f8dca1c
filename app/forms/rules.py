"""Reads what an answer must fulfil: `validate` of form-js, and a few custom properties."""

import re
from datetime import date
from re import Pattern

from app.forms.model import MANY, Kind, Rules
from app.forms.numbers import MOST_DECIMALS
from app.forms.patterns import PATTERN_LENGTH, PatternError, compile_pattern
from app.forms.raw import Raw
from app.foundation.text import lazy_gettext

UNKNOWN_FORMAT = lazy_gettext(
    "validationType “%(value)s” is not known; use email, phone or custom."
)
CROSSED = lazy_gettext("The smallest allowed value is greater than the largest.")
NOT_A_DAY = lazy_gettext("“%(key)s” must be a date such as 2026-01-31, or today.")
TOO_SMALL_STEP = lazy_gettext("“increment” must be greater than 0, with at most 10 decimals.")

#: Longest answer of each text component, in characters, when the form does not say less.
LENGTHS = {Kind.TEXTFIELD: 2000, Kind.TEXTAREA: 20_000}
#: Files, and rows of a list, that a form may ask for at most.
MAX_ITEMS = 100
DEFAULT_FILES = 10


def read_rules(raw: Raw, kind: Kind, *, multiple: bool) -> Rules:
    """The rules of the component `raw`; what cannot be used is noted as a problem."""
    validate, custom = raw.inner("validate"), raw.inner("properties")
    length = validate.count("maxLength", LENGTHS.get(kind, 2000))
    pattern = validate.text("pattern")
    if length is None:
        length = PATTERN_LENGTH if pattern else LENGTHS.get(kind, 2000)
    rules = Rules(
        required=validate.flag("required"),
        min_length=validate.count("minLength", length),
        max_length=length,
        pattern=_pattern(raw, pattern, length),
        pattern_hint=validate.text("patternErrorMessage") or custom.text("patternHint"),
        format=_format(validate),
        minimum=validate.number("min"),
        maximum=validate.number("max"),
        decimals=raw.count("decimalDigits", MOST_DECIMALS),
        increment=_increment(raw),
        min_items=_items(validate, custom, "minItems") or 0,
        max_items=_max_items(validate, custom, kind, multiple=multiple),
        earliest="today" if raw.flag("disallowPassedDates") else _day(custom, "earliest"),
        latest=_day(custom, "latest"),
    )
    _ensure_possible(raw, rules)
    return rules


def _pattern(raw: Raw, source: str, length: int) -> Pattern[str] | None:
    if not source:
        return None
    try:
        return compile_pattern(source, length)
    except PatternError as refusal:
        raw.problems.found.setdefault(raw.where, []).append(str(refusal))
        return None


def _format(validate: Raw) -> str:
    value = validate.text("validationType")
    if value not in ("", "custom", "email", "phone"):
        validate.refuse(UNKNOWN_FORMAT, value=value)
    return value if value in ("email", "phone") else ""


def _increment(raw: Raw) -> float | None:
    increment = raw.number("increment")
    if increment is not None and increment < 10**-MOST_DECIMALS:
        raw.refuse(TOO_SMALL_STEP)
        return None
    return increment


def _items(validate: Raw, custom: Raw, key: str) -> int | None:
    """The modelers know no such rule, so that it may also stand among the custom properties."""
    value = validate.count(key, MAX_ITEMS)
    return custom.count(key, MAX_ITEMS) if value is None else value


def _max_items(validate: Raw, custom: Raw, kind: Kind, *, multiple: bool) -> int | None:
    if kind not in MANY:
        return None
    value = _items(validate, custom, "maxItems")
    if kind is Kind.LIST:
        return MAX_ITEMS if value is None else value
    if kind is Kind.FILES:
        files = _items(validate, custom, "maxFiles") or value or DEFAULT_FILES
        return files if multiple else 1
    return value


def _day(custom: Raw, key: str) -> str:
    value = custom.text(key)
    if value in ("", "today"):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    custom.refuse(NOT_A_DAY, key=key)
    return ""


def _ensure_possible(raw: Raw, rules: Rules) -> None:
    pairs: tuple[tuple[float | None, float | None], ...] = (
        (rules.min_length, rules.max_length),
        (rules.minimum, rules.maximum),
        (rules.min_items, rules.max_items),
    )
    if any(low is not None and high is not None and low > high for low, high in pairs):
        raw.refuse(CROSSED)
