"""A leader approves a letter of apology, which promises another date, or rejects it (spec Q-06)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.actions.draft_apology import term_of
from app.actions.escalate import settle_escalations
from app.actions.keep_clocks import dated_with, plan_again
from app.actions.record import record
from app.actions.urgency import rank_again
from app.domain.apologies.model import Apology, LetterState
from app.domain.apologies.rules import (
    SLIP,
    AlreadyReappointed,
    Decision,
    UnknownLetter,
    ensure_decidable,
    ensure_reason,
    ensure_running,
    ensure_sound,
)
from app.domain.journal.events import Event
from app.domain.people.seats import leader_seat
from app.foundation.actor import Actor, Seat
from app.queries.clocks import clocks_of
from app.queries.dossier_pages import UnknownDossier, dossier_page


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """The newest letter of a dossier that is locked, and the seat that decides about it."""

    work: Casework
    letter: Apology
    seat: Seat


def approve_apology(
    session: Session, code: str, decision: Decision, *, actor: Actor, at: datetime
) -> Apology:
    """The letter goes out: the new date is in force, the first promise stays in the record.

    Raises UnknownDossier, UnknownLetter, NotALeader, OwnLetter, LetterDecided, AlreadyReappointed,
    NothingToApologiseFor, and Invalid for a reason, document or date that does not hold.
    """
    opened = _open(session, code, actor, at)
    work, letter = opened.work, opened.letter
    dossier = work.dossier
    ensure_running(clocks_of(dossier))
    ensure_sound(decision, work.calendar, letter.due_before, at)
    if decision.due_at is not None:
        letter.due_at = decision.due_at
    letter.state, letter.document = LetterState.APPROVED, decision.document
    _decide(letter, decision.reason, actor, at)
    dossier.due_at_current = letter.due_at
    stage = dossier.clock_stage
    if deadline := term_of(session, dossier.id):
        calendar = dated_with(session, dossier)
        plan_again(session, work, deadline, letter.due_at, calendar=calendar, at=at)
        deadline.apology_at = None
    rank_again(session, work, stage)
    settle_escalations(session, work, at=at)
    session.flush()
    told = {
        "number": letter.number,
        "reason": decision.reason,
        "document": decision.document,
        "due_before": letter.due_before.isoformat(),
        "due_at": letter.due_at.isoformat(),
        "slip": SLIP,
    }
    record(session, work, Event.DATE_REAPPOINTED, told, actor=actor, seat=opened.seat, at=at)
    return letter


def reject_apology(
    session: Session, code: str, reason: str, *, actor: Actor, at: datetime
) -> Apology:
    """The letter does not go out, the date stands; raises as `approve_apology` does."""
    opened = _open(session, code, actor, at)
    ensure_reason(reason)
    opened.letter.state = LetterState.REJECTED
    _decide(opened.letter, reason, actor, at)
    session.flush()
    told = {"number": opened.letter.number, "reason": reason}
    record(session, opened.work, Event.APOLOGY_REJECTED, told, actor=actor, seat=opened.seat, at=at)
    return opened.letter


def _open(session: Session, code: str, actor: Actor, at: datetime) -> _Opened:
    work = open_dossier_called(session, code, at)
    if work is None:
        raise UnknownDossier(code=code)
    if leader_seat(actor, work.dossier.handling_unit_id) is None:
        # Whoever may not even read the dossier is not told that it exists.
        dossier_page(session, code, actor)
    letters = session.scalars(
        select(Apology)
        .where(Apology.dossier_id == work.dossier.id)
        .order_by(Apology.number)
        .execution_options(populate_existing=True)
    ).all()
    if not letters:
        raise UnknownLetter
    seat = ensure_decidable(letters[-1], actor, work.dossier.handling_unit_id)
    if any(letter.state is LetterState.APPROVED for letter in letters):
        raise AlreadyReappointed
    return _Opened(work=work, letter=letters[-1], seat=seat)


def _decide(letter: Apology, reason: str, actor: Actor, at: datetime) -> None:
    letter.reason = reason
    letter.decided_at = at
    letter.decided_by_id = actor.person_id
