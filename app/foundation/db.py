"""The database: base class, column types, and `transaction()`, the only commit in the house."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Final, cast

import orjson
import structlog
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
)
from sqlalchemy import Enum as EnumType
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from app.foundation.appointments import CLOCK, comes_due, pass_on
from app.foundation.errors import LeavesMark

log = structlog.get_logger(__name__)

#: Row numbers: 64 bits everywhere; SQLite only counts up in columns it calls INTEGER.
BigId: Final = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; SQLite keeps no zone, so it is stored without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back as aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number, kept as its digits: SQLite would turn it into a binary fraction."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the digits."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the digits."""
        del dialect
        return None if value is None else Decimal(value)


class JsonBytes(TypeDecorator[Any]):
    """JSON kept as bytes with sorted keys: what was hashed is what is stored (engine facts D3)."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encode."""
        del dialect
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Decode."""
        del dialect
        return None if value is None else orjson.loads(value)


def canonical_json(value: Any) -> bytes:
    """The one byte form of a JSON value, fit for hashing."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


class Base(DeclarativeBase):
    """Mother of all tables.

    Constraint names are predictable so that migrations can name them. Enums are stored by value
    as text, so that adding a member needs no change of a database type.
    """

    #: Columns that hold an instant at which the scheduler must have a look.
    comes_due: ClassVar[tuple[str, ...]] = ()
    #: Which of the schedulers.
    wakes: ClassVar[str] = CLOCK

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            Enum: EnumType(
                Enum,
                native_enum=False,
                length=32,
                values_callable=lambda members: [member.value for member in members],
            )
        },
    )


class OneDatabase(FlaskSession):
    """A session of the only database there is, found once and not for every statement."""

    _engine: Engine | None = None

    def get_bind(self, *_about: Any, **_more: Any) -> Engine:
        """The engine, whatever is asked of it."""
        if self._engine is None:
            self._engine = db.engine
        return self._engine


class Database(SQLAlchemy):
    """The one database of an application."""

    def init_app(self, app: Any) -> None:
        """Bind it; only SQLite gets a listener, since the mere presence of one costs a lot."""
        super().init_app(app)
        with app.app_context():
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "begin", _begin_sqlite)
            else:
                # Only now: a house that runs on SQLite need not carry the other's driver.
                from app.foundation import postgres  # noqa: PLC0415 - see above

                event.listen(self.engine, "connect", postgres.use_lean_cursor)


db = Database(
    model_class=Base,
    session_options={"class_": OneDatabase, "expire_on_commit": False, "autoflush": False},
)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def transaction() -> Iterator[Session]:
    """Do everything inside the block, or nothing; commits once, at the end.

    Doors and ticks open it, verbs never do. On SQLite the write lock is taken at the start, so
    that a reader never has to be upgraded and told that the database is busy. What a failure wants
    to leave behind is written afterwards, in a transaction of its own.
    """
    try:
        with _all_or_nothing() as session:
            yield session
    except Exception as error:
        if isinstance(error, LeavesMark):
            _leave_mark(error)
        raise


def _leave_mark(error: LeavesMark) -> None:
    """Whatever happens here, the failure itself is what people have to be told."""
    try:
        with _all_or_nothing() as session:
            error.leave_mark(session)
    except Exception:
        log.exception("mark_not_left", error=type(error).__name__)


@contextmanager
def _all_or_nothing() -> Iterator[Session]:
    if _writing.get():
        raise RuntimeError("a transaction is already open: verbs flush, doors commit")
    session = db.session()
    token = _writing.set(True)
    committed = False
    try:
        if session.in_transaction() and session.get_bind().dialect.name == "sqlite":
            session.rollback()
        yield session
        session.commit()
        committed = True
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)
        pass_on(session, committed=committed)


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when a verb is about to write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable, concurrent SQLite with foreign keys; the driver leaves BEGIN to us."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for setting in (
        "busy_timeout = 20000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def upsert_counter(session: Session, counter: type[Base], **key: object) -> int:
    """Add one to the counter row named by `key`, making it if need be; returns the new number.

    One statement that locks the row until the commit, so numbers are neither shared nor skipped.
    """
    counting = _counting(counter, tuple(key), session.get_bind().dialect.name)
    return int(session.connection().execute(counting, {**key, "last": 1}).scalar_one())


@cache
def _counting(counter: type[Base], key: tuple[str, ...], dialect: str) -> Any:
    table = table_of(counter)
    return (
        _INSERTS[dialect](table)
        .on_conflict_do_update(index_elements=key, set_={"last": table.c.last + 1})
        .returning(table.c.last)
    )


def inserting(session: Session, model: type[Base]) -> Any:
    """An INSERT of this database's dialect, which can say what to do `on_conflict`."""
    return _INSERTS[session.get_bind().dialect.name](table_of(model))


def table_of(model: type[Base]) -> Table:
    """The table of a mapped class, for statements that are made once and need no objects."""
    return cast(Table, model.__table__)


def add_rows(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert plain rows, without the bookkeeping of objects: the hot path of every step."""
    if rows:
        session.connection().execute(_insert(table), rows)
        instants = (row.get(column) for column in table.comes_due for row in rows)
        comes_due(session, *filter(None, instants), whom=table.wakes)


@cache
def _insert(table: type[Base]) -> Any:
    """The statement, made once: what is known about it is kept with it."""
    return table_of(table).insert()


#: Both dialects offer the same upsert, without sharing a type for it.
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
