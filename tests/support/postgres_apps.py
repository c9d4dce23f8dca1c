"""Applications on PostgreSQL: one server, one database a test, copied from a template."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask

from app import create_app
from config import database_url
from tests.support import apps
from tests.support.postgres import cluster

TEMPLATE = "motcua_template"
_numbers = itertools.count(1)


@contextmanager
def postgres_template(folder: Path) -> Iterator[str]:
    """Start a server and fill the template; gives the address of its maintenance database."""
    with cluster() as server:
        _administer(server, f"CREATE DATABASE {TEMPLATE}")
        config = apps.test_config(database_url(_database(server, TEMPLATE)), folder)
        with apps.closing(create_app(config)) as app:
            apps.fill(app)
        yield server


@contextmanager
def postgres_app(server: str, folder: Path) -> Iterator[Flask]:
    """An application on its own copy of the template."""
    name = f"motcua_{os.getpid()}_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    config = apps.test_config(database_url(_database(server, name)), folder)
    with apps.closing(create_app(config)) as app:
        yield app
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def _database(server: str, name: str) -> str:
    """The address of another database of the same server."""
    head, _, options = server.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{options}" if options else "")
