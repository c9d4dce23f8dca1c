"""The house to be measured: server, PostgreSQL with default durability, demo province."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from flask import Flask

from app import create_app
from app.actions.issue_token import issue_token
from app.domain.people.queries import person_by_username
from app.foundation.clock import now
from app.foundation.db import transaction
from config import Config, database_url
from tests.support.postgres import cluster, new_database
from tests.support.server import ROOT, Server

#: As Debian ships it (fsync on), plus the module that counts statements.
SETTINGS = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "top",
    "shared_buffers": "256MB",
}


@dataclass(frozen=True, kw_only=True)
class House:
    """A running server and two ways to look inside."""

    server: Server
    app: Flask
    connection: psycopg.Connection[Any]

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows straight from the database."""
        return self.connection.execute(statement, values).fetchall()

    def do(self, statement: str, *values: object) -> None:
        """Change the database behind the server's back."""
        self.connection.execute(statement, values)

    def tokens(self, people: Iterator[str] | set[str] | list[str]) -> Mapping[str, str]:
        """A bearer token for each of these people."""
        with self.app.app_context(), transaction() as session:
            return {
                name: issue_token(session, person_by_username(session, name), at=now())
                for name in people
            }


@contextmanager
def house() -> Iterator[House]:
    """Everything new, in temporary folders, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, cluster(SETTINGS) as server:
        address = new_database(server, "bench")
        served = Server(Path(folder), {"DATABASE_URL": address})
        for words in (("db", "upgrade"), ("demo", "load")):
            _command(served, *words)
        config = Config(
            SQLALCHEMY_DATABASE_URI=database_url(address),
            SECRET_KEY=token_hex(),
            FILE_STORE=folder,
            CLAMD="none",
        )
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
            try:
                served.start()
                yield House(server=served, app=create_app(config), connection=connection)
            finally:
                served.kill()


def _command(served: Server, *words: str) -> None:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=served.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
