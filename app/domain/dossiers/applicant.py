"""Who hands a dossier in, checked at every door alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from app.domain.dossiers.status import ApplicantKind
from app.foundation.actor import Actor, ActorKind
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext, plain

#: Vietnamese telephone numbers, with or without the country code.
_PHONE = r"^(\+84|0)[0-9]{8,11}$"


class _Text(fields.Str):
    """Text, whose one complaint people can read."""

    default_error_messages = {"invalid": lazy_gettext("Enter text here.")}  # noqa: RUF012 - marshmallow's own convention


def _at_most(limit: int) -> validate.Length:
    return validate.Length(
        max=limit, error=lazy_gettext("Enter at most %(limit)s characters.", limit=limit)
    )


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """The owner of a dossier as told at submission."""

    name: str
    kind: ApplicantKind
    identity_number: str
    phone: str | None
    email: str | None
    address: str | None

    def as_dict(self) -> dict[str, Any]:
        """JSON form, for the journal."""
        return asdict(self) | {"kind": self.kind.value}


class ApplicantSchema(Schema):
    """The applicant block of an application; unknown keys are refused."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": lazy_gettext("This field is not known.")}  # noqa: RUF012 - marshmallow's own convention

    name = _Text(
        required=True,
        validate=validate.Length(
            min=1, max=200, error=lazy_gettext("Enter the applicant's full name.")
        ),
        error_messages={"required": lazy_gettext("Enter the applicant's full name.")},
    )
    kind = fields.Enum(
        ApplicantKind,
        by_value=True,
        load_default=ApplicantKind.CITIZEN,
        error_messages={"unknown": lazy_gettext("Choose what kind of applicant this is.")},
    )
    identity_number = _Text(
        required=True,
        validate=validate.Regexp(
            r"^[0-9A-Za-z./-]{6,40}$",
            error=lazy_gettext("Enter the number of the identity paper, for example 12 digits."),
        ),
        error_messages={"required": lazy_gettext("Enter the number of the identity paper.")},
    )
    phone = _Text(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(
            _PHONE, error=lazy_gettext("Enter a telephone number, for example 0912345678.")
        ),
    )
    email = _Text(
        load_default=None,
        allow_none=True,
        validate=[
            validate.Email(
                error=lazy_gettext("Enter an e-mail address, for example ten@example.vn.")
            ),
            _at_most(254),
        ],
    )
    address = _Text(load_default=None, allow_none=True, validate=_at_most(300))

    @pre_load
    def tidy(self, data: Any, **_: Any) -> Any:
        """Strip white space; an empty answer is no answer."""
        if not isinstance(data, Mapping):
            return data
        stripped = {k: plain(v).strip() if isinstance(v, str) else v for k, v in data.items()}
        return {k: v for k, v in stripped.items() if v not in ("", None)}

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Applicant:
        """Freeze."""
        return Applicant(**data)


_SCHEMA = ApplicantSchema()


def ensure_reachable(applicant: Applicant, actor: Actor) -> None:
    """Raise Invalid for a visitor without e-mail address: nothing else reaches him (spec R3-03)."""
    if actor.kind is ActorKind.VISITOR and applicant.email is None:
        words = gettext("Enter an e-mail address: without an account, news can only be sent there.")
        raise Invalid(errors={"applicant.email": [words]})


def read_applicant(data: Any) -> Applicant:
    """Check an applicant block; raises Invalid with errors under `applicant.<field>`."""
    try:
        return _SCHEMA.load(data)  # type: ignore[no-any-return] # post_load makes it
    except ValidationError as error:
        raise Invalid(
            errors={
                f"applicant.{name}" if name != "_schema" else "applicant": _texts(texts)
                for name, texts in error.messages_dict.items()
            }
        ) from error


def _texts(told: Any) -> list[str]:
    """Marshmallow wraps a single message in a list, unless it is one that is translated later."""
    return [str(text) for text in told] if isinstance(told, list) else [str(told)]
