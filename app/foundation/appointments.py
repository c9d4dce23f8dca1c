"""Whoever stores an instant at which something comes due says so; after the commit it is passed on.

Thus the scheduler can sleep until the next instant it knows of and need not ask the database all
the time. Nothing is lost when somebody forgets to say it: the scheduler looks again by itself
after `LOOK_SECONDS`, only later than it should.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

#: Is told the earliest instant that a transaction has stored; called in the thread that committed.
Hearer = Callable[[datetime], None]

_EARLIEST = "comes_due"
_hearers: WeakKeyDictionary[Engine, list[Hearer]] = WeakKeyDictionary()
_lock = Lock()


def comes_due(session: Session, *instants: datetime) -> None:
    """Say that this transaction stores rows that come due then; `add_rows` says it by itself."""
    known = [session.info[_EARLIEST]] if _EARLIEST in session.info else []
    if earliest := min((*known, *instants), default=None):
        session.info[_EARLIEST] = earliest


def listen(engine: Engine, hearer: Hearer) -> None:
    """Tell `hearer` from now on what is committed on that database by this process."""
    with _lock:
        _hearers[engine] = [*_hearers.get(engine, ()), hearer]


def stop_listening(engine: Engine, hearer: Hearer) -> None:
    """Tell it no longer."""
    with _lock:
        _hearers[engine] = [one for one in _hearers.get(engine, ()) if one != hearer]


def pass_on(session: Session, *, committed: bool) -> None:
    """The transaction has ended: tell the hearers, or forget it."""
    earliest = session.info.pop(_EARLIEST, None)
    if committed and earliest is not None:
        for hearer in _hearers.get(session.get_bind().engine, ()):
            hearer(earliest)
