"""Rows that could not be dealt with wait, each longer after every failure, and bar nobody's way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.actions.incidents import GIVE_UP_AFTER

#: What somebody else was just working on is tried again soon.
BUSY = timedelta(seconds=1)
#: A failed row waits 2, 4, 8, 16 seconds, then a quarter of an hour.
LONGEST = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class _Wait:
    failures: int
    until: datetime


@dataclass
class Patience:
    """Who waits until when; kept by the leader only, a new leader tries everything once."""

    _waits: dict[int, _Wait] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._waits)

    def allows(self, row: int, at: datetime) -> bool:
        """Whether the row need not wait at that moment.

        Nobody is told to wait longer than `LONGEST`: who seems to has seen the clock set back.
        """
        wait = self._waits.get(row)
        return wait is None or not at < wait.until <= at + LONGEST

    def first(self, after: datetime) -> datetime | None:
        """When the first of those who still wait then need wait no longer."""
        return min((w.until for w in self._waits.values() if w.until > after), default=None)

    def settled(self, row: int) -> None:
        """It is done; forget it."""
        self._waits.pop(row, None)

    def busy(self, row: int, at: datetime) -> None:
        """Somebody else holds it; that is no failure."""
        self._waits[row] = _Wait(failures=self._failures(row), until=at + BUSY)

    def failed(self, row: int, at: datetime) -> int:
        """It went wrong; returns how often by now."""
        failures = self._failures(row) + 1
        delay = LONGEST if failures >= GIVE_UP_AFTER else timedelta(seconds=2.0**failures)
        self._waits[row] = _Wait(failures=failures, until=at + delay)
        return failures

    def keep_only(self, rows: Iterable[int]) -> None:
        """Forget everything else: it has been settled by other means."""
        kept = set(rows)
        self._waits = {row: wait for row, wait in self._waits.items() if row in kept}

    def _failures(self, row: int) -> int:
        known = self._waits.get(row)
        return known.failures if known else 0
