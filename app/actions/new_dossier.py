"""The rows of a dossier about to begin: nothing stored yet, nothing run yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.applicant import Applicant
from app.domain.dossiers.authorisation import Authorisation
from app.domain.dossiers.clock_rules import begin
from app.domain.dossiers.model import Dossier, Draft
from app.domain.dossiers.status import Channel, Status
from app.domain.inbox.rules import RECEPTION
from app.domain.journal.rules import EMPTY
from app.domain.people.model import Unit
from app.domain.postal.choice import ReturnChoice
from app.domain.procedures.cases import Case
from app.domain.processes.model import ProcessState
from app.domain.processes.row import ProcessRow
from app.engine import routing
from app.foundation.actor import Actor, Seat
from app.queries.clocks import law_for
from app.queries.definitions import LoadedVersion


@dataclass(frozen=True, kw_only=True)
class Application:
    """What is handed in."""

    procedure: str
    #: The default case without one.
    case: str | None = None
    #: Code of the handling unit; the only one offering it without.
    unit: str | None = None
    applicant: Applicant
    #: Whoever hands it in for the owner, and by what right (spec L-16); the owner himself without.
    authorisation: Authorisation | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    #: How the result comes back; at the counter without one.
    result_return: ReturnChoice | None = None
    #: The draft it was written as; a draft becomes one dossier, however often it is sent.
    draft: Draft | None = None


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An application that has been checked, with everything its dossier begins with."""

    application: Application
    version: LoadedVersion
    case: Case
    #: The unit that will settle it.
    unit: Unit
    #: The checked answers.
    data: Mapping[str, Any]
    actor: Actor
    at: datetime

    @property
    def seat(self) -> Seat | None:
        """The counter at which an officer types it in; none for somebody's own matter."""
        return self.actor.seat_for(RECEPTION, self.unit.id) or next(
            (seat for seat in self.actor.seats if seat.role == RECEPTION), None
        )

    @property
    def channel(self) -> Channel:
        """How it came in."""
        return Channel.COUNTER if self.seat else Channel.ONLINE

    @property
    def receiving_unit(self) -> str:
        """Code of the unit where it was handed in."""
        return self.seat.unit_code if self.seat else self.unit.code

    @property
    def submitter(self) -> str:
        """Name of whoever hands it in."""
        own = self.actor.name if not self.seat else ""
        acting = self.application.authorisation
        return (acting.name if acting else own) or self.application.applicant.name


def casework_of(session: Session, opening: Opening) -> Casework:
    """The dossier and its process as they begin; raises NoCalendar."""
    edition = calendar_for(session, opening.unit.id, opening.at)
    law = law_for(opening.case, opening.channel, edition.calendar)
    clocks, draft = begin(opening.at, law), opening.application.draft
    dossier = Dossier(
        **_who(opening),
        procedure_id=opening.version.procedure_id,
        version_id=opening.version.id,
        case_key=opening.case.key,
        channel=opening.channel,
        receiving_unit_id=opening.seat.unit_id if opening.seat else opening.unit.id,
        handling_unit_id=opening.unit.id,
        status=Status.SUBMITTED,
        submitted_at=opening.at,
        term_amount=Decimal(law.term.amount),
        term_unit=law.term.unit,
        supplement_clock=law.supplement_clock,
        clock=clocks.state,
        due_at_current=clocks.due_at_current,
        calendar_version_id=edition.id,
        supplement_requests=0,
        clock_stage=0,
        is_escalated=False,
        supersedes_id=draft.supersedes_id if draft else None,
        data=dict(opening.data),
    )
    process = ProcessRow(
        diagram=opening.case.diagram,
        state=ProcessState.RUNNING,
        head_seq=EMPTY.seq,
        head_hash=EMPTY.hash,
        updated_at=opening.at,
    )
    return Casework(
        dossier=dossier,
        process=process,
        version=opening.version,
        edition=edition,
    )


def _who(opening: Opening) -> dict[str, Any]:
    applicant, actor = opening.application.applicant, opening.actor
    own_account = None if opening.seat else actor.person_id
    return {
        "owner_kind": applicant.kind,
        "owner_id": own_account if _is_own_matter(opening) else None,
        "owner_name": applicant.name,
        "owner_identity": applicant.identity_number,
        "owner_phone": applicant.phone,
        "owner_email": applicant.email,
        "owner_address": applicant.address,
        "owner_birth_date": applicant.birth_date,
        "submitter_id": own_account,
        "submitter_name": opening.submitter,
        "assisted_by_id": actor.person_id if opening.seat else None,
    } | _by_what_right(opening.application.authorisation)


def _by_what_right(acting: Authorisation | None) -> dict[str, Any]:
    if acting is None:
        return {}
    return {
        "authorisation": acting.basis,
        "submitter_identity": acting.identity_number,
        "submitter_phone": acting.phone,
        "submitter_email": acting.email,
        "authorisation_number": acting.document_number,
        "authorisation_date": acting.document_date,
    }


def _is_own_matter(opening: Opening) -> bool:
    """Whether the applicant is the person of the account; whoever types another is a submitter."""
    applicant = opening.application.applicant
    if opening.application.authorisation:
        return False
    return is_same_person(opening.actor, name=applicant.name, identity=applicant.identity_number)


def is_same_person(actor: Actor, *, name: str, identity: str) -> bool:
    """Whether an account is that of somebody told by name and number of the identity paper."""
    if not actor.identity_number:
        return False
    return _plain(name, identity) == _plain(actor.name, actor.identity_number)


def _plain(*texts: str) -> list[str]:
    return [" ".join(normalize("NFC", text).split()).casefold() for text in texts]


def first_variables(opening: Opening, work: Casework) -> dict[str, Any]:
    """What the diagram may know from the start: answers it reads, and how the dossier came in."""
    given = {
        "channel": opening.channel.value,
        "case": opening.case.key,
        "owner_kind": opening.application.applicant.kind.value,
        "handling_unit": opening.unit.code,
        "receiving_unit": opening.receiving_unit,
        "prepaid": opening.case.prepaid,
    }
    return {**routing(work.definition, opening.data), **routing(work.definition, given)}
