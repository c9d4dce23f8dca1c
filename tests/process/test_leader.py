"""One process of the server leads; when it dies, another goes on."""

import psutil
import pytest
from flask import Flask

from tests.process.leaders import leaders
from tests.support.server import Server

pytestmark = pytest.mark.process


def test_another_worker_leads_when_the_leader_is_killed(
    any_app: Flask, server: Server, tokens: dict[str, str]
) -> None:
    first = leaders(server, count=1)[0]
    assert first in {worker.pid for worker in server.workers()}
    psutil.Process(first).kill()
    second = leaders(server, count=2)[1]
    assert second != first
    assert second in {worker.pid for worker in server.workers()}


def test_asked_to_stop_it_ends_and_leaves_nobody_behind(any_app: Flask, server: Server) -> None:
    workers = server.workers()
    assert workers
    assert server.stop() == 0
    assert not [worker for worker in workers if worker.is_running()]
