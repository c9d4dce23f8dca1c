"""The numbered scripts build exactly the tables that the models describe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from app import create_app
from app.foundation.db import Base, db
from config import database_url
from tests.support import apps
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without a single table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    else:
        url = database_url(new_database(request.getfixturevalue("postgres_server"), tmp_path.name))
    with apps.closing(create_app(apps.test_config(url, tmp_path))) as app, app.app_context():
        yield app


def differences() -> list[object]:
    """What Alembic would still change."""
    with db.engine.connect() as connection:
        # Trigrams are kept by means of each database that no model can describe.
        opts = {
            "compare_type": True,
            "include_name": lambda name, *_: "_trigram" not in (name or ""),
        }
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Base.metadata))


def test_upgrading_an_empty_database_gives_the_models_tables(bare_app: Flask) -> None:
    upgrade()
    assert differences() == []


def test_upgrading_again_changes_nothing(bare_app: Flask) -> None:
    upgrade()
    upgrade()
    assert differences() == []


def test_downgrading_leaves_nothing_behind(bare_app: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]


def test_references_are_enforced_after_an_upgrade(bare_app: Flask) -> None:
    upgrade()
    orphan = sa.text("INSERT INTO access_tokens VALUES (1, 99, 'd', '2024-01-01', NULL, NULL)")
    with db.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(orphan)
