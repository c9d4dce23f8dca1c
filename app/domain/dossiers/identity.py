"""Fields that tell who somebody is, checked alike for the owner and for whoever acts for him."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate

from app.foundation.clock import local_date, now
from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext, plain

#: Vietnamese telephone numbers, with or without the country code.
_PHONE = r"^(\+84|0)[0-9]{8,11}$"
#: Day, month and year as people write them, or a date of ISO 8601 as programs do.
_DAYS = (
    re.compile(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
)
#: Nobody alive was born before, and no paper in force is older.
_EARLIEST = date(1900, 1, 1)


class Text(fields.Str):
    """Text, whose one complaint people can read."""

    default_error_messages = {"invalid": lazy_gettext("Enter text here.")}  # noqa: RUF012 - marshmallow's own convention


class PastDay(fields.Field[date | None]):
    """A day that has come, as `27/3/1990` or `1990-03-27`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        day = _day(str(value).strip())
        if day is None:
            raise ValidationError(lazy_gettext("Write day, month and year, for example 27/3/1990."))
        if not _EARLIEST <= day <= local_date(now()):
            raise ValidationError(lazy_gettext("Enter a date in the past."))
        return day


def at_most(limit: int) -> validate.Length:
    """Not longer than so many characters."""
    return validate.Length(
        max=limit, error=lazy_gettext("Enter at most %(limit)s characters.", limit=limit)
    )


def required_text(limit: int, message: Any) -> Text:
    """A text nobody may leave out."""
    return Text(
        required=True,
        validate=validate.Length(min=1, max=limit, error=message),
        error_messages={"required": message},
    )


def identity_number() -> Text:
    """Number of the identity paper of a person, or code of a body."""
    return Text(
        required=True,
        validate=validate.Regexp(
            r"^[0-9A-Za-z./-]{6,40}$",
            error=lazy_gettext("Enter the number of the identity paper, for example 12 digits."),
        ),
        error_messages={"required": lazy_gettext("Enter the number of the identity paper.")},
    )


def phone() -> Text:
    """A telephone number, if there is one."""
    return Text(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(
            _PHONE, error=lazy_gettext("Enter a telephone number, for example 0912345678.")
        ),
    )


def email() -> Text:
    """An e-mail address, if there is one."""
    return Text(
        load_default=None,
        allow_none=True,
        validate=[
            validate.Email(
                error=lazy_gettext("Enter an e-mail address, for example ten@example.vn.")
            ),
            at_most(254),
        ],
    )


def tidied(data: Any) -> Any:
    """Without white space around texts; an empty answer is no answer."""
    if not isinstance(data, Mapping):
        return data
    stripped = {k: plain(v).strip() if isinstance(v, str) else v for k, v in data.items()}
    return {k: v for k, v in stripped.items() if v not in ("", None)}


def refusal_of(error: ValidationError, block: str) -> Invalid:
    """What a schema complains of, under `<block>.<field>`."""
    return Invalid(
        errors={
            f"{block}.{name}" if name != "_schema" else block: _texts(texts)
            for name, texts in error.messages_dict.items()
        }
    )


def _texts(told: Any) -> list[str]:
    """Marshmallow wraps a single message in a list, unless it is one that is translated later."""
    return [str(text) for text in told] if isinstance(told, list) else [str(told)]


def _day(text: str) -> date | None:
    found = next((match for form in _DAYS if (match := form.fullmatch(text))), None)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None
