"""Guessing is slowed down, whatever address it comes from."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.cli.demo import PASSWORD
from tests.doors.web.page_client import Reader
from tests.support import apps

Make = Callable[..., Flask]


@pytest.fixture
def make(sqlite_file: Path, tmp_path: Path) -> Iterator[Make]:
    """An application with settings of its own."""
    made: list[Flask] = []

    def build(**settings: Any) -> Flask:
        # A file of its own: wrong guesses are stored.
        file = tmp_path / f"guessing-{len(made)}.sqlite3"
        shutil.copyfile(sqlite_file, file)
        config = replace(apps.test_config(f"sqlite:///{file}", tmp_path), **settings)
        made.append(create_app(config))
        return made[-1]

    yield build
    for app in made:
        with apps.closing(app):
            pass


def from_address(app: Flask, address: str) -> Reader:
    """Somebody behind a proxy that tells his address."""
    client = app.test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = address
    return Reader(client)


def log_in(reader: Reader, password: str, status: int, username: str = "congdan1") -> None:
    """Try once."""
    form = reader.open("/dang-nhap").form("password")
    form.send(username=username, password=password, status=status)


def test_a_proxy_is_believed_only_when_it_is_trusted(make: Make) -> None:
    for proxies, second in ((0, 429), (1, 422)):
        app = make(LOGIN_RATE_LIMIT="1 per minute", TRUSTED_PROXIES=proxies)
        log_in(from_address(app, "203.0.113.1"), "wrong", 422)
        log_in(from_address(app, "203.0.113.2"), "wrong", second)


def test_one_user_name_is_not_guessed_at_from_many_addresses(make: Make) -> None:
    app = make(GUESS_RATE_LIMIT="2 per 15 minutes", TRUSTED_PROXIES=1)
    for number, status in enumerate((422, 422, 429)):
        log_in(from_address(app, f"203.0.113.{number}"), "wrong", status)
    log_in(from_address(app, "203.0.113.9"), "wrong", 422, "congdan2")


def test_who_knows_the_password_is_never_counted(make: Make) -> None:
    app = make(GUESS_RATE_LIMIT="2 per 15 minutes")
    for _ in range(4):
        log_in(Reader(app.test_client()), PASSWORD, 200)


def test_one_code_is_not_guessed_at_from_many_addresses(make: Make) -> None:
    app = make(GUESS_RATE_LIMIT="2 per 15 minutes", TRUSTED_PROXIES=1)
    for number, status in enumerate((422, 422, 429)):
        reader = from_address(app, f"203.0.113.{number}")
        form = reader.open("/tra-cuu").form("identity")
        form.send(code="h27.30-241104-0001 ", identity=f"04200000000{number}", status=status)
