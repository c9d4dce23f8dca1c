"""The process row as a verb holds it: plain values, read under its lock and stored as a whole.

It changes with every step. Without the bookkeeping of objects that costs a good deal less.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.domain.processes.model import Process, ProcessState
from app.foundation.db import add_rows, table_of


@dataclass(kw_only=True)
class ProcessRow:
    """What `Process` stores for a dossier, column by column."""

    diagram: str
    state: ProcessState
    snapshot: bytes = b""
    head_seq: int
    head_hash: bytes
    updated_at: datetime


#: What to select, in the order in which `row_of` takes it.
COLUMNS = (
    Process.diagram,
    Process.state,
    Process.snapshot,
    Process.head_seq,
    Process.head_hash,
    Process.updated_at,
)
_NAMES = tuple(column.key for column in COLUMNS)
_UPDATE = update(table_of(Process)).where(Process.dossier_id == bindparam("dossier"))


def row_of(values: Iterable[Any]) -> ProcessRow:
    """The row from the values of COLUMNS."""
    return ProcessRow(**dict(zip(_NAMES, values, strict=True)))


def store(session: Session, row: ProcessRow, *, dossier_id: int, is_new: bool) -> None:
    """Write the whole row; the caller holds its lock, or adds it."""
    if is_new:
        add_rows(session, Process, [{"dossier_id": dossier_id, **vars(row)}])
    else:
        session.connection().execute(_UPDATE, {"dossier": dossier_id, **vars(row)})
