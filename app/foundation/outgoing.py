"""Calls to other houses: short time-outs, small answers, and a breaker that spares the unreachable.

Nothing is ever repeated here by itself: only the caller knows whether a call may be repeated.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
import urllib3

from app.foundation.clock import now

#: Seconds to connect, and to wait for each part of an answer.
CONNECT_SECONDS, READ_SECONDS = 3.0, 8.0
#: An answer longer than this is none.
MOST_BYTES = 256 * 1024
#: So many failures one after the other open the breaker for so long.
TRUSTED_FAILURES, REST = 5, timedelta(seconds=60)


class Unreachable(Exception):
    """No usable answer came; `reason` is one word for logs. Whether the call arrived is unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Breaker:
    """Closed while calls succeed; open, and failing at once, for a minute after five failures.

    After the minute one call is let through and decides.
    """

    _failures: int = 0
    _rests_until: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ensure_closed(self, at: datetime) -> None:
        """Raise Unreachable while it rests."""
        with self._lock:
            if self._rests_until is not None and at < self._rests_until:
                raise Unreachable("resting")
            if self._rests_until is not None:
                # One tries, the others go on resting until he knows.
                self._rests_until = at + REST

    def succeeded(self) -> None:
        """An answer came."""
        with self._lock:
            self._failures, self._rests_until = 0, None

    def failed(self, at: datetime) -> None:
        """None came."""
        with self._lock:
            self._failures += 1
            if self._failures >= TRUSTED_FAILURES:
                self._rests_until = at + REST


@dataclass(kw_only=True)
class Line:
    """A line to one other house."""

    #: Seconds to wait for each part of an answer.
    patience: float = READ_SECONDS
    breaker: Breaker = field(default_factory=Breaker)
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def post_json(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send a JSON object, get one back. Raises Unreachable."""
        self.breaker.ensure_closed(now())
        try:
            answer = self._post(url, orjson.dumps(body))
        except Unreachable:
            self.breaker.failed(now())
            raise
        self.breaker.succeeded()
        return answer

    def _post(self, url: str, body: bytes) -> dict[str, Any]:
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=self.patience)
        try:
            response = self._pool.request(
                "POST",
                url,
                body=body,
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            with response:
                content = response.read(MOST_BYTES + 1)
        except urllib3.exceptions.TimeoutError as error:
            raise Unreachable("timed_out") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable("no_connection") from error
        if response.status != 200:
            raise Unreachable(f"http_{response.status}")
        return _object(content)


def _object(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise Unreachable("too_long")
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unreachable("unreadable") from error
    if not isinstance(answer, dict):
        raise Unreachable("unreadable")
    return answer
