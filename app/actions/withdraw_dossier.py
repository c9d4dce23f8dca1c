"""Withdraw a dossier: its applicant takes it back, and everything that waits for it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.advance import advance
from app.actions.casework import Casework, open_dossier
from app.actions.incidents import diagram_runs
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import can_read
from app.domain.dossiers.status import Status
from app.domain.dossiers.withdrawal import (
    REASON,
    DossierWentOn,
    OnlyApplicantWithdraws,
    ensure_can_be_withdrawn,
    ensure_reason,
)
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import RECEPTION, is_applicant, stands_in
from app.domain.journal.events import Event
from app.domain.payments.model import Payment
from app.domain.payments.queries import payments_of
from app.domain.payments.rules import comes_back
from app.engine import end, look
from app.foundation.actor import Actor, Seat
from app.queries.dossier_pages import UnknownDossier


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """What the applicant asks for."""

    #: In his words; he need not give one.
    reason: str = ""
    #: Where the dossier stood when he was told what this means, see `standing_of`; None if he
    #: wants it withdrawn wherever it stands.
    seen: str | None = None


def withdraw_dossier(
    session: Session, code: str, wish: Withdrawal, *, actor: Actor, at: datetime
) -> Dossier:
    """End the dossier with status 7; a repeat changes nothing.

    The dossier's lock comes first: whichever of this and an officer's decision is later finds what
    the other has made of it. Raises UnknownDossier, OnlyApplicantWithdraws, CannotWithdraw where
    the law knows no way (spec C-09), DossierWentOn, and Invalid for a reason that is too long.
    """
    number = session.scalar(select(Dossier.id).where(Dossier.code == code))
    work = open_dossier(session, number, at) if number else None
    if work is None:
        raise UnknownDossier(code=code)
    _ensure_allowed(session, work.dossier, actor)
    if work.dossier.status is Status.WITHDRAWN:
        return work.dossier
    if wish.seen is not None and wish.seen != standing_of(work.process.snapshot):
        raise DossierWentOn
    ensure_can_be_withdrawn(work.dossier)
    ensure_reason(wish.reason)
    _withdraw(session, work, wish.reason, actor=actor, at=at)
    session.flush()
    return work.dossier


def can_withdraw(dossier: Dossier, actor: Actor) -> bool:
    """Whether it is the actor's to take back: his own, or that of whoever came to his counter."""
    return is_applicant(dossier, actor) or stands_in(dossier, actor)


def standing_of(snapshot: bytes) -> str:
    """A name for where the diagram stands; the next step gives another one."""
    return sha256(snapshot).hexdigest()[:16]


def to_give_back(session: Session, dossier: Dossier) -> Sequence[Payment]:
    """The fees that the office would owe if the dossier were withdrawn now."""
    return [one for one in payments_of(session, dossier.id) if comes_back(one, dossier)]


def _ensure_allowed(session: Session, dossier: Dossier, actor: Actor) -> None:
    """Whoever may not even read the dossier is not told that it exists."""
    if can_withdraw(dossier, actor):
        return
    wanted = select(InboxItem.unit_id).where(InboxItem.dossier_id == dossier.id)
    involved = {dossier.handling_unit_id, dossier.receiving_unit_id, *session.scalars(wanted)}
    if can_read(dossier, actor, frozenset(involved)):
        raise OnlyApplicantWithdraws
    raise UnknownDossier(code=dossier.code)


def _counter(dossier: Dossier, actor: Actor) -> Seat | None:
    """The seat of whoever does it for somebody at his counter; none for one's own matter."""
    if is_applicant(dossier, actor):
        return None
    return actor.seat_for(RECEPTION, dossier.receiving_unit_id)


def _withdraw(session: Session, work: Casework, reason: str, *, actor: Actor, at: datetime) -> None:
    """Take every token off; the corridor ends inbox, deadlines, clocks and demands with them."""
    dossier = work.dossier
    told = {
        "data": {REASON: reason} if reason else {},
        "on_behalf": not is_applicant(dossier, actor),
        "refund": [payment.number for payment in to_give_back(session, dossier)],
    }
    with diagram_runs(work.definition, dossier_id=dossier.id, at=at):
        standing = look(work.definition, work.process.snapshot, now=at)
        outcome = end(work.definition, standing, status=Status.WITHDRAWN, now=at)
        advance(
            session,
            work,
            outcome,
            event=Event.DOSSIER_WITHDRAWN,
            told=told,
            actor=actor,
            seat=_counter(dossier, actor),
            at=at,
        )
