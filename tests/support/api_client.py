"""A client of the JSON API over a real connection that is kept open."""

import http.client
import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: Any


class ApiClient:
    """Speaks for one person; not to be shared between threads."""

    def __init__(self, port: int, token: str, timeout: float = 30.0) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept-Language": "en",
        }

    def get(self, path: str) -> Answer:
        """Read."""
        return self._send("GET", path, None, None)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Answer:
        """Act; `key` makes a repeat harmless. Raises OSError or HTTPException if nobody answers."""
        return self._send("POST", path, body, key)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, method: str, path: str, body: Any, key: str | None) -> Answer:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        sent = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, f"/api/v1{path}", sent, headers)
            response = self._connection.getresponse()
            raw = response.read()
        except (OSError, http.client.HTTPException):
            # The next request opens a new connection.
            self._connection.close()
            raise
        return Answer(status=response.status, body=json.loads(raw) if raw else None)
