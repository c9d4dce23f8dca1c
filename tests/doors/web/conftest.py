"""Readers of pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from app.cli.demo import PASSWORD
from tests.doors.web.page_client import Reader


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all tests and not once for each."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(autouse=True)
def _reuse_templates(app: Flask, compiled: FileSystemBytecodeCache) -> None:
    app.jinja_env.bytecode_cache = compiled


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody without an account."""
    return Reader(app.test_client())


@pytest.fixture
def logged_in(app: Flask) -> Callable[[str], Reader]:
    """Somebody with an account, in a browser of his own."""

    def enter(username: str) -> Reader:
        reader = Reader(app.test_client())
        reader.log_in(username, PASSWORD)
        return reader

    return enter
