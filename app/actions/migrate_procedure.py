"""Move every running dossier of a procedure, each in a transaction of its own.

Broken off at any moment, nothing is half done and nothing is done twice: what has moved is on the
other version, and the next start takes up the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.migrate_dossier import Result, migrate_dossier
from app.actions.migrate_draft import drafts_left, migrate_draft
from app.actions.version_move import VersionMove
from app.domain.dossiers.model import Dossier
from app.domain.processes.model import Process, ProcessState
from app.engine.migrating import CannotMove, Obstacle
from app.foundation.actor import Actor

#: Opens a transaction that commits at its end: a door passes its own.
Begin = Callable[[], AbstractContextManager[Session]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What became of one dossier."""

    code: str
    #: Nothing where it stayed or failed.
    result: Result | None
    #: Why it stayed.
    obstacles: tuple[Obstacle, ...] = ()
    #: Name of the error that kept it from moving: a damaged row, a database that went away.
    failure: str = ""


def migrate_procedure(
    begin: Begin,
    move: VersionMove,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    batch: int = 100,
) -> Iterator[Tried]:
    """Try every dossier once, oldest first, `batch` of them looked up at a time.

    Whoever iterates may stop at any dossier.
    """
    last = 0
    while True:
        with begin() as session:
            found = _next(session, move, last, batch)
        if not found:
            return
        for number, code in found:
            yield _try(begin, move, number, code, actor=actor, at=clock())
        last = found[-1][0]


def _next(session: Session, move: VersionMove, last: int, batch: int) -> Sequence[tuple[int, str]]:
    rows = session.execute(
        select(Dossier.id, Dossier.code)
        .join(Process, Process.dossier_id == Dossier.id)
        .where(
            Dossier.procedure_id == move.procedure_id,
            Dossier.version_id.in_([version.id for version in move.sources]),
            Dossier.id > last,
            Process.state != ProcessState.COMPLETED,
        )
        .order_by(Dossier.id)
        .limit(batch)
    )
    return [(number, code) for number, code in rows]


def _try(
    begin: Begin, move: VersionMove, number: int, code: str, *, actor: Actor, at: datetime
) -> Tried:
    try:
        with begin() as session:
            result = migrate_dossier(session, number, move, actor=actor, at=at)
    except CannotMove as refusal:
        return Tried(code=code, result=None, obstacles=refusal.obstacles)
    except Exception as error:
        log.exception("dossier_not_moved", code=code, to=move.target.number)
        return Tried(code=code, result=None, failure=type(error).__name__)
    return Tried(code=code, result=result)


def migrate_drafts(begin: Begin, move: VersionMove) -> int:
    """Move the unsent applications whose form is the same; returns how many."""
    with begin() as session:
        names = drafts_left(session, move)
    moved = 0
    for name in names:
        with begin() as session:
            moved += migrate_draft(session, name, move)
    return moved
