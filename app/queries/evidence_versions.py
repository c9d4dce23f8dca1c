"""Versions of procedures, against the hash they were published with."""

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.procedures.model import ProcedureVersion
from app.domain.procedures.rules import content_hash


def content_that_holds(session: Session, number: int) -> bytes | None:
    """The hash of a version's files, read anew; None where it is not the one stored with them."""
    row = session.scalar(
        select(ProcedureVersion)
        .where(ProcedureVersion.id == number)
        .options(undefer(ProcedureVersion.files))
        .execution_options(populate_existing=True)
    )
    found = content_hash(row.files) if row else None
    return found if row and row.content_hash == found else None
