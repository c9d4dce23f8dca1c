"""Applications for tests: the demo province is loaded once and copied for every test."""

import itertools
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask

from app import create_app
from app.actions.deploy_procedure import deploy_procedure
from app.actions.load_province import load_province
from app.cli.demo import PASSWORD, PROCEDURES, PROVINCE
from app.cli.files import files_of_procedure
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from config import Config
from tests.support.lending import LENDER

#: People log in hundreds of times; what guessing costs is asked for where it matters.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
#: A Monday morning, 09:00 in Hà Tĩnh.
MONDAY = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)


def test_config(url: str, folder: Path) -> Config:
    """Settings of a test application."""
    return Config(
        SQLALCHEMY_DATABASE_URI=url,
        SECRET_KEY="tests only",
        FILE_STORE=str(folder / "files"),
        TESTING=True,
        PASSWORD_TIME_COST=1,
        LOGIN_RATE_LIMIT="1000 per minute",
        UPLOAD_RATE_LIMIT="1000 per minute",
        FEEDBACK_RATE_LIMIT="1000 per minute",
        CLAMD="none",
    )


def fill(app: Flask) -> None:
    """Create the tables and load the demo province with its procedures."""
    province = tomllib.loads(PROVINCE.read_text(encoding="utf-8"))
    with app.app_context():
        db.create_all()
        with transaction() as session:
            load_province(session, province, password_hash=_CHEAP.hash(PASSWORD), at=MONDAY)
            for folder in sorted(PROCEDURES.iterdir()):
                if (folder / "procedure.toml").is_file():
                    files = files_of_procedure(folder)
                    deploy_procedure(session, files, actor=SYSTEM, at=MONDAY)


@contextmanager
def closing(app: Flask) -> Iterator[Flask]:
    """Give the application out and close its connections afterwards."""
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def sqlite_template(folder: Path) -> Path:
    """A database file with everything loaded."""
    path = folder / "template.sqlite3"
    with closing(create_app(test_config(f"sqlite:///{path}", folder))) as app:
        fill(app)
    return path


@contextmanager
def sqlite_app(template: Path, folder: Path) -> Iterator[Flask]:
    """An application on a copy of the template of its own, with its files in `folder`."""
    numbered = (f"sqlite:///{template.with_name(f'motcua-{n}.sqlite3')}" for n in itertools.count())
    url = LENDER.free(numbered)
    path = Path(url.removeprefix("sqlite:///"))

    def renew() -> None:
        # Whoever still has the old file open keeps it, and does not see the new one.
        for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
        shutil.copyfile(template, path)

    with LENDER.lend(test_config(url, folder), renew) as lent, closing(lent) as app:
        yield app
