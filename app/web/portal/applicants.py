"""The applicant block: from the page's names to the house's, and back with the errors."""

from collections.abc import Mapping
from typing import Any

from flask import request

from app.domain.dossiers.applicant import Applicant, ensure_reachable, read_applicant
from app.domain.dossiers.status import ApplicantKind
from app.domain.people.model import Person
from app.foundation.actor import Actor
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.web.words import word_for

#: Name of the input -> key of the applicant.
TEXTS = {
    "owner_name": "name",
    "owner_identity": "identity_number",
    "owner_phone": "phone",
    "owner_email": "email",
    "owner_address": "address",
}
#: Longer than any of them may be; a draft is no place for a book.
LONGEST = 500

Typed = Mapping[str, Any]


def from_post(kept: Typed) -> dict[str, Any]:
    """What was typed, right or wrong, as a draft keeps it; `kept` is what it held before."""
    typed: dict[str, Any] = {
        key: request.form.get(name, "").strip()[:LONGEST] for name, key in TEXTS.items()
    }
    kind = request.form.get("owner_kind", "")
    typed["kind"] = ApplicantKind[kind].value if kind in ApplicantKind.__members__ else ""
    typed["on_behalf"] = bool(request.form.get("on_behalf"))
    typed["submitter"] = request.form.get("submitter_name", "").strip()[:200]
    if unit := kept.get("unit"):
        typed["unit"] = unit
    return typed


def of_person(person: Person | None) -> dict[str, Any]:
    """What we know of somebody with an account, so that nobody types it again."""
    if person is None:
        return {}
    return {
        "name": person.name,
        "identity_number": person.identity_number or "",
        "phone": person.phone or "",
        "email": person.email or "",
    }


def for_page(typed: Typed) -> dict[str, Any]:
    """The values under the names of the inputs."""
    kind = typed.get("kind")
    return {name: typed.get(key, "") for name, key in TEXTS.items()} | {
        "owner_kind": ApplicantKind(kind).name if kind else "",
        "on_behalf": typed.get("on_behalf", False),
        "submitter_name": typed.get("submitter", ""),
    }


def read(typed: Typed, actor: Actor) -> Applicant:
    """Check the block; raises Invalid with errors under the names of the inputs."""
    asked = ("kind", *TEXTS.values())
    errors: dict[str, list[str]] = {}
    applicant = None
    try:
        applicant = read_applicant({key: typed.get(key, "") for key in asked})
        ensure_reachable(applicant, actor)
    except Invalid as refusal:
        errors = _by_input(refusal.errors)
    if typed.get("on_behalf") and not typed.get("submitter"):
        errors["submitter_name"] = [gettext("Enter your own full name.")]
    if errors or applicant is None:
        raise Invalid(errors=errors)
    return applicant


def submitter(typed: Typed) -> str | None:
    """Who hands it in for the owner; None when the owner does so himself."""
    return typed.get("submitter") if typed.get("on_behalf") else None


def told(applicant: Applicant, handed_in_by: str | None) -> list[tuple[str, str | None]]:
    """The block to read."""
    return [
        (gettext("Kind of applicant"), word_for(applicant.kind)),
        (gettext("Full name, or name of the body"), applicant.name),
        (gettext("Identity number, or code of the body"), applicant.identity_number),
        (gettext("Telephone"), applicant.phone),
        (gettext("E-mail"), applicant.email),
        (gettext("Address"), applicant.address),
        *([(gettext("Handed in by"), handed_in_by)] if handed_in_by else []),
    ]


def _by_input(errors: dict[str, list[str]]) -> dict[str, list[str]]:
    inputs = {f"applicant.{key}": name for name, key in TEXTS.items()}
    inputs["applicant.kind"] = "owner_kind"
    return {inputs.get(path, path): messages for path, messages in errors.items()}
