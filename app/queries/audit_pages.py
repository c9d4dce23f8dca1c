"""Finding dossiers to examine, and the record of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.calendars.model import CalendarEdition
from app.domain.dossiers.model import Dossier
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import chain_of, readable
from app.domain.journal.rules import Unreadable
from app.domain.people.model import Person, Unit
from app.domain.procedures.model import Procedure
from app.domain.processes.model import Process, ProcessState
from app.foundation.clock import LOCAL_ZONE
from app.queries.damage import RecordDamaged, damage_told
from app.queries.definitions import LoadedVersion, loaded_version
from app.queries.dossier_pages import UnknownDossier
from app.queries.lineage import Lineage, lineage_of
from app.queries.succession import Succession

PAGE = 25
#: No dossier was sent before the first day or will be after the last; beyond lie days that turn
#: into no instant.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)

_OLD, _NEW = aliased(Dossier), aliased(Dossier)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an auditor looks for; empty parts ask for nothing."""

    code: str = ""
    person: str = ""
    #: Code of the handling unit.
    unit: str = ""
    #: Days of submission, both included, in legal time.
    first: date | None = None
    last: date | None = None
    #: Only those whose diagram cannot go on.
    incident: bool = False
    #: The last id already seen.
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Some dossiers with the names of procedure and unit, and where to go on."""

    rows: tuple[tuple[Dossier, str, str], ...]
    before: int | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """One dossier with its whole journal."""

    dossier: Dossier
    process: Process
    handling_unit: str
    version: LoadedVersion
    #: The edition the due dates are counted with.
    edition: CalendarEdition
    #: The whole chain; what cannot be read is marked.
    chain: Sequence[JournalEntry | Unreadable]

    #: The versions it has run on.
    lineage: Lineage
    #: What it was sent instead of, and what was sent instead of it.
    neighbours: Succession

    @property
    def entries(self) -> Sequence[JournalEntry]:
        """What can be read."""
        return readable(self.chain)


def find_dossiers(session: Session, asked: Asked) -> Found:
    """The newest dossiers that fit, a page at a time."""
    statement = (
        select(Dossier, Procedure.name, Unit.name)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Unit, Unit.id == Dossier.handling_unit_id)
        .where(*_conditions(asked))
        .order_by(Dossier.id.desc())
        .limit(PAGE + 1)
    )
    found = [(row[0], row[1], row[2]) for row in session.execute(statement)]
    shown = tuple(found[:PAGE])
    return Found(rows=shown, before=shown[-1][0].id if len(found) > PAGE else None)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.code:
        conditions.append(Dossier.code.startswith(asked.code.upper(), autoescape=True))
    if asked.person:
        conditions.append(_concerns(asked.person))
    if asked.unit:
        conditions.append(Unit.code == asked.unit)
    if asked.first:
        conditions.append(Dossier.submitted_at >= _midnight(asked.first))
    if asked.last:
        conditions.append(Dossier.submitted_at < _midnight(asked.last) + timedelta(days=1))
    if asked.incident:
        stuck = select(Process.dossier_id).where(Process.state == ProcessState.INCIDENT)
        conditions.append(Dossier.id.in_(stuck))
    if asked.before is not None:
        conditions.append(Dossier.id < asked.before)
    return conditions


def _concerns(words: str) -> ColumnElement[bool]:
    """Whether somebody of that name owns the dossier, handed it in, or worked on it."""
    people = select(Person.id).where(
        or_(Person.name.icontains(words, autoescape=True), Person.username == words.casefold())
    )
    worked = select(JournalEntry.dossier_id).where(JournalEntry.actor_id.in_(people))
    return or_(
        Dossier.owner_name.icontains(words, autoescape=True),
        Dossier.submitter_name.icontains(words, autoescape=True),
        Dossier.id.in_(worked),
    )


def _midnight(day: date) -> datetime:
    bounded = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime.combine(bounded, time(), tzinfo=LOCAL_ZONE)


def handling_units(session: Session) -> list[tuple[str, str]]:
    """Code and name of every unit."""
    rows = session.execute(select(Unit.code, Unit.name).order_by(Unit.code).limit(2000))
    return [(row.code, row.name) for row in rows]


def record_of(session: Session, code: str) -> Record:
    """The whole record; raises UnknownDossier and RecordDamaged. The door lets auditors only."""
    with damage_told(code):
        return _record_of(session, code)


def _record_of(session: Session, code: str) -> Record:
    row = session.execute(
        select(Dossier, Process, Unit.name, CalendarEdition, _OLD.code, _NEW.code)
        .outerjoin(Process, Process.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.handling_unit_id)
        .join(CalendarEdition, CalendarEdition.id == Dossier.calendar_version_id)
        .outerjoin(_OLD, _OLD.id == Dossier.supersedes_id)
        .outerjoin(_NEW, _NEW.supersedes_id == Dossier.id)
        .where(Dossier.code == code)
    ).one_or_none()
    if row is None:
        raise UnknownDossier(code=code)
    dossier, process, unit, edition, old, new = row
    if process is None:
        raise RecordDamaged(code=code)
    chain = chain_of(session, dossier.id)
    return Record(
        dossier=dossier,
        process=process,
        handling_unit=unit,
        version=loaded_version(session, dossier.version_id),
        edition=edition,
        chain=chain,
        lineage=lineage_of(session, dossier, readable(chain)),
        neighbours=Succession(supersedes=old, superseded_by=new),
    )
