"""A circuit breaker: who fails again and again is left alone for a while."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Opens after so many failures in a row; after the rest one call may try."""

    def __init__(
        self, *, after: int = 5, rest: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._after, self._rest, self._clock = after, rest, clock
        self._failures = 0
        self._closed_again_at = 0.0
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether to call now; of several after a rest, the first only."""
        with self._lock:
            if self._failures < self._after:
                return True
            if self._clock() < self._closed_again_at:
                return False
            self._closed_again_at = self._clock() + self._rest
            return True

    def succeeded(self) -> None:
        """The call did."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._after:
                self._closed_again_at = self._clock() + self._rest
