"""The dossier at hand: the rows a verb works on, locked, with the version they run under."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar, CalendarVersion
from app.domain.calendars.queries import version_in_force
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
#: The process row is locked first: every verb does so before it touches anything else of the
#: dossier, so two verbs never wait for each other in a circle. The other rows are locked with it,
#: so that whoever had to wait reads them as they are now and not as they were.
_ITEM = (
    select(Process, InboxItem, Dossier, CalendarVersion)
    .select_from(Process)
    .join(InboxItem, InboxItem.dossier_id == Process.dossier_id)
    .join(Dossier, Dossier.id == Process.dossier_id)
    .join(CalendarVersion, CalendarVersion.id == _IN_FORCE)
    .where(InboxItem.id == bindparam("item"))
    .with_for_update(of=[Process, InboxItem, Dossier])
    .execution_options(populate_existing=True)
)
_DOSSIER = (
    select(Process, Dossier, CalendarVersion)
    .select_from(Process)
    .join(Dossier, Dossier.id == Process.dossier_id)
    .join(CalendarVersion, CalendarVersion.id == _IN_FORCE)
    .where(Process.dossier_id == bindparam("dossier"))
    .execution_options(populate_existing=True)
)


def open_item(session: Session, item_id: int, at: datetime) -> tuple[InboxItem, Casework]:
    """An inbox item with its dossier, locked; raises UnknownTask, and NoCalendar without hours."""
    row = session.execute(_ITEM, {"item": item_id, "day": local_date(at)}).one_or_none()
    if row is None:
        _explain(session, session.get(InboxItem, item_id), at)
        raise UnknownTask
    process, item, dossier, calendar_version = row
    return item, _casework(session, process, dossier, calendar_version)


def open_dossier(
    session: Session, dossier_id: int, at: datetime, *, skip_locked: bool = False
) -> Casework | None:
    """A dossier, locked; None when somebody else holds it. Raises NoCalendar without hours."""
    wanted = _DOSSIER.with_for_update(of=[Process, Dossier], skip_locked=skip_locked)
    row = session.execute(wanted, {"dossier": dossier_id, "day": local_date(at)}).one_or_none()
    if row is None:
        _explain(session, session.get(Process, dossier_id), at)
        return None
    return _casework(session, *row)


def _explain(session: Session, found: object, at: datetime) -> None:
    """What is there but could not be read lacks a calendar; raises NoCalendar then."""
    if found is not None:
        version_in_force(session, local_date(at))


def _casework(
    session: Session, process: Process, dossier: Dossier, calendar_version: CalendarVersion
) -> Casework:
    return Casework(
        dossier=dossier,
        process=process,
        version=loaded_version(session, dossier.version_id),
        calendar_version=calendar_version,
    )
