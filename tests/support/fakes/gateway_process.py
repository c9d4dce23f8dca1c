"""Starts the fake gateways as a process, steers them, and reads what came."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.server import ROOT, free_port


class Gateways:
    """The running fakes."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"

    def plan(self, *wishes: str) -> None:
        """What to do with the next calls; after that all is well."""
        self._open("/control", json.dumps(wishes).encode())

    def came(self, path: str) -> list[dict[str, Any]]:
        """The calls to one service."""
        return [call for call in self._open("/log") if call["path"] == path]

    def _open(self, path: str, body: bytes | None = None) -> Any:
        with urllib.request.urlopen(self.root + path, body, timeout=10) as answer:  # noqa: S310 - our own process
            return json.load(answer)


@contextmanager
def gateways() -> Iterator[Gateways]:
    """Running as long as the block lasts."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.support.fakes.gateways", str(port)], cwd=ROOT
    )
    made = Gateways(port)
    try:
        _wait(made)
        yield made
    finally:
        process.kill()
        process.wait()


def _wait(made: Gateways) -> None:
    give_up = time.monotonic() + 30
    while True:
        try:
            made.came("/sms")
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        else:
            return
