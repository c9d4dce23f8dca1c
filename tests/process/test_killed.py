"""Killed at any moment, the server loses nothing it has said yes to; nothing is half done."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.events import Event as Fact
from app.domain.journal.model import JournalEntry
from app.foundation.db import db
from app.queries.replay import replay
from tests.process.office import Acknowledged, Office
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.process

KILLS = 3
CLIENTS = 2


def test_every_acknowledged_action_survives_kill_9(
    any_app: Flask, server: Server, tokens: dict[str, str]
) -> None:
    up, closing = Event(), Event()
    up.set()
    offices = [Office(server.port, tokens, up, closing) for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        working = [pool.submit(office.work) for office in offices]
        try:
            for kill in range(KILLS):
                _let_them_work(offices, more=10, pause=0.07 * kill)
                up.clear()
                server.kill()
                server.start()
                up.set()
            _let_them_work(offices, more=10, pause=0)
        finally:
            closing.set()
            up.set()
        for done in working:
            done.result()
    with any_app.app_context():
        for office in offices:
            _ensure_kept(db.session(), office.acknowledged)
        _ensure_whole(db.session())
    assert _command(server, "audit", "verify") == 0
    assert _command(server, "audit", "replay", offices[0].acknowledged.submitted[0]) == 0


def _let_them_work(offices: list[Office], *, more: int, pause: float) -> None:
    """Until so many further actions were acknowledged, and a moment longer."""
    enough = sum(len(office.acknowledged) for office in offices) + more
    give_up = time.monotonic() + 60
    while sum(len(office.acknowledged) for office in offices) < enough:
        assert time.monotonic() < give_up, "the office has come to a halt"
        time.sleep(0.01)
    time.sleep(pause)


def _ensure_kept(session: Session, acknowledged: Acknowledged) -> None:
    """Everything the server said yes to is there, and once only."""
    assert len(set(acknowledged.submitted)) == len(acknowledged.submitted)
    known = set(session.scalars(select(Dossier.code)))
    assert set(acknowledged.submitted) <= known
    done = select(InboxItem.id).where(InboxItem.state == ItemState.DONE)
    assert set(acknowledged.completed) <= set(session.scalars(done))


def _ensure_whole(session: Session) -> None:
    """Items, journal and engine state tell the same story of every dossier."""
    done = select(func.count()).where(InboxItem.state == ItemState.DONE)
    told = select(func.count()).where(JournalEntry.event == Fact.TASK_COMPLETED)
    assert session.scalar(done) == session.scalar(told)
    for dossier in session.scalars(select(Dossier)).all():
        verdict = replay(session, dossier)
        assert verdict.identical, dossier.code
        waiting = select(InboxItem.step).where(
            InboxItem.dossier_id == dossier.id, InboxItem.state == ItemState.OPEN
        )
        assert sorted(session.scalars(waiting)) == sorted(verdict.steps[-1].open)


def _command(server: Server, *words: str) -> int:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=server.environment(),
        stdout=subprocess.DEVNULL,
        check=False,
    ).returncode
