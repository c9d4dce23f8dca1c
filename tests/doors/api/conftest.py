"""A caller of the API, and a dossier to talk about."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.actions.issue_token import issue_token
from app.domain.people.queries import person_by_username
from app.foundation.clock import now
from app.foundation.db import transaction
from tests.doors.api.support import BIRTH, RECEPTION, Caller


@pytest.fixture
def caller(app: Flask, token_for: Callable[[str], str]) -> Callable[..., Caller]:
    """Somebody with a token, or nobody without a user name."""

    def make(username: str | None = None, language: str = "en") -> Caller:
        token = token_for(username) if username else None
        return Caller(app.test_client(), token, language)

    return make


@pytest.fixture
def mai(caller: Callable[..., Caller]) -> Caller:
    """A citizen."""
    return caller("congdan1")


@pytest.fixture
def desk(caller: Callable[..., Caller]) -> Caller:
    """The reception officer of the commune."""
    return caller(RECEPTION)


@pytest.fixture
def birth(mai: Caller) -> dict[str, Any]:
    """The receipt of a registration of a birth, just handed in by a citizen."""
    answer = mai.submit(BIRTH)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


@pytest.fixture
def every_caller(any_app: Flask) -> Callable[[str], Caller]:
    """Somebody with a token, on each database in turn."""

    def make(username: str) -> Caller:
        with any_app.app_context(), transaction() as session:
            token = issue_token(session, person_by_username(session, username), at=now())
        return Caller(any_app.test_client(), token, "en")

    return make
