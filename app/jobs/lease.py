"""Exactly one leader: whoever holds the lease works off what is due, the others wait for it.

A lease ends with its holder. The operating system or the database server lets it go when the
process dies, so nothing has to expire and no clocks are compared. It also carries word to the
leader that another process has stored something that comes due soon.
"""

import fcntl
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.foundation.appointments import CLOCK, POST

#: The advisory lock's number; PostgreSQL keeps such numbers apart by database.
LOCK_NUMBER = 0x6D6F7463
#: The locked file, by the name of the database's.
LOCK_FILE = "{}.leader"
#: The post has a lock of its own.
_OFFSETS = {CLOCK: 0, POST: 1}
_SUFFIXES = {CLOCK: "", POST: "_post"}
#: Seconds in which whoever waits to write to an SQLite file will have tried again.
LONGEST_BREATHER = 0.005
#: On this channel the leader hears from the others.
CHANNEL = "motcua_due"
#: The server notices within about twenty seconds that a leader's machine is gone.
_KEEP_ALIVE = (
    "tcp_keepalives_idle = 10",
    "tcp_keepalives_interval = 3",
    "tcp_keepalives_count = 3",
    # Word to the leader need not survive a crash, so that it need not wait for the disk either.
    "synchronous_commit = off",
)


class Lease(Protocol):
    """The right to lead."""

    def take(self) -> Connection | None:
        """Take or keep the lease; a connection to look at the database with, None for followers.

        Raises the database's own error when the connection is lost: give the lease up then.
        """

    def tell(self) -> None:
        """As a follower, let the leader know that something was stored."""

    def heard(self) -> bool:
        """As the leader, whether something may have been stored since the last time of asking.

        Reads no rows. Raises the database's own error when the connection is lost.
        """

    def breather(self, worked: float) -> float:
        """How long to let others work after having worked so long, both in seconds."""

    def give_up(self) -> None:
        """Stop leading, or stop waiting; the lease may be taken again later."""


class PostgresLease:
    """An advisory lock on a connection of its own.

    The leader looks at what is due through this very connection. When it breaks, the look fails,
    so nobody leads on the strength of a lock that the server has already given to another. The
    lock belongs to a session: a pooler between must not share sessions by transaction.
    """

    def __init__(self, engine: Engine, what: str = CLOCK) -> None:
        self._engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._number = LOCK_NUMBER + _OFFSETS[what]
        self._channel = CHANNEL + _SUFFIXES[what]
        self._connection: Connection | None = None
        self._leads = False

    def take(self) -> Connection | None:
        """Ask for the lock; asking costs nothing once it is held."""
        if self._connection is None:
            self._connection = self._connect()
        if not self._leads:
            asked = text("SELECT pg_try_advisory_lock(:number)")
            self._leads = bool(self._connection.scalar(asked, {"number": self._number}))
            if self._leads:
                self._connection.exec_driver_sql(f"LISTEN {self._channel}")
        return self._connection if self._leads else None

    def tell(self) -> None:
        """One short statement outside of anybody's transaction.

        Notifications are committed one after the other in the whole server: inside the
        transactions of officers they would make these wait for each other.
        """
        if self._connection is not None:
            self._connection.exec_driver_sql(f"NOTIFY {self._channel}")

    def heard(self) -> bool:
        """Whatever has arrived at the socket; the server is not asked."""
        return bool(list(_driver(self._connection).notifies(timeout=0)))

    def breather(self, worked: float) -> float:
        """None: others work at the same time."""
        del worked
        return 0.0

    def give_up(self) -> None:
        """Close the connection, which frees the lock."""
        self._leads = False
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        connection = self._engine.connect()
        for setting in _KEEP_ALIVE:
            connection.exec_driver_sql(f"SET {setting}")
        return connection


def _driver(connection: Connection | None) -> Any:
    """The driver's own connection. Raises RuntimeError for who holds none."""
    if connection is None:
        raise RuntimeError("only the leader can hear")
    return connection.connection.driver_connection


class FileLease:
    """A lock on a file beside the SQLite database; the kernel frees it with its process."""

    def __init__(self, engine: Engine, what: str = CLOCK) -> None:
        self._engine = create_engine(engine.url, poolclass=NullPool)
        self._path = Path(LOCK_FILE.format(engine.url.database) + _SUFFIXES[what])
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None
        self._version = 0

    def take(self) -> Connection | None:
        """Lock the file, unless another process has."""
        if self._file is None and not self._lock():
            return None
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def tell(self) -> None:
        """Nothing to do: the leader sees that the file has changed."""

    def heard(self) -> bool:
        """Whether any other connection has committed; SQLite keeps count in shared memory."""
        before = self._version
        asked = _driver(self._connection).execute("PRAGMA data_version")
        (self._version,) = asked.fetchone()
        return bool(self._version != before)

    def breather(self, worked: float) -> float:
        """As long again, within reason: one may write at a time, and who waits tries and tries."""
        return min(worked, LONGEST_BREATHER)

    def give_up(self) -> None:
        """Close the file, which frees the lock."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._file is not None:
            self._file.close()
            self._file = None

    def _lock(self) -> bool:
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True


def lease_for(engine: Engine, what: str = CLOCK) -> Lease:
    """The kind of lease that suits the database."""
    kind = PostgresLease if engine.dialect.name == "postgresql" else FileLease
    return kind(engine, what)
