"""Promise to tell people of what has just been recorded: one insert, nothing leaves the house."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.dossiers.model import Dossier
from app.domain.notices.kinds import Audience
from app.domain.notices.model import Notice, NoticeState, Party
from app.domain.notices.occasions import Happening, Occasion, occasions_of
from app.foundation.db import add_rows
from app.queries.notice_readers import staff_of


def promise_notices(
    session: Session, work: Casework, act: Iterable[Happening], *, at: datetime
) -> None:
    """Write one waiting notice for each reader; channels and addresses are chosen when it goes."""
    rows = [
        {
            "dossier_id": work.dossier.id,
            "seq": occasion.happening.seq,
            "kind": occasion.kind.key,
            "party": party,
            "person_id": person_id,
            "pace": pace_of(work.dossier.id, party, person_id),
            "state": NoticeState.WAITING,
            "due_at": at,
            "created_at": at,
        }
        for occasion in occasions_of(act)
        for party, person_id in _readers(session, work.dossier, occasion, at)
    ]
    add_rows(session, Notice, rows)


def pace_of(dossier_id: int, party: Party, person_id: int | None) -> str:
    """Who shares an hour: an applicant for each dossier, an officer for all of them."""
    if party is Party.STAFF:
        return f"person:{person_id}"
    return f"dossier:{dossier_id}:{party.value}"


def _readers(
    session: Session, dossier: Dossier, occasion: Occasion, at: datetime
) -> Iterable[tuple[Party, int | None]]:
    """Owner and submitter both, where they differ; of the staff whom the kind is for."""
    if occasion.kind.audience is Audience.APPLICANT:
        if occasion.kind.both:
            # As the visitor he was when he sent it, and as the account that holds it now.
            yield Party.OWNER, None
            yield Party.SUBMITTER, dossier.submitter_id
            return
        yield Party.OWNER, dossier.owner_id
        if _has_submitter(dossier):
            yield Party.SUBMITTER, dossier.submitter_id
        return
    told: Any = occasion.happening.told
    for person_id in staff_of(session, dossier, occasion.kind.audience, told, at):
        yield Party.STAFF, person_id


def _has_submitter(dossier: Dossier) -> bool:
    """Whether somebody with an account, or with a right he has told, acts for the owner."""
    if dossier.submitter_id is None:
        return dossier.authorisation is not None
    return dossier.submitter_id != dossier.owner_id
