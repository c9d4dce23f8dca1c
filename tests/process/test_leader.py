"""One process of the server leads; when it dies, another goes on."""

import json
import time

import psutil
import pytest
from flask import Flask

from tests.support.server import Server

pytestmark = pytest.mark.process


def test_another_worker_leads_when_the_leader_is_killed(
    any_app: Flask, server: Server, tokens: dict[str, str]
) -> None:
    first = _leaders(server, count=1)[0]
    assert first in {worker.pid for worker in server.workers()}
    psutil.Process(first).kill()
    second = _leaders(server, count=2)[1]
    assert second != first
    assert second in {worker.pid for worker in server.workers()}


def test_asked_to_stop_it_ends_and_leaves_nobody_behind(any_app: Flask, server: Server) -> None:
    workers = server.workers()
    assert workers
    assert server.stop() == 0
    assert not [worker for worker in workers if worker.is_running()]


def _leaders(server: Server, *, count: int) -> list[int]:
    """Who has led so far, by the server's own log, as soon as there were so many."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        lines = server.log.read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines if '"event": "leads"' in line]
        if len(told) >= count:
            return [entry["pid"] for entry in told]
        time.sleep(0.05)
    raise AssertionError("nobody leads")
