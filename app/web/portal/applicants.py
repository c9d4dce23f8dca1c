"""The applicant block: from the page's names to the house's, and back with the errors.

Whoever fills in the page tells of himself first. Only when he hands in for somebody else a second
part asks for that person, who is the owner of the dossier then (spec L-16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from app.domain.dossiers.applicant import Applicant, ensure_reachable, read_applicant
from app.domain.dossiers.authorisation import (
    DOCUMENTED,
    PAPER,
    Authorisation,
    Basis,
    read_authorisation,
)
from app.domain.dossiers.status import ApplicantKind
from app.domain.people.model import Person
from app.foundation.actor import Actor
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.web.form_posts import Errors
from app.web.words import word_for

#: Name of the input -> key of whoever fills in the page.
TEXTS = {
    "owner_name": "name",
    "owner_identity": "identity_number",
    "owner_phone": "phone",
    "owner_email": "email",
    "owner_address": "address",
}
#: The same of the person he acts for.
REPRESENTED = {
    "represented_name": "name",
    "represented_identity": "identity_number",
    "represented_birth_date": "birth_date",
    "represented_phone": "phone",
    "represented_email": "email",
    "represented_address": "address",
}
#: And of the right he has to do so.
RIGHT = {"basis_number": "document_number", "basis_date": "document_date"}
#: Longer than any of them may be; a draft is no place for a book.
LONGEST = 500

Typed = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Whose dossier it will be, and who acts for him."""

    owner: Applicant
    authorisation: Authorisation | None


def from_post(kept: Typed, files: list[str]) -> dict[str, Any]:
    """What was typed, right or wrong, as a draft keeps it; `kept` is what it held before.

    `files` are the ids of the document of authorisation.
    """
    typed: dict[str, Any] = _texts(TEXTS) | {"kind": _kind("owner_kind")}
    typed["on_behalf"] = bool(request.form.get("on_behalf"))
    typed["represented"] = _texts(REPRESENTED) | {"kind": _kind("represented_kind")}
    basis = request.form.get("basis", "")
    chosen = Basis[basis].value if basis in Basis.__members__ else ""
    typed["right"] = _texts(RIGHT) | {"basis": chosen, "files": files}
    if unit := kept.get("unit"):
        typed["unit"] = unit
    return typed


def answered(kept: Typed) -> int:
    """How many questions about whoever fills in the page, and whom he acts for, are answered."""
    typed = _as_now(kept)
    told = [typed.get(key) for key in TEXTS.values()]
    if typed.get("on_behalf"):
        represented, right = typed.get("represented") or {}, typed.get("right") or {}
        told += [represented.get(key) for key in REPRESENTED.values()]
        told += [right.get(key) for key in RIGHT.values()]
    return sum(map(bool, told))


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


def for_page(kept: Typed) -> dict[str, Any]:
    """The values under the names of the inputs."""
    typed = _as_now(kept)
    represented, right = typed.get("represented") or {}, typed.get("right") or {}
    return {
        **{name: typed.get(key, "") for name, key in TEXTS.items()},
        **{name: represented.get(key, "") for name, key in REPRESENTED.items()},
        **{name: right.get(key, "") for name, key in RIGHT.items()},
        "owner_kind": _name_of(ApplicantKind, typed.get("kind")),
        "represented_kind": _name_of(ApplicantKind, represented.get("kind")),
        "basis": _name_of(Basis, right.get("basis")),
        "on_behalf": typed.get("on_behalf", False),
    }


def documents(kept: Typed) -> dict[str, Any]:
    """The files of the document of authorisation, as answers of its form."""
    files = (kept.get("right") or {}).get("files")
    return {PAPER: list(files)} if files else {}


