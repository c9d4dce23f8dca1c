"""Begin the new dossier that follows on one given back to a visitor, with all he had written."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.copy_file import copied
from app.actions.draft_dossier import begin_draft
from app.actions.supersede import open_to_supersede
from app.domain.documents.model import StoredFile
from app.domain.dossiers.authorisation import PAPER
from app.domain.dossiers.model import Dossier, Draft
from app.domain.inbox.rules import is_applicant
from app.domain.journal.queries import entries_of
from app.domain.people.model import Unit
from app.domain.postal.queries import choice_of
from app.domain.procedures.model import Procedure
from app.domain.procedures.queries import offer_at
from app.forms import FormDefinition, file_ids, place_files, stored_files
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.errors import Conflict
from app.foundation.storage import forget_file
from app.foundation.text import lazy_gettext
from app.queries.definitions import current_version
from app.queries.dossier_pages import UnknownDossier
from app.queries.succession import return_of


class NotGivenBack(Conflict):
    """Only what an office gave back is sent again as another dossier."""

    message = lazy_gettext(
        "This dossier was not given back to be sent again. Answer what the office asks for on its "
        "page, or begin a new application."
    )


def resubmit_dossier(session: Session, code: str, *, actor: Actor, at: datetime) -> Draft:
    """The draft of the new dossier, on the version now in force; a second call gives the same one.

    Answers stay as they were given, as far as the form still asks for them. Files are copied with
    their digests and what the scanner said; one that is in quarantine or lost is left out.
    Raises UnknownDossier, also for everybody
    but the applicant, AlreadySuperseded, NotGivenBack and NotOffered.
    """
    dossier = session.scalar(select(Dossier).where(Dossier.code == code))
    if dossier is None or not is_applicant(dossier, actor):
        raise UnknownDossier(code=code)
    work = open_to_supersede(session, dossier.id, at)
    if return_of(entries_of(session, dossier.id)) is None:
        raise NotGivenBack
    return _begun(session, dossier.id, actor) or _begin(session, work, actor, at)


def _begun(session: Session, dossier_id: int, actor: Actor) -> Draft | None:
    """What the same person, or some visitor with the same proof, has begun before."""
    return session.scalar(
        select(Draft)
        .where(
            Draft.supersedes_id == dossier_id,
            Draft.dossier_id.is_(None),
            Draft.person_id == actor.person_id
            if actor.person_id is not None
            else Draft.person_id.is_(None),
        )
        .order_by(Draft.created_at)
        .limit(1)
    )


def _begin(session: Session, work: Casework, actor: Actor, at: datetime) -> Draft:
    dossier = work.dossier
    procedure = session.get_one(Procedure, dossier.procedure_id)
    unit = session.get_one(Unit, dossier.handling_unit_id)
    offer_at(session, procedure, unit.code, local_date(at))
    version = current_version(session, procedure)
    case = version.catalogue.case(dossier.case_key)
    draft = begin_draft(session, procedure, case.key if case else None, actor=actor, at=at)
    draft.supersedes_id = dossier.id
    proofs = _proofs(session, dossier, draft, at)
    draft.applicant = _applicant(dossier, proofs) | {"unit": unit.code}
    draft.result_return = choice_of(session, dossier.id).as_dict()
    form = version.form(version.case(draft.case_key).application_form)
    draft.data = _answers(session, dossier, form, draft, at)
    session.flush()
    return draft


def _applicant(dossier: Dossier, proofs: list[str]) -> dict[str, Any]:
    """The block as a page has written it, see `web/portal/applicants`."""
    owner = {
        "kind": dossier.owner_kind.value,
        "name": dossier.owner_name,
        "identity_number": dossier.owner_identity,
        "phone": dossier.owner_phone or "",
        "email": dossier.owner_email or "",
        "address": dossier.owner_address or "",
    }
    if dossier.authorisation is None:
        return owner | {"on_behalf": False}
    return {
        "name": dossier.submitter_name,
        "identity_number": dossier.submitter_identity or "",
        "phone": dossier.submitter_phone or "",
        "email": dossier.submitter_email or "",
        "on_behalf": True,
        "represented": owner | {"birth_date": _day(dossier.owner_birth_date)},
        "right": {
            "basis": dossier.authorisation.value,
            "document_number": dossier.authorisation_number or "",
            "document_date": _day(dossier.authorisation_date),
            "files": proofs,
        },
    }


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _proofs(session: Session, dossier: Dossier, draft: Draft, at: datetime) -> list[str]:
    """Copies of the document by which somebody else acts for the owner."""
    held = session.scalars(
        select(StoredFile.id).where(
            StoredFile.dossier_id == dossier.id,
            StoredFile.field_key == PAPER,
            StoredFile.step.is_(None),
        )
    ).all()
    return list(_copies(session, held, dossier, draft, at).values())


def _answers(
    session: Session, dossier: Dossier, form: FormDefinition, draft: Draft, at: datetime
) -> dict[str, Any]:
    """The answers the form asks for, with copies in the places of their files."""
    asked = {item.path[0] for item in form.inputs}
    data = {key: value for key, value in dossier.data.items() if key in asked}
    copies = _copies(session, file_ids(form, data), dossier, draft, at)
    placed = {
        path: [copies[one] for one in ids if one in copies]
        for path, ids in stored_files(form, data).items()
    }
    return place_files(form, data, placed)


def _copies(
    session: Session, named: Collection[str], dossier: Dossier, draft: Draft, at: datetime
) -> dict[str, str]:
    """Names of the copies by those of the files they are made of."""
    files = session.scalars(
        select(StoredFile)
        .where(StoredFile.dossier_id == dossier.id, StoredFile.id.in_(named))
        .order_by(StoredFile.id)
    ).all()
    copies: dict[str, str] = {}
    try:
        for file in files:
            if copy := copied(session, file, draft, at=at):
                copies[file.id] = copy.id
    except BaseException:
        for name in copies.values():
            forget_file(name)
            forget_file(f"preview/{name}")
        raise
    return copies
