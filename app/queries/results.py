"""Results as anybody may check them: whether a file is one, and what may be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents.model import StoredFile
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Status
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.domain.procedures.model import Procedure

#: What officers write about a result, as every form calls it (spec L-13).
TOLD = ("result_number", "result_date", "signer_name", "signer_title", "result_summary")


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A result without a word about whose it is."""

    procedure_name: str
    unit_name: str
    issued_at: datetime
    size: int
    sha256: bytes


def issued_result(session: Session, file_id: str) -> Issued | None:
    """The result of that number, once its dossier has a result (status 9 or 10); else nothing."""
    row = session.execute(
        select(StoredFile, Procedure.name, Unit.name)
        .join(Dossier, Dossier.id == StoredFile.dossier_id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Unit, Unit.id == Dossier.handling_unit_id)
        .where(
            StoredFile.id == file_id,
            StoredFile.is_result.is_(True),
            Dossier.status.in_((Status.RESULT_READY, Status.RETURNED_RESULT)),
        )
    ).one_or_none()
    if row is None:
        return None
    file, procedure, unit = row
    return Issued(
        procedure_name=procedure,
        unit_name=unit,
        issued_at=file.created_at,
        size=file.size,
        sha256=file.sha256,
    )


def told_of_result(entries: Sequence[JournalEntry]) -> dict[str, str]:
    """Number, date, signer and summary of the result, as officers have written them last."""
    told: dict[str, str] = {}
    for entry in entries:
        data = (entry.payload or {}).get("data")
        if isinstance(data, dict):
            told |= {key: str(data[key]) for key in TOLD if data.get(key)}
    return told
