"""What every page says about a dossier, worked out once."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.clock import ClockState, Pause
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import ASKED, FINISHED, Channel, Status
from app.domain.inbox.due import NEVER
from app.foundation.clock import now
from app.foundation.text import gettext
from app.queries.clocks import clocks_of
from app.web.authorisations import right_told
from app.web.filters import HOURS_A_DAY
from app.web.words import word_for
from app.worktime import Standing, add_working_hours, classify


@dataclass(frozen=True, kw_only=True)
class DossierFacts:
    """A dossier as the templates name it."""

    code: str
    procedure_name: str
    owner_name: str
    status: Status
    channel: Channel
    submitted_at: datetime
    received_at: datetime | None
    #: The promise, or the latest it can become as long as there is none.
    due_at: datetime
    #: The promise first made; None before the reception.
    due_at_original: datetime | None
    #: By when it has to be received, as long as it is not.
    reception_due_at: datetime | None
    reception_overdue: bool
    overdue: bool
    due_soon: bool
    finished: bool
    clock: ClockState
    #: Whether no time counts: it waits for the applicant, or where the law says so.
    paused: bool
    paused_for: Pause | None
    #: Early, on time or late, for what is done and had a promise.
    timing: Standing | None
    handling_unit: str
    supplement_requests: int
    owner: tuple[tuple[str, str | None], ...]
    #: Who handed it in for the owner and by what right; empty where nobody said that he does.
    represented_by: tuple[tuple[str, str | None], ...]
    #: The officer who typed it in at a counter; empty where people have sent it themselves.
    taken_down_by: tuple[tuple[str, str | None], ...]


def soon(session: Session) -> datetime:
    """What is due by then has less than a working day left."""
    edition = calendar_for(session, None, now())
    return add_working_hours(edition.calendar, now(), Decimal(HOURS_A_DAY))


def facts_of(
    dossier: Dossier,
    *,
    procedure_name: str,
    handling_unit: str,
    soon_at: datetime,
    taken_down_by: str = "",
) -> DossierFacts:
    """The facts of a dossier at this moment."""
    running = dossier.clock is ClockState.RUNNING
    overdue = running and dossier.due_at_current < now()
    reception_due_at = clocks_of(dossier).open_reception_due_at
    return DossierFacts(
        code=dossier.code,
        procedure_name=procedure_name,
        owner_name=dossier.owner_name,
        status=dossier.status,
        channel=dossier.channel,
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=dossier.due_at_current,
        due_at_original=dossier.due_at_original,
        reception_due_at=reception_due_at,
        reception_overdue=reception_due_at is not None and reception_due_at < now(),
        overdue=overdue,
        due_soon=running and not overdue and dossier.due_at_current <= soon_at,
        finished=dossier.status in FINISHED,
        clock=dossier.clock,
        paused=dossier.clock is ClockState.PAUSED or dossier.status in ASKED,
        paused_for=dossier.paused_for,
        timing=_timing(dossier),
        handling_unit=handling_unit,
        supplement_requests=dossier.supplement_requests,
        owner=(*_owner(dossier), *_at_counter(taken_down_by)),
        taken_down_by=_at_counter(taken_down_by),
        represented_by=represented_by(dossier),
    )


def _timing(dossier: Dossier) -> Standing | None:
    if dossier.finished_at is None or dossier.due_at_original is None:
        return None
    return classify(dossier.finished_at, dossier.due_at_current, now())


def due_or_none(due_at: datetime) -> datetime | None:
    """The due date of a step, unless the diagram gives it no hours."""
    return None if due_at >= NEVER else due_at


def step_due(due_at: datetime, soon_at: datetime) -> dict[str, Any]:
    """`due_at`, `overdue` and `due_soon` of a step."""
    overdue = due_at < now()
    return {
        "due_at": due_or_none(due_at),
        "overdue": overdue,
        "due_soon": not overdue and due_at <= soon_at,
    }


def _owner(dossier: Dossier) -> tuple[tuple[str, str | None], ...]:
    acting = dossier.authorisation is not None
    return (
        (gettext("Full name, or name of the body"), dossier.owner_name),
        (gettext("Kind of applicant"), word_for(dossier.owner_kind)),
        (gettext("Identity number, or code of the body"), dossier.owner_identity),
        *([(gettext("Date of birth"), _born(dossier))] if dossier.owner_birth_date else []),
        (gettext("Telephone"), dossier.owner_phone),
        (gettext("E-mail"), dossier.owner_email),
        (gettext("Address"), dossier.owner_address),
        (gettext("Handed in by"), dossier.submitter_name),
        *(_of_submitter(dossier) if acting else ()),
        (gettext("Channel"), word_for(dossier.channel)),
    )


def _at_counter(officer: str) -> tuple[tuple[str, str | None], ...]:
    return ((gettext("Typed in at the counter by"), officer),) if officer else ()


def represented_by(dossier: Dossier) -> tuple[tuple[str, str | None], ...]:
    """Who acts for the owner, as everybody who may read the dossier is told."""
    if dossier.authorisation is None:
        return ()
    return (
        (gettext("Handed in by"), dossier.submitter_name),
        (gettext("By what right"), right_of(dossier)),
    )


def right_of(dossier: Dossier) -> str:
    """The right in one line; only for a dossier that was handed in by one."""
    number, day = dossier.authorisation_number, dossier.authorisation_date
    return right_told(dossier.authorisation, number, day)


def _of_submitter(dossier: Dossier) -> tuple[tuple[str, str | None], ...]:
    """What only officers and auditors need of whoever acts for the owner."""
    return (
        (gettext("Identity number of who handed it in"), dossier.submitter_identity),
        (gettext("Telephone of who handed it in"), dossier.submitter_phone),
        (gettext("E-mail of who handed it in"), dossier.submitter_email),
        (gettext("By what right"), right_of(dossier)),
    )


def _born(dossier: Dossier) -> str:
    day = dossier.owner_birth_date
    return f"{day:%d/%m/%Y}" if day else ""
