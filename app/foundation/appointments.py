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

#: Whom it is said to: the legal clock, or the post, so that neither wakes for the other's rows.
CLOCK, POST = "clock", "post"

_EARLIEST = "comes_due"
_hearers: WeakKeyDictionary[Engine, list[tuple[str, Hearer]]] = WeakKeyDictionary()
_lock = Lock()


def comes_due(session: Session, *instants: datetime, whom: str = CLOCK) -> None:
    """Say that this transaction stores rows that come due then; `add_rows` says it by itself."""
    known = session.info.setdefault(_EARLIEST, {})
    before = [known[whom]] if whom in known else []
    if earliest := min((*before, *instants), default=None):
        known[whom] = earliest


def listen(engine: Engine, hearer: Hearer, whom: str = CLOCK) -> None:
    """Tell `hearer` from now on what is committed on that database by this process."""
    with _lock:
        _hearers[engine] = [*_hearers.get(engine, ()), (whom, hearer)]


def stop_listening(engine: Engine, hearer: Hearer) -> None:
    """Tell it no longer."""
    with _lock:
        _hearers[engine] = [one for one in _hearers.get(engine, ()) if one[1] != hearer]


def pass_on(session: Session, *, committed: bool) -> None:
    """The transaction has ended: tell the hearers, or forget it."""
    earliest = session.info.pop(_EARLIEST, {})
    if committed and earliest:
        for whom, hearer in _hearers.get(session.get_bind().engine, ()):
            if whom in earliest:
                hearer(earliest[whom])
