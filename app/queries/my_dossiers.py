"""The folders of "my dossiers": what lies in each, how much, and what waits for the reader.

Whatever somebody owns or has handed in is his, and he sees what others hand in in his name once he
has proved who he is. Every statement reads a bounded part of an index,
also for a bank or notary that hands in thousands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.dossiers.folders import STATUSES, Folder
from app.domain.dossiers.model import Dossier, Draft
from app.domain.dossiers.status import ASKED, ApplicantKind, Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.model import APPLICANT
from app.domain.procedures.model import Procedure
from app.domain.procedures.search.words import fold, words_of

PAGE = 20
#: Counting ends here; pages say "more than".
COUNTED = 99
#: How many waiting dossiers are named on top.
URGENT = 5
#: How many of the newest dossiers a search looks through.
SEARCHED = 500

_MINE: tuple[InstrumentedAttribute[int | None], ...] = (Dossier.submitter_id, Dossier.owner_id)
_NAMED = select(Dossier, Procedure.name).join(Procedure, Procedure.id == Dossier.procedure_id)


@dataclass(frozen=True, kw_only=True)
class MyDossiers:
    """Some dossiers with the names of their procedures, and where to go on."""

    rows: tuple[tuple[Dossier, str], ...]
    #: The last id seen; None on the last page.
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A dossier that cannot go on without its applicant."""

    dossier: Dossier
    procedure_name: str
    #: His open step; None where it is only money that is waited for.
    item_id: int | None
    #: When the diagram goes on without him.
    until: datetime | None


def _his(person_id: int, proved: str | None) -> list[ColumnElement[bool]]:
    """Which dossiers he finds; `proved` is the identity number somebody vouches for."""
    found: list[ColumnElement[bool]] = [mine == person_id for mine in _MINE]
    if proved is not None:
        found.append(
            and_(
                Dossier.authorisation.is_not(None),
                Dossier.owner_identity == proved,
                Dossier.owner_kind == ApplicantKind.CITIZEN,
            )
        )
    return found


def folder_counts(
    session: Session, person_id: int, proved: str | None = None
) -> Mapping[Folder, int]:
    """How many lie in each folder, counted to one more than COUNTED. One statement."""
    drafts = _bounded(
        select(literal(Folder.DRAFTS.value).label("folder"), Draft.id.label("id")).where(
            Draft.person_id == person_id, Draft.dossier_id.is_(None)
        ),
        COUNTED + 1,
    )
    parts = [drafts]
    for folder, statuses in STATUSES.items():
        for his in _his(person_id, proved):
            wanted = select(
                literal(folder.value).label("folder"), cast(Dossier.id, String(32)).label("id")
            ).where(his, Dossier.status.in_(statuses))
            parts.append(_bounded(wanted, COUNTED + 1))
    found = union(*parts).subquery()
    rows = session.execute(select(found.c.folder, func.count()).group_by(found.c.folder))
    counted = {Folder(folder): min(number, COUNTED + 1) for folder, number in rows}
    return {folder: counted.get(folder, 0) for folder in Folder}


def in_folder(
    session: Session,
    person_id: int,
    folder: Folder,
    before: int | None = None,
    proved: str | None = None,
) -> MyDossiers:
    """The newest dossiers of a folder, older than the id `before`; drafts are no dossiers."""
    parts = []
    for status in STATUSES[folder]:
        for his in _his(person_id, proved):
            part = select(Dossier.id).where(his, Dossier.status == status)
            if before is not None:
                part = part.where(Dossier.id < before)
            parts.append(_bounded(part.order_by(Dossier.id.desc()), PAGE + 1))
    found = union(*parts).subquery()
    rows = session.execute(
        _NAMED.where(Dossier.id.in_(select(found.c.id))).order_by(Dossier.id.desc()).limit(PAGE + 1)
    )
    named = [(dossier, name) for dossier, name in rows]
    shown = tuple(named[:PAGE])
    return MyDossiers(rows=shown, before=shown[-1][0].id if len(named) > PAGE else None)


def looked_for(
    session: Session, person_id: int, asked: str, proved: str | None = None
) -> MyDossiers:
    """Of the person's newest dossiers those that have every word: code, procedure or owner.

    Words count without marks and capitals; part of a code is enough.
    """
    parts = [
        _bounded(select(Dossier.id).where(his).order_by(Dossier.id.desc()), SEARCHED)
        for his in _his(person_id, proved)
    ]
    found = union(*parts).subquery()
    candidates = session.execute(
        select(Dossier.id, Dossier.code, Dossier.owner_name, Procedure.name)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(Dossier.id.in_(select(found.c.id)))
        .order_by(Dossier.id.desc())
        .limit(SEARCHED)
    )
    words = [fold(word) for word in asked.split()]
    hits = [
        number
        for number, code, owner, name in candidates
        if _has_all(words, f"{fold(code)} {' '.join(words_of(f'{owner} {name}'))}")
    ][:PAGE]
    if not hits:
        return MyDossiers(rows=())
    rows = session.execute(_NAMED.where(Dossier.id.in_(hits)).order_by(Dossier.id.desc()))
    return MyDossiers(rows=tuple((dossier, name) for dossier, name in rows))


def waiting_for(session: Session, person_id: int) -> Sequence[Waiting]:
    """The dossiers that wait for the person, supplements first, those due first before."""
    parts = [
        _bounded(select(Dossier.id).where(mine == person_id, Dossier.status == status), COUNTED)
        for mine in _MINE
        for status in sorted(ASKED)
    ]
    found = union(*parts).subquery()
    his_step = (
        (InboxItem.dossier_id == Dossier.id)
        & (InboxItem.state == ItemState.OPEN)
        & (InboxItem.role == APPLICANT)
    )
    until = (
        select(func.min(Deadline.due_at))
        .where(
            Deadline.dossier_id == Dossier.id,
            Deadline.kind == DeadlineKind.TIMER,
            Deadline.settled_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Dossier, Procedure.name, InboxItem.id, until)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .outerjoin(InboxItem, his_step)
        .where(Dossier.id.in_(select(found.c.id)))
        .order_by(Dossier.status != Status.SUPPLEMENT_REQUESTED, until, Dossier.id)
        .limit(URGENT)
    )
    return [
        Waiting(dossier=dossier, procedure_name=name, item_id=item, until=due_at)
        for dossier, name, item, due_at in rows
    ]


def _bounded(wanted: Select[*tuple[object, ...]], most: int) -> Select[*tuple[object, ...]]:
    """The first rows; wrapped, since SQLite lets no part of a union end by itself."""
    return select(wanted.limit(most).subquery())


def _has_all(words: Sequence[str], text: str) -> bool:
    return all(word in text for word in words)
