"""Fake SMS operator, app server and Zalo: `python -m tests.support.fakes.gateways PORT`.

A process of its own, which answers as it is told on `/control` and tells on `/log` what came:
`ok`, `twice` (the same number again says it was taken), `delay`, `timeout`, `500`, `token`,
`unknown` (a code nobody has heard of), `garbage`, `stranger` (the reader is not reached there),
`never` (refused for good).
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

SLOW_SECONDS = 0.3
TIMEOUT_SECONDS = 3.0
#: What each service says, by what it was told: HTTP status and answer.
SAID: dict[str, dict[str, tuple[int, Any]]] = {
    "/sms": {
        "ok": (200, {"RPLY": {"ERROR": "0", "ERROR_DESC": "success"}}),
        "unknown": (200, {"RPLY": {"ERROR": "4711", "ERROR_DESC": "?"}}),
        "never": (200, {"RPLY": {"ERROR": "7", "ERROR_DESC": "template mismatch"}}),
        "token": (200, {"RPLY": {"ERROR": "1", "ERROR_DESC": "wrong user"}}),
        "stranger": (200, {"RPLY": {"ERROR": "9", "ERROR_DESC": "no such number"}}),
    },
    "/app": {
        "ok": (202, {}),
        "twice": (409, {}),
        "unknown": (299, {}),
        "never": (422, {}),
        "token": (401, {}),
        "stranger": (404, {}),
    },
    "/zalo": {
        "ok": (200, {"error": 0, "data": {"msg_id": "zalo-1"}}),
        "unknown": (200, {"error": -9999}),
        "never": (200, {"error": -112}),
        "token": (200, {"error": -124}),
        "stranger": (200, {"error": -118}),
    },
}


class Fake(ThreadingHTTPServer):
    """What has come, and what to answer next."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.lock = Lock()
        self.plan: list[str] = []
        self.log: list[dict[str, Any]] = []
        self.access, self.refresh = "access-1", "refresh-1"
        self.pairs = 1

    def next(self) -> str:
        """What to do with this call."""
        with self.lock:
            return self.plan.pop(0) if self.plan else "ok"


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: Fake

    def do_GET(self) -> None:
        """What has come."""
        self._answer(200, self.server.log)

    def do_POST(self) -> None:
        """A message, a wish for tokens, or an order from the test."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            self.server.plan = json.loads(body)
            return self._answer(200, {})
        wish = self.server.next()
        self.server.log.append({"path": self.path, "body": body, "headers": dict(self.headers)})
        if wish == "delay":
            time.sleep(SLOW_SECONDS)
        if wish == "timeout":
            time.sleep(TIMEOUT_SECONDS)
        if wish == "500":
            return self._answer(500, {})
        if wish == "garbage":
            return self._answer(200, "<html>")
        if self.path == "/oauth":
            return self._answer(200, self._pair(body, wish))
        return self._message(wish)

    def _message(self, wish: str) -> None:
        if self.path == "/zalo" and self.headers["access_token"] != self.server.access:
            wish = "token"
        said = SAID[self.path]
        return self._answer(*said.get(wish, said["ok"]))

    def _pair(self, body: str, wish: str) -> dict[str, Any]:
        """A refresh token is good once."""
        if wish == "token" or parse_qs(body)["refresh_token"] != [self.server.refresh]:
            return {"error": -14014, "error_description": "invalid refresh token"}
        with self.server.lock:
            self.server.pairs += 1
            self.server.access = f"access-{self.server.pairs}"
            self.server.refresh = f"refresh-{self.server.pairs}"
        return {
            "access_token": self.server.access,
            "refresh_token": self.server.refresh,
            "expires_in": "90000",
        }

    def _answer(self, status: int, body: Any) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_words: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    Fake(int(sys.argv[1])).serve_forever()
