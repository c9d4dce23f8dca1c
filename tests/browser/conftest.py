"""A real server and a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.support.server import Server, running

#: Where pictures of the pages are left for people to look at; not part of the project.
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def server(app: Flask, tmp_path: Path) -> Iterator[Server]:
    """gunicorn with its scheduler on the database of `app`."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "TICK_SECONDS": "0.2",
    }
    with running(tmp_path, settings) as started:
        yield started
