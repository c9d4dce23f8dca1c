"""Send a dossier in: check it, give it a code, start its diagram."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.attach_files import attach_files
from app.actions.casework import Casework
from app.domain.calendars.queries import version_in_force
from app.domain.dossiers.applicant import Applicant, ensure_reachable
from app.domain.dossiers.codes import allot_code
from app.domain.dossiers.model import Dossier, Draft
from app.domain.dossiers.status import Channel, Status
from app.domain.inbox.rules import RECEPTION
from app.domain.journal.events import Event
from app.domain.journal.rules import EMPTY
from app.domain.people.model import Unit
from app.domain.procedures.catalogue import Case
from app.domain.procedures.queries import offer_at, procedure_by_key
from app.domain.processes.model import Process, ProcessState
from app.engine import routing, start
from app.forms import validate
from app.foundation.actor import Actor, Seat
from app.foundation.clock import local_date
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.definitions import LoadedVersion, current_version, loaded_version
from app.worktime import add_working_hours, read_calendar


@dataclass(frozen=True, kw_only=True)
class Application:
    """What is handed in."""

    procedure: str
    #: The default case without one.
    case: str | None = None
    #: Code of the handling unit; the only one offering it without.
    unit: str | None = None
    applicant: Applicant
    #: Name of whoever hands it in for the owner (spec L-16); the owner himself without one.
    submitter: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    #: The draft it was written as; a draft becomes one dossier, however often it is sent.
    draft: Draft | None = None


def submit_dossier(
    session: Session,
    application: Application,
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> Dossier:
    """Create the dossier and start its process; the same `key` or draft gives the same dossier.

    Raises UnknownProcedure, NotOffered, FormInvalid, and Invalid for a visitor without e-mail
    address (nothing is stored then).
    """
    scoped = _scoped_key(actor, key, application.draft)
    if repeated := _already_sent(session, scoped):
        return repeated
    procedure = procedure_by_key(session, application.procedure)
    version = (
        loaded_version(session, application.draft.version_id)
        if application.draft
        else current_version(session, procedure)
    )
    case = _case_of(version, application.case)
    form = version.form(case.application_form)
    ensure_reachable(application.applicant, actor)
    clean = validate(form, application.data)
    offer, unit = offer_at(session, procedure, application.unit, local_date(at))
    seat = _counter_seat(actor, unit)
    work, seed, variables = _begin(
        session,
        version=version,
        case=case,
        application=application,
        unit=unit,
        clean=clean,
        actor=actor,
        seat=seat,
        at=at,
    )
    outcome = start(work.definition, variables, now=at, seed=seed)
    dossier = work.dossier
    dossier.submission_key = scoped
    dossier.code = allot_code(session, offer.agency_code, local_date(at))
    session.add(dossier)
    session.flush()
    work.process.dossier_id = dossier.id
    work.process.snapshot = outcome.snapshot
    session.add(work.process)
    if application.draft:
        application.draft.dossier_id = dossier.id
    session.flush()
    files = attach_files(
        session,
        form,
        clean,
        dossier=dossier,
        step=None,
        is_result=False,
        actor=actor,
        draft_id=application.draft.id if application.draft else None,
    )
    advance(
        session,
        work,
        outcome,
        event=Event.DOSSIER_SUBMITTED,
        told={
            "code": dossier.code,
            "procedure": version.key,
            "case": case.key,
            "seed": seed,
            "variables": dict(variables),
            "data": clean,
            "applicant": application.applicant.as_dict(),
            "submitter": dossier.submitter_name,
            "channel": dossier.channel.value,
            "due_at": dossier.due_at_original.isoformat(),
            "files": files,
            "receiving_unit": seat.unit_code if seat else unit.code,
            "handling_unit": unit.code,
        },
        actor=actor,
        seat=seat,
        at=at,
    )
    return dossier


def _scoped_key(actor: Actor, key: str | None, draft: Draft | None) -> str | None:
    """Keys of different people never meet."""
    if draft:
        return f"draft:{draft.id}"
    return f"{actor.person_id}:{key}"[:80] if key else None


def _already_sent(session: Session, scoped: str | None) -> Dossier | None:
    if scoped is None:
        return None
    return session.scalar(select(Dossier).where(Dossier.submission_key == scoped))


def _case_of(version: LoadedVersion, key: str | None) -> Case:
    if version.catalogue.case(key) is None:
        raise Invalid(errors={"case": [gettext("The procedure has no such case.")]})
    return version.case(key)


def _counter_seat(actor: Actor, unit: Unit) -> Seat | None:
    """The counter at which an officer types the dossier in; none for somebody's own matter."""
    return actor.seat_for(RECEPTION, unit.id) or next(
        (seat for seat in actor.seats if seat.role == RECEPTION), None
    )


def _submitter_name(application: Application, actor: Actor, seat: Seat | None) -> str:
    if application.submitter:
        return application.submitter
    return application.applicant.name if seat else actor.name or application.applicant.name


def _begin(
    session: Session,
    *,
    version: LoadedVersion,
    case: Case,
    application: Application,
    unit: Unit,
    clean: Mapping[str, Any],
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> tuple[Casework, str, Mapping[str, Any]]:
    """The rows of a new dossier, not yet stored, with the seed and variables of its process."""
    calendar_version = version_in_force(session, local_date(at))
    due = add_working_hours(read_calendar(calendar_version.weekly), at, case.term_hours)
    channel = Channel.COUNTER if seat else Channel.ONLINE
    applicant = application.applicant
    dossier = Dossier(
        procedure_id=version.procedure_id,
        version_id=version.id,
        case_key=case.key,
        owner_kind=applicant.kind,
        owner_id=None if seat or application.submitter else actor.person_id,
        owner_name=applicant.name,
        owner_identity=applicant.identity_number,
        owner_phone=applicant.phone,
        owner_email=applicant.email,
        owner_address=applicant.address,
        submitter_id=None if seat else actor.person_id,
        submitter_name=_submitter_name(application, actor, seat),
        channel=channel,
        assisted_by_id=actor.person_id if seat else None,
        receiving_unit_id=seat.unit_id if seat else unit.id,
        handling_unit_id=unit.id,
        status=Status.SUBMITTED,
        submitted_at=at,
        due_at_original=due,
        due_at_current=due,
        calendar_version_id=calendar_version.id,
        supplement_requests=0,
        data=dict(clean),
    )
    process = Process(
        diagram=case.diagram,
        state=ProcessState.RUNNING,
        head_seq=EMPTY.seq,
        head_hash=EMPTY.hash,
        updated_at=at,
    )
    work = Casework(
        dossier=dossier, process=process, version=version, calendar_version=calendar_version
    )
    given = {
        "channel": channel.value,
        "case": case.key,
        "owner_kind": applicant.kind.value,
        "handling_unit": unit.code,
        "receiving_unit": seat.unit_code if seat else unit.code,
    }
    variables = {**routing(work.definition, clean), **routing(work.definition, given)}
    return work, secrets.token_hex(16), variables
