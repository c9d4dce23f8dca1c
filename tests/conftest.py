"""Fixtures every test may use; builders and drivers live in tests/support."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy.orm import Session

from app.actions.issue_token import issue_token
from app.domain.people.queries import actor_of, person_by_username
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from tests.support import apps
from tests.support.postgres_apps import postgres_app, postgres_template
from tests.support.quick_disk import quick_disk

#: Speed is measured in `make bench`, never asserted; a slow machine must not fail a property.
settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")


@pytest.fixture(scope="session")
def sqlite_file() -> Iterator[Path]:
    """The demo province in an SQLite file, to be copied."""
    with TemporaryDirectory(prefix="sqlite-", dir=quick_disk()) as folder:
        yield apps.sqlite_template(Path(folder))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own with the demo province in a template database."""
    with postgres_template(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def app(sqlite_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on SQLite, demo province and procedures loaded."""
    with apps.sqlite_app(sqlite_file, tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on each database in turn."""
    if request.param == "sqlite":
        with apps.sqlite_app(request.getfixturevalue("sqlite_file"), tmp_path) as made:
            yield made
    else:
        with postgres_app(request.getfixturevalue("postgres_server"), tmp_path) as made:
            yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of the application on SQLite."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database session inside an application context, on SQLite."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def actor(app: Flask) -> Callable[[str], Actor]:
    """Look somebody up by user name; needs an application context."""

    def find(username: str) -> Actor:
        found = actor_of(db.session(), person_by_username(db.session(), username).id, now())
        assert found is not None
        return found

    return find


@pytest.fixture
def token_for(app: Flask) -> Callable[[str], str]:
    """A bearer token of the person with that user name."""

    def make(username: str) -> str:
        with app.app_context(), transaction() as session:
            return issue_token(session, person_by_username(session, username), at=now())

    return make