def read(kept: Typed, actor: Actor) -> Parties:
    """Check the block; raises Invalid with errors under the names of the inputs."""
    typed = _as_now(kept)
    if not typed.get("on_behalf"):
        return Parties(owner=_read_own(typed, actor), authorisation=None)
    represented, right = typed.get("represented") or {}, typed.get("right") or {}
    told = {key: typed.get(key, "") for key in ("name", "identity_number", "phone", "email")}
    told |= {"basis": right.get("basis", "")}
    if told["basis"] in {basis.value for basis in DOCUMENTED}:
        told |= {key: right.get(key, "") for key in RIGHT.values()}
        told["files"] = list(right.get("files") or ())
    errors: Errors = {}
    try:
        ensure_reachable(told["email"] or None, actor)
    except Invalid as refusal:
        errors |= _by_input(refusal.errors, _OWN)
    try:
        owner = read_applicant(_of_kind(represented))
    except Invalid as refusal:
        errors |= _by_input(refusal.errors, _REPRESENTED)
        owner = None
    try:
        authorisation = read_authorisation(told, owner)
    except Invalid as refusal:
        errors |= _by_input(refusal.errors, {**_REPRESENTED, **_RIGHT})
    if errors or owner is None:
        raise _all_of(errors)
    return Parties(owner=owner, authorisation=authorisation)


def told(owner: Applicant) -> list[tuple[str, str | None]]:
    """The owner, to read."""
    born = owner.birth_date
    return [
        (gettext("Kind of applicant"), word_for(owner.kind)),
        (gettext("Full name, or name of the body"), owner.name),
        (gettext("Identity number, or code of the body"), owner.identity_number),
        *([(gettext("Date of birth"), f"{born:%d/%m/%Y}")] if born else []),
        (gettext("Telephone"), owner.phone),
        (gettext("E-mail"), owner.email),
        (gettext("Address"), owner.address),
    ]


def _read_own(typed: Typed, actor: Actor) -> Applicant:
    errors: Errors = {}
    try:
        ensure_reachable(typed.get("email") or None, actor)
    except Invalid as refusal:
        errors |= _by_input(refusal.errors, _OWN)
    try:
        applicant = read_applicant({key: typed.get(key, "") for key in ("kind", *TEXTS.values())})
    except Invalid as refusal:
        raise _all_of(errors | _by_input(refusal.errors, _OWN)) from refusal
    if errors:
        raise _all_of(errors)
    return applicant


def _all_of(errors: Errors) -> Invalid:
    """Everything at once, from top to bottom of the page."""
    return Invalid(errors={name: errors[name] for name in _IN_ORDER if name in errors})


def _of_kind(represented: Typed) -> dict[str, Any]:
    """Only people were born."""
    asked = {key: represented.get(key, "") for key in ("kind", *REPRESENTED.values())}
    if asked["kind"] not in ("", ApplicantKind.CITIZEN.value):
        del asked["birth_date"]
    return asked


def _texts(names: Mapping[str, str]) -> dict[str, Any]:
    return {key: request.form.get(name, "").strip()[:LONGEST] for name, key in names.items()}


def _kind(name: str) -> str:
    kind = request.form.get(name, "")
    return ApplicantKind[kind].value if kind in ApplicantKind.__members__ else ""


def _name_of(kind: type[ApplicantKind] | type[Basis], value: str | None) -> str:
    return kind(value).name if value else ""


def _as_now(kept: Typed) -> Typed:
    """A draft from before the second part told of the owner first, of the submitter a name."""
    name = kept.get("submitter")
    if not name or "represented" in kept:
        return kept
    others = {key: kept[key] for key in ("kind", *TEXTS.values()) if key in kept}
    rest = {key: kept[key] for key in ("unit", "on_behalf") if key in kept}
    return {"name": name, "represented": others, **rest} if kept.get("on_behalf") else kept


_OWN = {f"applicant.{key}": name for name, key in TEXTS.items()} | {
    "applicant.kind": "owner_kind",
}
_REPRESENTED = {f"applicant.{key}": name for name, key in REPRESENTED.items()} | {
    "applicant.kind": "represented_kind",
}
_RIGHT = (
    {f"authorisation.{key}": name for name, key in TEXTS.items()}
    | {f"authorisation.{key}": name for name, key in RIGHT.items()}
    | {"authorisation.basis": "basis", "authorisation.files": PAPER}
)
#: Names of the inputs from top to bottom, in which order a summary tells of their errors.
_IN_ORDER = (*_OWN.values(), "represented_kind", *REPRESENTED, "basis", *RIGHT, PAPER)


def _by_input(errors: Errors, inputs: Mapping[str, str]) -> Errors:
    return {inputs.get(path, path): messages for path, messages in errors.items()}
