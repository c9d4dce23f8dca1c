"""Real servers on a copy of the demo province."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.actions.issue_token import issue_token
from app.domain.people.queries import person_by_username
from app.foundation.clock import now
from app.foundation.db import transaction
from tests.process.office import PEOPLE
from tests.support.server import Server, running


@pytest.fixture
def server(any_app: Flask, tmp_path: Path) -> Iterator[Server]:
    """The server on the same database as `any_app`, which looks at what the server did."""
    settings = {
        "DATABASE_URL": any_app.config["SQLALCHEMY_DATABASE_URI"],
        "TICK_SECONDS": "0.2",
        # Who is not told of anything would be seen to be late.
        "LOOK_SECONDS": "3600",
    }
    with running(tmp_path, settings) as started:
        yield started


@pytest.fixture
def tokens(any_app: Flask) -> dict[str, str]:
    """A bearer token for everybody in the office."""
    with any_app.app_context(), transaction() as session:
        return {
            name: issue_token(session, person_by_username(session, name), at=now())
            for name in sorted(PEOPLE)
        }
