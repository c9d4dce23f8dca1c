"""The few rows that hang on a dossier, read in one look for their comparison with the journal."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.apologies.model import Apology
from app.domain.dossiers.model import Dossier
from app.domain.postal.model import Parcel, ResultReturn


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Letters, the way back of the result, and the codes of the neighbours."""

    letters: Sequence[Apology]
    choice: ResultReturn | None
    parcel: Parcel | None
    #: The dossier that this one was sent instead of, and the one sent instead of it.
    supersedes: str | None
    superseded_by: str | None


def rows_beside(session: Session, dossier_id: int) -> Beside:
    """What is kept beside the dossier; raises where a row means nothing."""
    before, after = aliased(Dossier), aliased(Dossier)
    rows = session.execute(
        select(Apology, ResultReturn, Parcel, before.code.label("old"), after.code.label("new"))
        .select_from(Dossier)
        .outerjoin(Apology, Apology.dossier_id == Dossier.id)
        .outerjoin(ResultReturn, ResultReturn.dossier_id == Dossier.id)
        .outerjoin(Parcel, Parcel.dossier_id == Dossier.id)
        .outerjoin(before, before.id == Dossier.supersedes_id)
        .outerjoin(after, after.supersedes_id == Dossier.id)
        .where(Dossier.id == dossier_id)
        .execution_options(populate_existing=True)
    ).all()
    return Beside(
        letters=[row.Apology for row in rows if row.Apology is not None],
        choice=rows[0].ResultReturn,
        parcel=rows[0].Parcel,
        supersedes=rows[0].old,
        superseded_by=rows[0].new,
    )
