"""Text answers: tidied (trimmed, composed Vietnamese letters), then measured and matched."""

import re
import unicodedata
from typing import Any

from marshmallow import ValidationError

from app.forms.model import Field, Kind
from app.forms.words import say
from app.foundation.text import plain

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,190}$)(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"0\d{9,10}|\+\d{8,15}")
_FORMATS = {"email": _EMAIL, "phone": _PHONE}


def tidy(item: Field, text: str) -> str:
    """`text` as people see it: composed letters, no outer spaces, no invisible signs.

    A phone number is kept without separators.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = plain(text).strip()
    if item.rules.format == "phone" and len(text) <= 100:
        text = re.sub(r"[\s.()-]", "", text)
    return text


def check(item: Field, value: Any) -> str:
    """The text, or ValidationError with what to do."""
    if not isinstance(value, str):
        raise ValidationError(say("not_text", item.label))
    rules = item.rules
    if len(value) > rules.max_length:
        raise ValidationError(say("too_long", item.label, limit=rules.max_length))
    if has_control(value, lines=item.kind is Kind.TEXTAREA):
        raise ValidationError(say("control", item.label))
    if rules.min_length is not None and len(value) < rules.min_length:
        raise ValidationError(say("too_short", item.label, limit=rules.min_length))
    if rules.format and not _FORMATS[rules.format].fullmatch(value):
        raise ValidationError(say(rules.format, item.label))
    if rules.pattern and not rules.pattern.fullmatch(value):
        raise ValidationError(rules.pattern_hint or say("pattern", item.label))
    return value


def has_control(text: str, *, lines: bool) -> bool:
    """Whether `text` holds what no keyboard writes: control characters or lone surrogates."""
    allowed = "\n\t" if lines else ""
    return any(
        unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in text
    )
