"""The versions of a procedure, and how many dossiers still run on each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier, Draft
from app.domain.procedures.queries import procedure_by_key, versions_of
from app.domain.processes.model import Process, ProcessState


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One version as a list shows it."""

    number: int
    #: Hexadecimal, as the journal of each dossier names it.
    content_hash: str
    deployed_at: datetime
    #: Whether new dossiers begin with it.
    current: bool
    running: int
    finished: int
    #: Unsent applications.
    drafts: int


def version_lines(session: Session, key: str) -> Sequence[VersionLine]:
    """Every version, the newest first; raises UnknownProcedure. Counts every dossier of it."""
    procedure = procedure_by_key(session, key)
    counted = session.execute(
        select(Dossier.version_id, Process.state, func.count())
        .join(Process, Process.dossier_id == Dossier.id)
        .where(Dossier.procedure_id == procedure.id)
        .group_by(Dossier.version_id, Process.state)
    )
    dossiers: Counter[tuple[int, bool]] = Counter()
    for version, state, number in counted:
        dossiers[version, state is ProcessState.COMPLETED] += number
    written = session.execute(
        select(Draft.version_id, func.count())
        .where(Draft.procedure_id == procedure.id, Draft.dossier_id.is_(None))
        .group_by(Draft.version_id)
    )
    drafts = {row[0]: row[1] for row in written}
    return [
        VersionLine(
            number=one.number,
            content_hash=one.content_hash.hex(),
            deployed_at=one.deployed_at,
            current=one.id == procedure.current_version_id,
            running=dossiers[one.id, False],
            finished=dossiers[one.id, True],
            drafts=drafts.get(one.id, 0),
        )
        for one in versions_of(session, procedure)
    ]
