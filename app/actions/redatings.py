"""Work through the dossiers that a new edition of a calendar may concern, one a transaction."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, insert, literal, select, update
from sqlalchemy.orm import Session

from app.actions.casework import open_idle_redating
from app.actions.redate import redate
from app.domain.calendars.directory import directory
from app.domain.calendars.model import CalendarEdition
from app.domain.deadlines.redating import Redating
from app.domain.dossiers.model import Dossier
from app.domain.processes.model import Process
from app.foundation.appointments import comes_due
from app.foundation.db import UtcDateTime, add_rows
from app.foundation.due import DueRows
from app.queries.edition_preview import concerned

#: When dossiers are listed once more: no transaction that knew the old edition lasts so long.
STRAGGLERS_AFTER = timedelta(minutes=5)


#: What is to be listed or dated again.
WAITING_REDATINGS = DueRows(
    number=Redating.id, instant=Redating.available_at, waiting=(Redating.done_at.is_(None),)
)


def promise_redatings(session: Session, edition: CalendarEdition) -> None:
    """Have the open dossiers that the edition may concern listed, now and once more later."""
    rows = [
        {"edition_id": edition.id, "available_at": edition.created_at + wait}
        for wait in (timedelta(), STRAGGLERS_AFTER)
    ]
    add_rows(session, Redating, rows)


def work_off_redating(session: Session, redating_id: int, *, at: datetime) -> bool:
    """Do one of them, once; False when it is done or somebody else is at it.

    The dossier's lock comes first, as in every verb; the row is read under it.
    """
    found = open_idle_redating(session, redating_id, at)
    if found is None:
        return _list_dossiers(session, redating_id, at)
    waiting, work = found
    if waiting.done_at is not None:
        return False
    cause = session.get_one(CalendarEdition, waiting.edition_id)
    waiting.moved = redate(session, work, cause, at=at) or waiting.moved or False
    waiting.done_at = at
    session.flush()
    return True


def _list_dossiers(session: Session, redating_id: int, at: datetime) -> bool:
    """Turn a task of listing into one redating for each open dossier it may concern."""
    waiting = session.scalar(
        select(Redating)
        .where(
            Redating.id == redating_id,
            Redating.dossier_id.is_(None),
            Redating.done_at.is_(None),
        )
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if waiting is None:
        return False
    edition = session.get_one(CalendarEdition, waiting.edition_id)
    units = directory(session, at).units_of(edition.calendar_id)
    which = [Dossier.closed_at.is_(None), concerned(units)]
    if waiting.available_at > edition.created_at:
        which.append(_touched_since(edition))
    _list_again(session, edition, which, at)
    _list_new(session, edition, which, at)
    waiting.done_at = at
    comes_due(session, at)
    session.flush()
    return True


def _touched_since(edition: CalendarEdition) -> ColumnElement[bool]:
    """Whether a step was under way when the edition was saved, which may not have known it."""
    recent = edition.created_at - STRAGGLERS_AFTER
    return Dossier.id.in_(select(Process.dossier_id).where(Process.updated_at >= recent))


def _list_again(
    session: Session, edition: CalendarEdition, which: list[ColumnElement[bool]], at: datetime
) -> None:
    session.execute(
        update(Redating)
        .where(
            Redating.edition_id == edition.id,
            Redating.dossier_id.in_(select(Dossier.id).where(*which)),
        )
        .values(done_at=None, available_at=at)
        .execution_options(synchronize_session=False)
    )


def _list_new(
    session: Session, edition: CalendarEdition, which: list[ColumnElement[bool]], at: datetime
) -> None:
    listed = exists().where(Redating.edition_id == edition.id, Redating.dossier_id == Dossier.id)
    rows = select(literal(edition.id), Dossier.id, literal(at, UtcDateTime()))
    session.execute(
        insert(Redating).from_select(
            ["edition_id", "dossier_id", "available_at"], rows.where(*which, ~listed)
        )
    )
