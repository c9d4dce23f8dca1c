"""The dossier at hand: the rows a verb works on, locked, with the version they run under."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarVersion
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem
from app.domain.journal.rules import Head, Versions
from app.domain.processes.model import Process
from app.engine import Definition
from app.foundation.clock import local_date
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext
from app.queries.definitions import LoadedVersion, loaded_version
from app.worktime import WorkingCalendar, read_calendar


class UnknownTask(NotFound):
    """There is no such task."""

    message = lazy_gettext("There is no such task.")


@dataclass(kw_only=True)
class Casework:
    """One dossier under the lock of its process row."""

    dossier: Dossier
    process: Process
    version: LoadedVersion
    calendar_version: CalendarVersion

    @property
    def definition(self) -> Definition:
        """The diagram the dossier runs on."""
        return self.version.diagram(self.process.diagram)

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar in force."""
        return read_calendar(self.calendar_version.weekly)

    @property
    def versions(self) -> Versions:
        """What the journal names as being in force."""
        return Versions(version_id=self.version.id, calendar_version_id=self.calendar_version.id)

    @property
    def head(self) -> Head:
        """The end of the dossier's journal chain."""
        return Head(seq=self.process.head_seq, hash=self.process.head_hash)

    def set_head(self, head: Head) -> None:
        """Remember the new end of the chain."""
        self.process.head_seq = head.seq
        self.process.head_hash = head.hash


#: Number of the province's calendar version of the day `:day`.
_IN_FORCE = (
    select(CalendarVersion.id)
    .join(Calendar, Calendar.id == CalendarVersion.calendar_id)
    .where(Calendar.unit_id.is_(None), CalendarVersion.valid_from <= bindparam("day"))
    .order_by(CalendarVersion.valid_from.desc())
    .limit(1)
    .scalar_subquery()
)
_LOCK_BY_ITEM = (
    select(Process)
    .where(
        Process.dossier_id
        == select(InboxItem.dossier_id).where(InboxItem.id == bindparam("item")).scalar_subquery()
    )
    .with_for_update()
    .execution_options(populate_existing=True)
)
_ITEM = (
    select(InboxItem, Dossier, CalendarVersion)
    .join(Dossier, Dossier.id == InboxItem.dossier_id)
    .join(CalendarVersion, CalendarVersion.id == _IN_FORCE)
    .where(InboxItem.id == bindparam("item"))
    .execution_options(populate_existing=True)
)
_DOSSIER = (
    select(Dossier, CalendarVersion)
    .join(CalendarVersion, CalendarVersion.id == _IN_FORCE)
    .where(Dossier.id == bindparam("dossier"))
    .execution_options(populate_existing=True)
)


def open_item(session: Session, item_id: int, at: datetime) -> tuple[InboxItem, Casework]:
    """Lock the process behind an inbox item, then read item and dossier; raises UnknownTask.

    The lock comes first and alone: every verb takes it before it touches anything else of the
    dossier, so two verbs never wait for each other in a circle.
    """
    process = session.scalar(_LOCK_BY_ITEM, {"item": item_id})
    if process is None:
        raise UnknownTask
    row = session.execute(_ITEM, {"item": item_id, "day": local_date(at)}).one()
    return row[0], _casework(session, process, row[1], row[2])


def open_dossier(
    session: Session, dossier_id: int, at: datetime, *, skip_locked: bool = False
) -> Casework | None:
    """Lock a dossier's process and read the dossier; None when somebody else holds the lock."""
    process = session.scalar(
        select(Process)
        .where(Process.dossier_id == dossier_id)
        .with_for_update(skip_locked=skip_locked)
        .execution_options(populate_existing=True)
    )
    if process is None:
        return None
    row = session.execute(_DOSSIER, {"dossier": dossier_id, "day": local_date(at)}).one()
    return _casework(session, process, row[0], row[1])


def _casework(
    session: Session, process: Process, dossier: Dossier, calendar_version: CalendarVersion
) -> Casework:
    return Casework(
        dossier=dossier,
        process=process,
        version=loaded_version(session, dossier.version_id),
        calendar_version=calendar_version,
    )
