"""A weekend's backlog is worked off once, whoever is killed and however many believe they lead."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from flask import Flask

from tests.process.backlog import Backlog
from tests.process.leaders import leaders
from tests.support.server import ROOT, Server, running

pytestmark = pytest.mark.process

#: Of each sort.
DOSSIERS = 40
KILLS = 2


@pytest.fixture
def backlog(any_app: Flask) -> Backlog:
    """There before any scheduler is."""
    return Backlog(any_app, DOSSIERS)


@pytest.fixture
def settings(any_app: Flask) -> dict[str, str]:
    """The same database; nobody waits for a look that nobody has asked for."""
    return {"DATABASE_URL": any_app.config["SQLALCHEMY_DATABASE_URI"], "LOOK_SECONDS": "3600"}


def test_leaders_killed_in_the_midst_of_it_leave_nothing_undone_or_done_twice(
    backlog: Backlog, settings: dict[str, str], tmp_path: Path
) -> None:
    with running(tmp_path, settings) as server:
        for kill in range(1, KILLS + 1):
            leader = leaders(server, count=kill)[-1]
            _until(backlog, kill * backlog.rows // (KILLS + 2))
            psutil.Process(leader).kill()
        leaders(server, count=KILLS + 1)
        _until(backlog, backlog.rows)
        time.sleep(1)
    backlog.ensure_done_once()


def test_a_server_that_loses_its_power_goes_on_where_it_was(
    backlog: Backlog, settings: dict[str, str], tmp_path: Path
) -> None:
    server = Server(tmp_path, settings)
    for outage in range(1, KILLS + 1):
        server.start()
        _until(backlog, outage * backlog.rows // (KILLS + 2))
        server.kill()
    server.start()
    _until(backlog, backlog.rows)
    assert server.stop() == 0
    backlog.ensure_done_once()


def test_two_that_believe_they_lead_do_nothing_twice(
    backlog: Backlog, settings: dict[str, str], tmp_path: Path
) -> None:
    told = Server(tmp_path, settings).environment()
    with _rogue(told), _rogue(told), _rogue(told) as third:
        _until(backlog, backlog.rows // 2)
        third.send_signal(signal.SIGKILL)
        _until(backlog, backlog.rows)
        time.sleep(1)
    backlog.ensure_done_once()


@contextmanager
def _rogue(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.process.rogue"], cwd=ROOT, env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _until(backlog: Backlog, rows: int) -> None:
    """Until so many are done; for ever is too long."""
    give_up = time.monotonic() + 120
    while (done := backlog.done()) < rows:
        assert time.monotonic() < give_up, f"{done} of {rows} are done"
        time.sleep(0.02)
