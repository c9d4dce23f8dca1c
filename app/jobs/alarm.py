"""When to look next: the earliest instant that anybody has named since the last look."""

from datetime import UTC, datetime
from threading import Lock

#: Long past; an alarm set by it rings at once.
AT_ONCE = datetime.min.replace(tzinfo=UTC)


class Alarm:
    """Set by the threads that answer requests, obeyed by the one that keeps the clock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._instant: datetime | None = AT_ONCE

    @property
    def instant(self) -> datetime | None:
        """When it rings; None when nobody has named an instant."""
        return self._instant

    def set_by(self, instant: datetime) -> bool:
        """Ring at that instant at the latest; whether that is sooner than it would have."""
        with self._lock:
            sooner = self._instant is None or instant < self._instant
            if sooner:
                self._instant = instant
        return sooner

    def clear(self) -> None:
        """Forget what was named so far; to be called before the look, lest anything be lost."""
        with self._lock:
            self._instant = None

    def rings(self, at: datetime) -> bool:
        """Whether it rings by that moment."""
        instant = self._instant
        return instant is not None and instant <= at

    def precedes(self, instant: datetime) -> bool:
        """Whether it rings before that moment."""
        own = self._instant
        return own is not None and own < instant
