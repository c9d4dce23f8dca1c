"""Exactly one leader: whoever holds the lease works off what is due, the others wait for it.

A lease ends with its holder. The operating system or the database server lets it go when the
process dies, so nothing has to expire and no clocks are compared.
"""

import fcntl
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

#: The advisory lock's number; PostgreSQL keeps such numbers apart by database.
LOCK_NUMBER = 0x6D6F7463
#: The server notices within about twenty seconds that a leader's machine is gone.
_KEEP_ALIVE = (
    "tcp_keepalives_idle = 10",
    "tcp_keepalives_interval = 3",
    "tcp_keepalives_count = 3",
)


class Lease(Protocol):
    """The right to lead."""

    def take(self) -> Connection | None:
        """Take or keep the lease; a connection to look at the database with, None for followers.

        Raises the database's own error when the connection is lost: give the lease up then.
        """

    def give_up(self) -> None:
        """Stop leading, or stop waiting; the lease may be taken again later."""


class PostgresLease:
    """An advisory lock on a connection of its own.

    The leader looks at what is due through this very connection. When it breaks, the look fails,
    so nobody leads on the strength of a lock that the server has already given to another. The
    lock belongs to a session: a pooler between must not share sessions by transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._leads = False

    def take(self) -> Connection | None:
        """Ask for the lock; asking costs nothing once it is held."""
        if self._connection is None:
            self._connection = self._connect()
        if not self._leads:
            asked = text("SELECT pg_try_advisory_lock(:number)")
            self._leads = bool(self._connection.scalar(asked, {"number": LOCK_NUMBER}))
        return self._connection if self._leads else None

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


class FileLease:
    """A lock on a file beside the SQLite database; the kernel frees it with its process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = create_engine(engine.url, poolclass=NullPool)
        self._path = Path(f"{engine.url.database}.leader")
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None

    def take(self) -> Connection | None:
        """Lock the file, unless another process has."""
        if self._file is None and not self._lock():
            return None
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

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


def lease_for(engine: Engine) -> Lease:
    """The kind of lease that suits the database."""
    return PostgresLease(engine) if engine.dialect.name == "postgresql" else FileLease(engine)
