"""The dossier at hand: the rows a verb works on, locked, with the version they run under."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendars.queries import LoadedEdition, edition_at, edition_of
from app.domain.deadlines.model import Deadline
from app.domain.deadlines.redating import Redating
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.journal.rules import Head, Versions
from app.domain.processes.model import Process
from app.domain.processes.row import COLUMNS, ProcessRow, row_of
from app.engine import Definition
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.queries.definitions import LoadedVersion, loaded_version
from app.worktime import Counting, WorkingCalendar


class UnknownTask(NotFound):
    """There is no such task."""

    message = lazy_gettext("There is no such task.")


@dataclass(kw_only=True)
class Casework:
    """One dossier under the lock of its process row."""

    dossier: Dossier
    process: ProcessRow
    version: LoadedVersion
    #: The edition of the handling unit's calendar in force now.
    edition: LoadedEdition

    @property
    def definition(self) -> Definition:
        """The diagram the dossier runs on."""
        return self.version.diagram(self.process.diagram)

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar in force."""
        return self.edition.calendar

    @property
    def counting(self) -> Counting:
        """The same for expressions of the diagram."""
        return Counting(calendar=self.calendar)

    @property
    def versions(self) -> Versions:
        """What the journal names as being in force."""
        return Versions(version_id=self.version.id, calendar_version_id=self.edition.id)

    @property
    def head(self) -> Head:
        """The end of the dossier's journal chain."""
        return Head(seq=self.process.head_seq, hash=self.process.head_hash)

    def set_head(self, head: Head) -> None:
        """Remember the new end of the chain."""
        self.process.head_seq = head.seq
        self.process.head_hash = head.hash


#: Number of the edition in force for the handling unit at the moment `:at`.
_IN_FORCE = edition_of(Dossier.handling_unit_id).label("edition")
#: The process row is locked first: every verb does so before it touches anything else of the
#: dossier, so two verbs never wait for each other in a circle. The other rows are locked with it,
#: so that whoever had to wait reads them as they are now and not as they were.
_ITEM = (
    select(*COLUMNS, InboxItem, Dossier, _IN_FORCE)
    .select_from(Process)
    .join(InboxItem, InboxItem.dossier_id == Process.dossier_id)
    .join(Dossier, Dossier.id == Process.dossier_id)
    .where(InboxItem.id == bindparam("item"))
    .with_for_update(of=[Process, InboxItem, Dossier])
    .execution_options(populate_existing=True)
)
_IDLE_ITEM = _ITEM.with_for_update(of=[Process, InboxItem, Dossier], skip_locked=True)


def _idle(waiting: type[Deadline | Redating]) -> Executable:
    """A row that came due, by `:row`, with its dossier; nothing while somebody works on that."""
    return (
        select(*COLUMNS, waiting, Dossier, _IN_FORCE)
        .select_from(Process)
        .join(waiting, waiting.dossier_id == Process.dossier_id)
        .join(Dossier, Dossier.id == Process.dossier_id)
        .where(waiting.id == bindparam("row"))
        .with_for_update(of=[Process, waiting, Dossier], skip_locked=True)
        .execution_options(populate_existing=True)
    )


_DEADLINE, _REDATING = _idle(Deadline), _idle(Redating)
_DOSSIER = (
    select(*COLUMNS, Dossier, _IN_FORCE)
    .select_from(Process)
    .join(Dossier, Dossier.id == Process.dossier_id)
    .where(Process.dossier_id == bindparam("dossier"))
    .execution_options(populate_existing=True)
)


def open_item(session: Session, item_id: int, at: datetime) -> tuple[InboxItem, Casework]:
    """An inbox item with its dossier, locked; raises UnknownTask, and NoCalendar without hours."""
    row = session.execute(_ITEM, {"item": item_id, "at": at}).one_or_none()
    if row is None:
        raise UnknownTask
    *process, item, dossier, edition_id = row
    return item, _casework(session, process, dossier, edition_at(session, edition_id, at))


def open_idle_item(
    session: Session, item_id: int, at: datetime
) -> tuple[InboxItem, Casework] | None:
    """As `open_item`, for whoever can come back later: None when somebody works on the dossier."""
    row = session.execute(_IDLE_ITEM, {"item": item_id, "at": at}).one_or_none()
    if row is None:
        return None
    *process, item, dossier, edition_id = row
    return item, _casework(session, process, dossier, edition_at(session, edition_id, at))


def open_idle_deadline(
    session: Session, deadline_id: int, at: datetime
) -> tuple[Deadline, Casework] | None:
    """A deadline with its dossier, locked; None when somebody works on the dossier.

    Raises NoCalendar without hours.
    """
    return _opened(session, _DEADLINE, deadline_id, at)


def open_idle_redating(
    session: Session, redating_id: int, at: datetime
) -> tuple[Redating, Casework] | None:
    """As `open_idle_deadline`; None also for a redating without dossier."""
    return _opened(session, _REDATING, redating_id, at)


def _opened(
    session: Session, wanted: Executable, number: int, at: datetime
) -> tuple[Any, Casework] | None:
    row = session.execute(wanted, {"row": number, "at": at}).one_or_none()
    if row is None:
        return None
    *process, waiting, dossier, edition_id = row
    return waiting, _casework(session, process, dossier, edition_at(session, edition_id, at))


def open_dossier(
    session: Session, dossier_id: int, at: datetime, *, skip_locked: bool = False
) -> Casework | None:
    """A dossier, locked; None when somebody else holds it. Raises NoCalendar without hours."""
    wanted = _DOSSIER.with_for_update(of=[Process, Dossier], skip_locked=skip_locked)
    row = session.execute(wanted, {"dossier": dossier_id, "at": at}).one_or_none()
    if row is None:
        return None
    *process, dossier, edition_id = row
    return _casework(session, process, dossier, edition_at(session, edition_id, at))


def open_dossier_called(session: Session, code: str, at: datetime) -> Casework | None:
    """The dossier of that code, locked; None where there is none. Raises as `open_dossier`."""
    number = session.scalar(select(Dossier.id).where(Dossier.code == code))
    return open_dossier(session, number, at) if number else None


def _casework(
    session: Session, process: Sequence[Any], dossier: Dossier, edition: LoadedEdition
) -> Casework:
    return Casework(
        dossier=dossier,
        process=row_of(process),
        version=loaded_version(session, dossier.version_id),
        edition=edition,
    )
