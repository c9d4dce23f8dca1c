"""Handing a dossier in for somebody else: who does so, and by what right (spec L-16, Q-03)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

import orjson
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from app.domain.dossiers import identity
from app.domain.dossiers.applicant import Applicant
from app.domain.dossiers.status import ApplicantKind
from app.forms import FormDefinition, read_form
from app.foundation.clock import local_date, now
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext

#: The question under which the document of authorisation is kept among the files of a dossier.
PAPER = "authorisation_document"
#: Whoever is younger is represented by his parents (Civil Code 2015, articles 21 and 136).
OF_AGE = 18
_MOST_FILES = 20


class Basis(Enum):
    """By what right somebody hands a dossier in for its owner."""

    POWER_OF_ATTORNEY = "power_of_attorney"  # giấy ủy quyền
    LEGAL_REPRESENTATIVE = "legal_representative"  # người đại diện theo pháp luật
    PARENT = "parent"  # cha, mẹ của người chưa thành niên
    STAFF = "staff"  # người của cơ quan, tổ chức, doanh nghiệp


#: Of these a document tells; that somebody is a child's parent stands in the civil register.
DOCUMENTED = frozenset({Basis.POWER_OF_ATTORNEY, Basis.LEGAL_REPRESENTATIVE, Basis.STAFF})


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """The submitter of a dossier that is somebody else's, and the ground he acts on."""

    name: str
    identity_number: str
    phone: str | None
    email: str | None
    basis: Basis
    document_number: str | None
    document_date: date | None
    #: Ids of the files of the document.
    files: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON form, for the journal, which tells of the files among those handed in."""
        told = asdict(self) | {"basis": self.basis.value}
        del told["files"]
        dated = self.document_date.isoformat() if self.document_date else None
        return told | {"document_date": dated}


class AuthorisationSchema(Schema):
    """The block about the submitter; unknown keys are refused."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": lazy_gettext("This field is not known.")}  # noqa: RUF012 - marshmallow's own convention

    name = identity.required_text(200, lazy_gettext("Enter your own full name."))
    identity_number = identity.identity_number()
    phone = identity.phone()
    email = identity.email()
    basis = fields.Enum(
        Basis,
        by_value=True,
        required=True,
        error_messages={
            "required": lazy_gettext("Choose by what right you hand this in."),
            "unknown": lazy_gettext("Choose by what right you hand this in."),
        },
    )
    document_number = identity.Text(
        load_default=None, allow_none=True, validate=identity.at_most(80)
    )
    document_date = identity.PastDay(load_default=None, allow_none=True)
    files = fields.List(
        identity.Text(validate=identity.at_most(32)),
        load_default=list,
        validate=validate.Length(max=_MOST_FILES),
    )

    @pre_load
    def tidy(self, data: Any, **_: Any) -> Any:
        """Strip white space; an empty answer is no answer."""
        return identity.tidied(data)

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Authorisation:
        """Freeze."""
        return Authorisation(**{**data, "files": tuple(data["files"])})


_SCHEMA = AuthorisationSchema()


def read_authorisation(data: Any, owner: Applicant | None) -> Authorisation:
    """Check the block of a submitter against the owner he acts for, if that one is known already.

    Raises Invalid with errors under `authorisation.<field>`, and under `applicant.<field>` where
    it is the owner for whom the basis cannot be.
    """
    try:
        found: Authorisation = _SCHEMA.load(data)
    except ValidationError as error:
        raise identity.refusal_of(error, "authorisation") from error
    errors = {**(_about_owner(found, owner) if owner else {}), **_about_document(found)}
    if errors:
        raise Invalid(errors={path: [message] for path, message in errors.items()})
    return found


def _about_owner(found: Authorisation, owner: Applicant) -> dict[str, str]:
    errors = {}
    citizen = owner.kind is ApplicantKind.CITIZEN
    if found.identity_number == owner.identity_number:
        errors["applicant.identity_number"] = gettext(
            "This is your own number. Whoever hands in his own matter does not do so for another."
        )
    if citizen and owner.birth_date is None:
        errors["applicant.birth_date"] = gettext("Enter the date of birth.")
    if found.basis is Basis.STAFF and citizen:
        errors["authorisation.basis"] = gettext(
            "Only bodies have staff. Choose another right, or another kind of applicant."
        )
    if found.basis is Basis.PARENT and not (citizen and _is_minor(owner.birth_date)):
        errors.setdefault(
            "authorisation.basis",
            gettext(
                "Parents hand in for children under %(age)s years. Whoever is older gives a"
                " power of attorney.",
                age=OF_AGE,
            ),
        )
    return errors


def _about_document(found: Authorisation) -> dict[str, str]:
    if found.basis not in DOCUMENTED:
        return {}
    errors = {}
    if found.document_date is None:
        errors["authorisation.document_date"] = gettext("Enter the date of the document.")
    if not found.files:
        errors["authorisation.files"] = gettext("Attach the document that gives you this right.")
    return errors


def _is_minor(born: date | None) -> bool:
    """Whether somebody is still under age today; unknown where the date of birth is."""
    if born is None:
        return True
    today = local_date(now())
    return (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < OF_AGE


@lru_cache(maxsize=16)
def paper_form(label: str = "-", hint: str = "") -> FormDefinition:
    """The one question for the document, so that it goes the way of every other file."""
    question = {
        "id": PAPER,
        "key": PAPER,
        "type": "filepicker",
        "label": label,
        "description": hint,
        "accept": ".pdf,.jpg,.jpeg,.png",
        "multiple": True,
        # The right decides whether it is needed; that is checked with everything else.
        "validate": {"required": True},
    }
    form = {"type": "default", "id": PAPER, "components": [question]}
    return read_form(orjson.dumps(form))
