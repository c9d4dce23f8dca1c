"""Let an unsent application be sent under another version.

A new decision applies to dossiers received from its day on (spec Q-08), and a draft has not been
received. But its answers were given to the questions of its form: it moves only while the form of
its case is the same word for word, and else is sent under the version it was begun with.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.actions.draft_dossier import lock_draft
from app.actions.version_move import VersionMove
from app.domain.dossiers.model import Draft
from app.queries.definitions import LoadedVersion


def drafts_left(session: Session, move: VersionMove) -> Sequence[str]:
    """Names of the unsent drafts on the versions that are left."""
    return session.scalars(select(Draft.id).where(*_are_left(move)).order_by(Draft.id)).all()


def draft_counts(session: Session, move: VersionMove) -> Mapping[str, int]:
    """How many unsent drafts can move, and how many keep their form."""
    pairs = session.execute(select(Draft.version_id, Draft.case_key).where(*_are_left(move)))
    movable = [_same_form(move, version_id, case) for version_id, case in pairs]
    return {"movable": sum(movable), "stay": len(movable) - sum(movable)}


def migrate_draft(session: Session, draft_id: str, move: VersionMove) -> bool:
    """Move one draft, once; False if it was sent meanwhile or its form is another one."""
    draft = lock_draft(session, draft_id)
    if draft is None or draft.dossier_id is not None:
        return False
    if not _same_form(move, draft.version_id, draft.case_key):
        return False
    draft.version_id = move.target.id
    session.flush()
    return True


def _are_left(move: VersionMove) -> tuple[ColumnElement[bool], ...]:
    return (
        Draft.procedure_id == move.procedure_id,
        Draft.dossier_id.is_(None),
        Draft.version_id.in_([version.id for version in move.sources]),
    )


def _same_form(move: VersionMove, version_id: int, case: str) -> bool:
    old = next((version for version in move.sources if version.id == version_id), None)
    if old is None or move.target.catalogue.case(case) is None:
        return False
    return _form(old, case) == _form(move.target, case)


def _form(version: LoadedVersion, case: str) -> str:
    return version.form_source(version.case(case).application_form)
