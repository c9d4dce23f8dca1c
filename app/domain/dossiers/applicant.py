"""The owner of a dossier, checked at every door alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load

from app.domain.dossiers import identity
from app.domain.dossiers.status import ApplicantKind
from app.foundation.actor import Actor, ActorKind
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """The owner of a dossier as told at submission."""

    name: str
    kind: ApplicantKind
    identity_number: str
    phone: str | None
    email: str | None
    address: str | None
    #: Asked only where somebody else hands it in for him (spec L-16).
    birth_date: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON form, for the journal; a date of birth that was not asked for is left out."""
        told = asdict(self) | {"kind": self.kind.value}
        born = told.pop("birth_date")
        return told | ({"birth_date": born.isoformat()} if born else {})


class ApplicantSchema(Schema):
    """The applicant block of an application; unknown keys are refused."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": lazy_gettext("This field is not known.")}  # noqa: RUF012 - marshmallow's own convention

    name = identity.required_text(200, lazy_gettext("Enter the applicant's full name."))
    kind = fields.Enum(
        ApplicantKind,
        by_value=True,
        load_default=ApplicantKind.CITIZEN,
        error_messages={"unknown": lazy_gettext("Choose what kind of applicant this is.")},
    )
    identity_number = identity.identity_number()
    phone = identity.phone()
    email = identity.email()
    address = identity.Text(load_default=None, allow_none=True, validate=identity.at_most(300))
    birth_date = identity.PastDay(load_default=None, allow_none=True)

    @pre_load
    def tidy(self, data: Any, **_: Any) -> Any:
        """Strip white space; an empty answer is no answer."""
        return identity.tidied(data)

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Applicant:
        """Freeze."""
        return Applicant(**data)


_SCHEMA = ApplicantSchema()


def ensure_reachable(email: str | None, actor: Actor) -> None:
    """Raise Invalid for a visitor without e-mail address: nothing else reaches him (spec R3-03)."""
    if actor.kind is ActorKind.VISITOR and email is None:
        words = gettext("Enter an e-mail address: without an account, news can only be sent there.")
        raise Invalid(errors={"applicant.email": [words]})


def read_applicant(data: Any) -> Applicant:
    """Check an applicant block; raises Invalid with errors under `applicant.<field>`."""
    try:
        return _SCHEMA.load(data)  # type: ignore[no-any-return] # post_load makes it
    except ValidationError as error:
        raise identity.refusal_of(error, "applicant") from error
