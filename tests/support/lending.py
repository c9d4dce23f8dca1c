"""One application for many tests: building one takes longer than most tests do.

It is lent from test to test, each time on a fresh database at the same address, and as it was when
it was built: settings, counted guesses, and what the house remembers of the database before.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from sqlalchemy import Engine, event

from app import create_app
from app.foundation.db import db
from app.web.security import limiter
from config import Config


class Lender:
    """Keeps the applications of this process; gives one to whoever asks, until it comes back."""

    def __init__(self) -> None:
        self._idle: dict[str, _Kept] = {}
        self._storage: object = None
        self._lent: set[str] = set()

    def free(self, addresses: Iterator[str]) -> str:
        """The first of these addresses whose application is at home."""
        return next(one for one in addresses if one not in self._lent)

    @contextmanager
    def lend(self, config: Config, renew: Callable[[], None]) -> Iterator[Flask]:
        """The application at that address; `renew` lays a fresh database there beforehand."""
        address = config.SQLALCHEMY_DATABASE_URI
        self._lent.add(address)
        try:
            renew()
            kept = self._at(address, config)
            kept.make_new(config)
            yield kept.app
        finally:
            self._lent.discard(address)

    def _at(self, address: str, config: Config) -> "_Kept":
        # What protects the pages is bound to the application that was built last. If somebody has
        # built one with settings of his own meanwhile, the kept ones would follow those.
        if limiter._storage is not self._storage:
            self._idle.clear()
        if address not in self._idle:
            self._idle[address] = _Kept(create_app(config))
            self._storage = limiter._storage
        return self._idle[address]


class _Kept:
    """An application with the memory of how it was when it was built."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._attributes = dict(vars(app))
        self._config = dict(app.config)
        self._extensions = dict(app.extensions)
        with app.app_context():
            self._engine = db.engine
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _without_waiting)

    def make_new(self, config: Config) -> None:
        """Forget whatever the test before has done to it."""
        _restore(vars(self.app), self._attributes)
        _restore(self.app.config, self._config | config.as_mapping())
        _restore(self.app.extensions, self._extensions)
        limiter.reset()
        _forget(self._engine)


def _restore(mapping: dict[str, Any], kept: dict[str, Any]) -> None:
    mapping.clear()
    mapping.update(kept)


def _forget(engine: Engine) -> None:
    """The house keeps versions, calendars and shelves by engine: those of another database now."""
    for kept in _kept_by_engine(len(sys.modules)):
        kept.pop(engine, None)


@lru_cache(maxsize=1)
def _kept_by_engine(_modules: int) -> list[WeakKeyDictionary[Any, Any]]:
    """Looked for again when more of the house has been loaded."""
    rooms = [room for name, room in sys.modules.items() if name.startswith("app.")]
    found = (thing for room in rooms for thing in vars(room).values())
    return [thing for thing in found if isinstance(thing, WeakKeyDictionary)]


def _without_waiting(connection: Any, _record: object) -> None:
    """Tests lose nothing when the machine stops, so they do not wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF")


LENDER = Lender()
