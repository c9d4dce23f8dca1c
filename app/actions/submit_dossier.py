"""Send a dossier in: check it, give it a code, start its diagram."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.advance import advance, status_after
from app.actions.attach_files import attach_files
from app.actions.casework import Casework
from app.actions.draft_dossier import UnknownDraft, lock_draft
from app.actions.incidents import diagram_runs
from app.actions.new_dossier import Application, Opening, casework_of, first_variables
from app.actions.payments.demand_payment import prepare_prepaid, tell_prepaid
from app.actions.postal.choose_return import keep_choice
from app.actions.repeats import KeyUsedForSomethingElse, fingerprint
from app.actions.supersede import open_to_supersede, supersede
from app.domain.dossiers.applicant import ensure_reachable
from app.domain.dossiers.authorisation import PAPER, paper_form
from app.domain.dossiers.codes import allot_code
from app.domain.dossiers.model import Dossier, Draft
from app.domain.journal.events import Event
from app.domain.postal.choice import ReturnMethod
from app.domain.postal.rules import ensure_offered
from app.domain.procedures.cases import Case
from app.domain.procedures.queries import offer_at, procedure_by_key
from app.engine import start
from app.forms import FormDefinition, validate
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.errors import Conflict, Invalid
from app.foundation.text import gettext, lazy_gettext
from app.queries.definitions import LoadedVersion, current_version, loaded_version

__all__ = ["Application", "SubmissionUnderWay", "submit_dossier"]


class SubmissionUnderWay(Conflict):
    """The same submission arrived twice at the same moment; the other one is being stored."""

    message = lazy_gettext("This application is being sent already. Try again in a moment.")


def submit_dossier(
    session: Session,
    application: Application,
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> Dossier:
    """Create the dossier and start its process; the same `key` or draft gives the same dossier.

    Raises UnknownProcedure, NotOffered, PostNotOffered, FormInvalid, SubmissionUnderWay,
    AlreadySuperseded, DiagramFails, and Invalid for a visitor without e-mail address or a file that
    cannot be used (nothing is stored then).
    """
    scoped = _scoped_key(session, actor, key, application.draft)
    digest = _fingerprint_of(application)
    if repeated := _already_sent(session, scoped, digest):
        return repeated
    replaced = _replaced(session, application.draft, at)
    opening, agency_code = _checked(session, application, actor, at)
    work = casework_of(session, opening)
    seed, variables = secrets.token_hex(16), first_variables(opening, work)
    with diagram_runs(work.definition, dossier_id=None, at=at):
        outcome = start(work.definition, variables, now=at, seed=seed, calendar=work.counting)
    dossier = work.dossier
    dossier.submission_key, dossier.submission_digest = scoped, digest
    dossier.code = allot_code(session, agency_code, local_date(at))
    _store(session, dossier)
    if application.draft:
        application.draft.dossier_id = dossier.id
    session.flush()
    payment = prepare_prepaid(session, work, outcome, status_after(outcome), at=at)
    told = _told(opening, work, seed=seed, variables=variables)
    told["supersedes"] = replaced.dossier.code if replaced else None
    told["files"] = _files(session, opening, dossier)
    with diagram_runs(work.definition, dossier_id=None, at=at):
        advance(
            session,
            work,
            outcome,
            event=Event.DOSSIER_SUBMITTED,
            told=told,
            actor=actor,
            seat=opening.seat,
            at=at,
        )
    if payment:
        tell_prepaid(session, work, payment, at=at)
    _note_return(session, opening, work)
    if replaced:
        supersede(session, replaced, work, actor=actor, at=at)
    return dossier


def _note_return(session: Session, opening: Opening, work: Casework) -> None:
    """Whereto the result is sent; that it is fetched at the counter needs no word."""
    choice, by = opening.application.result_return, opening.actor
    if choice and choice.method is ReturnMethod.POST:
        keep_choice(session, work, choice, actor=by, seat=opening.seat, at=opening.at)


def _replaced(session: Session, draft: Draft | None, at: datetime) -> Casework | None:
    """The dossier that this one is sent instead of, locked until the end."""
    if draft is None or draft.supersedes_id is None:
        return None
    return open_to_supersede(session, draft.supersedes_id, at)


def _told(
    opening: Opening, work: Casework, *, seed: str, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """What the journal tells of the submission, but for its files."""
    dossier, acting = work.dossier, opening.application.authorisation
    return {
        "code": dossier.code,
        "procedure": opening.version.key,
        "case": opening.case.key,
        "seed": seed,
        "variables": variables,
        "data": dict(opening.data),
        "applicant": opening.application.applicant.as_dict(),
        "submitter": opening.submitter,
        "authorisation": acting.as_dict() if acting else None,
        "channel": opening.channel.value,
        "due_at": dossier.due_at_current.isoformat(),
        "term": {
            "amount": str(dossier.term_amount),
            "unit": dossier.term_unit.value,
            "supplement_clock": dossier.supplement_clock.value,
        },
        "receiving_unit": opening.receiving_unit,
        "handling_unit": opening.unit.code,
        "version_hash": opening.version.content_hash.hex(),
    }


def _checked(
    session: Session, application: Application, actor: Actor, at: datetime
) -> tuple[Opening, str]:
    """The application with its version, case and unit, and how the unit's codes begin."""
    procedure = procedure_by_key(session, application.procedure)
    version = (
        loaded_version(session, application.draft.version_id)
        if application.draft
        else current_version(session, procedure)
    )
    case = _case_of(version, application.case)
    acting = application.authorisation
    ensure_reachable((acting or application.applicant).email, actor)
    if application.result_return:
        ensure_offered(application.result_return, offered=version.catalogue.postal_return)
    clean = validate(version.form(case.application_form), application.data)
    offer, unit = offer_at(session, procedure, application.unit, local_date(at))
    opening = Opening(
        application=application,
        version=version,
        case=case,
        unit=unit,
        data=clean,
        actor=actor,
        at=at,
    )
    return opening, offer.agency_code


