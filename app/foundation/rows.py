"""Rows without the bookkeeping of objects: for what every request and every step does."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import Executable

from app.foundation.db import Base


def plain_rows(
    session: Session, statement: Executable, told: Mapping[str, Any]
) -> Sequence[Row[Any]]:
    """Rows of plain columns, a third cheaper than from a session, which is ready for objects."""
    return session.connection().execute(statement, told).all()


def write(session: Session, row: Base, **values: object) -> None:
    """Change columns of a stored row at once, and let its object say so."""
    (number,) = inspect(row).identity or ()
    session.connection().execute(_update(type(row)), {"number": number, **values})
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _update(table: type[Base]) -> Any:
    """For tables whose rows have a number; which columns to set is taken from what is told."""
    (number,) = inspect(table).primary_key
    return update(table).where(number == bindparam("number"))
