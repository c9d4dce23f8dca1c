"""Clients in processes of their own, each over one connection that stays open."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self

from tests.support.api_client import ApiClient
from tools.bench.pages import Browser

#: Time for every client to get ready for the common start.
HEAD_START = 0.3


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request somebody makes; with a body it acts, without it reads."""

    path: str
    #: Whose it is: a bearer token for the API, or else a session's cookie for a page.
    token: str = ""
    cookie: str = ""
    body: Any = None
    expected: int = 200


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a crew measured."""

    #: Seconds of each call.
    calls: list[float]
    #: Seconds from the common start to the last answer.
    took: float

    @property
    def rate(self) -> float:
        """Calls a second."""
        return len(self.calls) / self.took


class Crew:
    """Up to so many clients at once."""

    def __init__(self, port: int, size: int) -> None:
        self._port = port
        # Fresh interpreters: a forked one would share the connections of this process.
        self._pool = ProcessPoolExecutor(size, mp_context=get_context("spawn"))

    def run(self, calls: Sequence[Call], *, clients: int = 1) -> Run:
        """Deal the calls out to `clients`; every one must get the answer it expects."""
        start = time.perf_counter() + HEAD_START
        hands = [list(calls[index::clients]) for index in range(clients)]
        dealt = [self._pool.submit(perform, self._port, hand, start) for hand in hands]
        times = [found for hand in dealt for found in hand.result()]
        took = max(began + seconds for began, seconds in times) - start
        return Run(calls=[seconds for _, seconds in times], took=took)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def perform(port: int, calls: Iterable[Call], start: float) -> list[tuple[float, float]]:
    """Make the calls one after the other from `start` on; when each began and how long it took."""
    clients: dict[str, ApiClient | Browser] = {}
    found = []
    time.sleep(max(0.0, start - time.perf_counter()))
    for call in calls:
        client = clients.setdefault(call.token or call.cookie, _client(port, call))
        began = time.perf_counter()
        status = _make(client, call)
        found.append((began, time.perf_counter() - began))
        if status != call.expected:
            raise RuntimeError(f"{call.path}: {status}")
    for client in clients.values():
        client.close()
    return found


def _client(port: int, call: Call) -> ApiClient | Browser:
    """It connects with its first request, so making one too many costs nothing."""
    return ApiClient(port, call.token) if call.token else Browser(port, call.cookie)


def _make(client: ApiClient | Browser, call: Call) -> int:
    if isinstance(client, Browser):
        return client.read(call.path)[0]
    answer = client.get(call.path) if call.body is None else client.post(call.path, call.body)
    return answer.status
