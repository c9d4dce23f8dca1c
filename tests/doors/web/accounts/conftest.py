"""Accounts on both databases, with a mailbox."""

from pathlib import Path

import pytest
from flask import Flask

from tests.doors.web.page_client import Reader
from tests.support.mailbox import Mailbox


@pytest.fixture
def app(any_app: Flask) -> Flask:
    """Every test of accounts runs on each database."""
    return any_app


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path) -> Mailbox:
    """Where e-mails arrive."""
    return Mailbox(app, tmp_path / "mail")


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody without an account."""
    return Reader(app.test_client())
