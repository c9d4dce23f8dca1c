"""Rows of an older schema, and dossiers as an older house has left them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, stamp, upgrade

from app import create_app
from app.domain.dossiers.clock import COUNTED
from app.domain.journal.events import FIELDS, Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.journal.rules import EMPTY, Versions, link
from app.domain.processes.model import Process
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.db import db, transaction
from config import database_url
from tests.support import apps
from tests.support.postgres import new_database
from tests.support.story import Story

#: When rows were made that say nothing else.
MADE = datetime(2024, 10, 1, 1, 2, 3, 456789, tzinfo=UTC)
#: What a dossier from before the clocks could not tell.
_UNKNOWN = COUNTED | {
    Event.RECEPTION_WARNED,
    Event.RECEPTION_OVERDUE,
    Event.TERM_WARNED,
    Event.TERM_OVERDUE,
    Event.STEP_WARNED,
    Event.STEP_ESCALATED,
}


@contextmanager
def database_at(revision: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """The application on an empty database of that revision; `request.param` names its kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'old.sqlite3'}"
    else:
        url = database_url(new_database(request.getfixturevalue("postgres_server"), folder.name))
    with apps.closing(create_app(apps.test_config(url, folder))) as app, app.app_context():
        upgrade(revision=revision)
        yield app


def insert(table: str, **values: object) -> None:
    """A row of a table as it is now; columns that are not given become nothing or naught."""
    with db.engine.begin() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        plain = {
            column.name: _naught(column)
            for column in found.columns
            if not column.nullable and column.name not in values
        }
        given = {name: stored(value) for name, value in values.items()}
        connection.execute(found.insert(), plain | given)


def stored(value: object) -> object:
    """A moment as the database at hand keeps it."""
    if isinstance(value, datetime) and db.engine.dialect.name == "sqlite":
        return value.replace(tzinfo=None)
    return value


def _naught(column: sa.Column[object]) -> object:
    kind = column.type.python_type
    if kind is datetime:
        return stored(MADE)
    return {int: 1, str: "x", bytes: b"{}", date: date(2024, 1, 1)}[kind]


def make_old(story: Story) -> None:
    """Turn the dossier into one from before the clocks: go back to the schema of that time, with a
    journal that knows nothing of them, and let the upgrade bring it up again."""
    with story.app.app_context():
        number = story.dossier().id
        due_at = _forget_clocks(number)
        db.session.remove()
        stamp()
        downgrade(revision="0002")
        _promise(number, due_at)
        upgrade()
        db.session.remove()


def _promise(dossier: int, due_at: datetime) -> None:
    """There was one date for everything, promised with the submission."""
    with db.engine.begin() as connection:
        rows = sa.Table("dossiers", sa.MetaData(), autoload_with=connection)
        due = stored(due_at)
        told = {"due_at_original": due, "due_at_current": due}
        connection.execute(rows.update().where(rows.c.id == dossier).values(told))


def _forget_clocks(dossier: int) -> datetime:
    """Write the journal anew; gives the date that its submission tells."""
    with transaction() as session:
        entries = [one for one in entries_of(session, dossier) if one.event not in _UNKNOWN]
        rows, head = [], EMPTY
        fields = FIELDS[Event.DOSSIER_SUBMITTED] - {"term"}
        with patch.dict(FIELDS, {Event.DOSSIER_SUBMITTED: fields}):
            for one in entries:
                told = {name: v for name, v in (one.payload or {}).items() if name != "term"}
                versions = Versions(
                    version_id=one.version_id, calendar_version_id=one.calendar_version_id
                )
                row, head = link(
                    head,
                    one.event,
                    told,
                    dossier_id=dossier,
                    at=one.at,
                    actor=_actor(one),
                    seat=_seat(one),
                    versions=versions,
                )
                rows.append(row)
        session.execute(sa.delete(JournalEntry).where(JournalEntry.dossier_id == dossier))
        session.execute(sa.insert(JournalEntry), rows)
        process = session.get_one(Process, dossier)
        process.head_seq, process.head_hash = head.seq, head.hash
    return datetime.fromisoformat((entries[0].payload or {})["due_at"])


def _actor(entry: JournalEntry) -> Actor:
    return Actor(kind=ActorKind.SYSTEM, person_id=entry.actor_id, name=entry.actor_name)


def _seat(entry: JournalEntry) -> Seat | None:
    if entry.role is None:
        return None
    return Seat(
        role=entry.role, unit_id=0, unit_code=entry.unit_code or "", unit_name=entry.unit_name or ""
    )
