"""What citizens see of their own: dossiers, drafts, and the proof of a visitor."""

import hmac
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier, Draft
from app.foundation.actor import Actor

#: Drafts shown at once; more is a heap nobody looks through.
DRAFTS = 20


def open_drafts(
    session: Session, actor: Actor, remembered: Collection[str], *, procedure_id: int
) -> Sequence[Draft]:
    """Unsent drafts of one procedure: the person's own, or those a visitor's browser remembers."""
    mine = (
        Draft.person_id == actor.person_id
        if actor.person_id is not None
        else Draft.id.in_(list(remembered)) & Draft.person_id.is_(None)
    )
    return session.scalars(
        select(Draft)
        .where(mine, Draft.procedure_id == procedure_id, Draft.dossier_id.is_(None))
        .order_by(Draft.updated_at.desc())
        .limit(DRAFTS)
    ).all()


def my_drafts(session: Session, person_id: int) -> Sequence[Draft]:
    """The person's unsent drafts, newest first."""
    return session.scalars(
        select(Draft)
        .where(Draft.person_id == person_id, Draft.dossier_id.is_(None))
        .order_by(Draft.updated_at.desc())
        .limit(DRAFTS)
    ).all()


def code_of(session: Session, dossier_id: int) -> str:
    """The code of a dossier that exists."""
    return session.scalars(select(Dossier.code).where(Dossier.id == dossier_id)).one()


def drafts_of(session: Session, code: str) -> frozenset[str]:
    """Names of the draft that the dossier was written as, and of those that shall replace it."""
    found = select(Dossier.id).where(Dossier.code == code).scalar_subquery()
    its = or_(Draft.dossier_id == found, Draft.supersedes_id == found)
    return frozenset(session.scalars(select(Draft.id).where(its)))


def proves_to_own(session: Session, code: str, identity: str) -> bool:
    """Whether `identity` is the identity number of the dossier's owner.

    That of whoever acts for him by a right he has told (spec L-16) opens it as well. E-mail
    addresses are known to others: who has the mailbox proves it by a code sent there.
    """
    row = session.execute(
        select(Dossier.owner_identity, Dossier.submitter_identity).where(Dossier.code == code)
    ).one_or_none()
    told = _plain(identity)
    kept = [_plain(text) for text in row if text] if row else []
    # Every comparison is made, whatever came out of the one before.
    fits = [hmac.compare_digest(told.encode(), one.encode()) for one in kept]
    return bool(told) and any(fits)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
