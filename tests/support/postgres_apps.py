"""Applications on PostgreSQL: one server, a database for each test, copied from a template."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from app import create_app
from config import database_url
from tests.support import apps
from tests.support.lending import LENDER
from tests.support.postgres import cluster
from tests.support.quick_disk import quick_disk

TEMPLATE = "motcua_template"


@contextmanager
def postgres_template(folder: Path) -> Iterator[str]:
    """Start a server and fill the template; gives the address of its maintenance database."""
    with cluster(parent=quick_disk()) as server:
        _administer(server, f"CREATE DATABASE {TEMPLATE}")
        config = apps.test_config(database_url(_database(server, TEMPLATE)), folder)
        with apps.closing(create_app(config)) as app:
            apps.fill(app)
        yield server


@contextmanager
def postgres_app(server: str, folder: Path) -> Iterator[Flask]:
    """An application on a copy of the template of its own, with its files in `folder`."""
    names = (f"motcua_{n}" for n in itertools.count())
    url = LENDER.free(database_url(_database(server, name)) for name in names)
    name = make_url(url).database

    def renew() -> None:
        _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # As files, since writing all of it into the log as well takes four times as long.
        _administer(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")

    with LENDER.lend(apps.test_config(url, folder), renew) as lent, apps.closing(lent) as app:
        yield app


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _database(server: str, name: str) -> str:
    """The address of another database of the same server."""
    head, _, options = server.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{options}" if options else "")
