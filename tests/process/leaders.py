"""Who leads, by the server's own log."""

import json
import time

from tests.support.server import Server


def leaders(server: Server, *, count: int) -> list[int]:
    """The processes that have led so far, as soon as there were so many."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        lines = server.log.read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines if '"event": "leads"' in line]
        if len(told) >= count:
            return [entry["pid"] for entry in told]
        time.sleep(0.05)
    raise AssertionError("nobody leads")
