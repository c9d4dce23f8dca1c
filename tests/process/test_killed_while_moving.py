"""Killed in the middle of moving dossiers: each has moved once or not at all, the rest follows."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.foundation.db import db
from app.queries.version_pages import version_lines
from tests.support.second_version import BIRTH, deploy, second_files
from tests.support.server import ROOT, Server
from tests.support.story import Story

pytestmark = pytest.mark.process

DOSSIERS = 40
MOVE = ("procedures", "migrate", BIRTH, "--to", "2", "--accept", "--yes", "--batch", "7")


def test_every_dossier_moves_exactly_once(any_app: Flask, tmp_path: Path) -> None:
    stories = [Story(any_app) for _ in range(DOSSIERS)]
    for story in stories:
        story.submit(BIRTH)
    deploy(any_app, second_files())
    beside = Server(tmp_path, {"DATABASE_URL": any_app.config["SQLALCHEMY_DATABASE_URI"]})
    for more in (1, 5):
        _kill_after(any_app, beside, more)
    before = _moved(any_app)
    assert 0 < before <= DOSSIERS
    assert _run(beside, *MOVE).wait(timeout=120) == 0
    assert _moved(any_app) == DOSSIERS
    with any_app.app_context():
        lines = {line.number: line.running for line in version_lines(db.session(), BIRTH)}
    assert lines == {1: 0, 2: DOSSIERS}
    for story in stories:
        assert story.events().count("version_migrated") == 1
    stories[0].complete("reception", "quyen.cambinh")
    assert stories[0].replayed().identical
    assert _run(beside, "audit", "verify").wait(timeout=120) == 0


def _kill_after(app: Flask, beside: Server, more: int) -> None:
    """Start moving, and kill the process when so many more dossiers have moved."""
    enough = _moved(app) + more
    moving = _run(beside, *MOVE)
    give_up = time.monotonic() + 120
    while moving.poll() is None and _moved(app) < enough:
        assert time.monotonic() < give_up, "nothing moves"
    moving.kill()
    moving.wait(timeout=60)


def _moved(app: Flask) -> int:
    with app.app_context():
        session = db.session()
        wanted = select(func.count()).where(JournalEntry.event == Event.VERSION_MIGRATED)
        return session.scalar(wanted) or 0


def _run(beside: Server, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=beside.environment(),
        stdout=subprocess.DEVNULL,
    )
