"""A virus scanner of our own, and files to show it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.actions.store_file import store_file
from app.actions.take_in_file import take_in
from app.domain.documents.model import StoredFile
from app.domain.people.queries import actor_of, person_by_username
from app.domain.procedures.queries import procedure_by_key
from app.foundation import clock
from app.foundation.actor import VISITOR, Actor
from app.foundation.db import db, transaction
from app.jobs.scanning import SCANNING
from app.jobs.worklist import FILES
from app.queries.definitions import current_version
from tests.support.clamd import Daemon, daemon, program

BIRTH = "dang-ky-khai-sinh"


@pytest.fixture(scope="session")
def clamav() -> Iterator[Daemon]:
    """A running ClamAV daemon that knows the test virus."""
    if program() is None:
        pytest.skip("ClamAV is not installed (Debian: apt-get install clamav-daemon)")
    with daemon() as started:
        started.start()
        yield started


@pytest.fixture
def scanned(app: Flask, clamav: Daemon) -> Flask:
    """The application with the scanner."""
    app.config["CLAMD"] = clamav.address
    return app


class Office:
    """Uploads files and lets the clock come round."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.at = clock.now()

    def actor(self, username: str | None) -> Actor:
        if username is None:
            return VISITOR
        found = actor_of(db.session(), person_by_username(db.session(), username).id, self.at)
        assert found is not None
        return found

    def store(
        self, content: bytes, name: str = "a.pdf", *, by: str | None = "congdan1", **more: object
    ) -> str:
        """The id of an uploaded file."""
        with self.app.app_context():
            actor = self.actor(by)
            taken = take_in(name, content, max_size=100_000_000)
            with transaction() as session:
                return store_file(session, taken, actor=actor, at=self.at, **more).id  # type: ignore[arg-type] # handed on

    def tick(self, **later: float) -> int:
        """Do what is due after that time, scans included; returns how many errands there were."""
        self.at += timedelta(**later)
        with self.app.app_context(), clock.at(self.at):
            due = FILES.rows.due(db.session(), self.at, 100)
            for one in due:
                with transaction() as session:
                    FILES.act(session, one.row, at=self.at)
        SCANNING.wait()
        return len(due)

    def file(self, file_id: str) -> StoredFile | None:
        with self.app.app_context():
            return db.session().get(StoredFile, file_id, populate_existing=True)


def paper_field(app: Flask) -> str:
    """A question of the application that takes a file."""
    with app.app_context():
        version = current_version(db.session(), procedure_by_key(db.session(), BIRTH))
        form = version.form(version.case(None).application_form)
        return next(iter(form.file_fields))