def _scoped_key(session: Session, actor: Actor, key: str | None, draft: Draft | None) -> str | None:
    """Keys of different people never meet; a draft is locked, so a double click waits its turn."""
    if draft:
        if lock_draft(session, draft.id) is None:
            # Deleted in another window, or too old, at this very moment.
            raise UnknownDraft
        return f"draft:{draft.id}"
    return f"{actor.person_id}:{key}"[:80] if key else None


def _fingerprint_of(application: Application) -> bytes | None:
    """What a key stands for; a draft is sent once, whatever is written in it later."""
    if application.draft:
        return None
    acting = application.authorisation
    for_whom = {**acting.as_dict(), "files": acting.files} if acting else None
    told = (application.procedure, application.case, application.unit, for_whom)
    wanted = [application.result_return.as_dict()] if application.result_return else []
    return fingerprint(told, application.applicant.as_dict(), dict(application.data), *wanted)


def _already_sent(session: Session, scoped: str | None, digest: bytes | None) -> Dossier | None:
    """The dossier that this key has made; raises KeyUsedForSomethingElse."""
    if scoped is None:
        return None
    found = session.scalar(select(Dossier).where(Dossier.submission_key == scoped))
    if found is not None and found.submission_digest != digest:
        raise KeyUsedForSomethingElse
    return found


def _case_of(version: LoadedVersion, key: str | None) -> Case:
    if version.catalogue.case(key) is None:
        raise Invalid(errors={"case": [gettext("The procedure has no such case.")]})
    return version.case(key)


def _store(session: Session, dossier: Dossier) -> None:
    session.add(dossier)
    try:
        session.flush()
    except IntegrityError as error:
        raise SubmissionUnderWay from error


def _files(session: Session, opening: Opening, dossier: Dossier) -> list[dict[str, str]]:
    """Of the answers, and the document of whoever acts for the owner."""
    draft, acting = opening.application.draft, opening.application.authorisation
    form = opening.version.form(opening.case.application_form)
    named: list[tuple[FormDefinition, Mapping[str, Any]]] = [(form, opening.data)]
    if acting:
        named.append((paper_form(), {PAPER: list(acting.files)}))
    return [
        told
        for form, data in named
        for told in attach_files(
            session,
            form,
            data,
            dossier=dossier,
            step=None,
            is_result=False,
            actor=opening.actor,
            draft_id=draft.id if draft else None,
        )
    ]
