"""Decide what becomes of a notice that is due: told, held back, merged, or not told at all."""

from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.notices.kinds import KINDS
from app.domain.notices.model import (
    Channel,
    Delivery,
    DeliveryState,
    Notice,
    NoticeState,
    Party,
    Suppressed,
)
from app.domain.notices.pacing import may_go_at
from app.domain.notices.reaching import Contact, Route, routes_to
from app.domain.payments.queries import open_payment
from app.foundation.appointments import POST, comes_due
from app.foundation.db import add_rows
from app.foundation.due import DueRows
from app.queries.notice_contacts import contact_of
from app.queries.notice_facts import told_of
from app.queries.notice_readers import still_concerns

#: Notices to look at.
DUE_NOTICES = DueRows(
    number=Notice.id, instant=Notice.due_at, waiting=(Notice.settled_at.is_(None),)
)


def plan_notice(
    session: Session, notice_id: int, *, at: datetime, offered: Collection[Channel]
) -> bool:
    """Look at one due notice, and at everything else that waits for the same reader.

    The newest that asks for something leads, otherwise the newest; the others are told in its
    message. `offered` are the channels of this installation. False when somebody else is at it.
    """
    waiting = _waiting(session, notice_id, at)
    if not waiting:
        return False
    fresh = [notice for notice in waiting if not _overtaken(session, notice, at)]
    if fresh:
        _tell(session, fresh, at, offered)
    session.flush()
    return True


def _waiting(session: Session, notice_id: int, at: datetime) -> Sequence[Notice]:
    """The notice and all that share its hour, locked in one order; empty when it is not due."""
    pace = select(Notice.pace).where(Notice.id == notice_id).scalar_subquery()
    found = session.scalars(
        select(Notice)
        .where(Notice.pace == pace, Notice.settled_at.is_(None))
        .order_by(Notice.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    is_due = any(notice.id == notice_id and notice.due_at <= at for notice in found)
    return found if is_due else ()


def _overtaken(session: Session, notice: Notice, at: datetime) -> bool:
    """Whether it is true no more, or the reader's business; then it is not told."""
    kind = KINDS[notice.kind]
    status, dossier = kind.only_while, session.get_one(Dossier, notice.dossier_id)
    if _has_left(session, notice, dossier, at):
        _suppress([notice], Suppressed.LEFT, at)
        return True
    if status is None or dossier.status is status:
        return False
    if kind.while_unpaid and open_payment(session, notice.dossier_id):
        return False
    _suppress([notice], Suppressed.OVERTAKEN, at)
    return True


def _has_left(session: Session, notice: Notice, dossier: Dossier, at: datetime) -> bool:
    """Whether an officer was locked or has lost his seat while it was held back."""
    if notice.party is not Party.STAFF:
        return False
    return not still_concerns(session, notice, dossier, told_of(session, notice), at)


def _tell(
    session: Session, fresh: Sequence[Notice], at: datetime, offered: Collection[Channel]
) -> None:
    leader = max(fresh, key=lambda notice: (KINDS[notice.kind].important, notice.id))
    dossier = session.get_one(Dossier, leader.dossier_id)
    contact = contact_of(session, leader, dossier)
    goes_at = may_go_at(
        KINDS[leader.kind], at=at, last=_last_told(session, leader.pace), quiet=contact.wishes.quiet
    )
    if goes_at > at:
        _hold_back(session, fresh, goes_at)
        return
    routes = _routes(leader, dossier, contact, offered)
    if isinstance(routes, Suppressed):
        _suppress(fresh, routes, at)
        return
    add_rows(
        session,
        Delivery,
        [delivery_row(leader, route, contact.wishes.language, at) for route in routes],
    )
    for notice in fresh:
        notice.state, notice.settled_at = NoticeState.MERGED, at
        notice.merged_into_id = leader.id
    leader.state, leader.merged_into_id = NoticeState.TOLD, None


def _last_told(session: Session, pace: str) -> datetime | None:
    return session.scalar(
        select(func.max(Notice.settled_at)).where(
            Notice.pace == pace, Notice.state == NoticeState.TOLD
        )
    )


def _hold_back(session: Session, notices: Sequence[Notice], until: datetime) -> None:
    for notice in notices:
        notice.due_at = max(notice.due_at, until)
    comes_due(session, until, whom=POST)


def _suppress(notices: Sequence[Notice], why: Suppressed, at: datetime) -> None:
    for notice in notices:
        notice.state, notice.suppressed, notice.settled_at = NoticeState.SUPPRESSED, why, at


def _routes(
    leader: Notice,
    dossier: Dossier,
    contact: Contact,
    offered: Collection[Channel],
) -> Sequence[Route] | Suppressed:
    """The submitter is not told again at an address at which the owner is told."""
    routes = routes_to(contact, KINDS[leader.kind], offered)
    if isinstance(routes, Suppressed) or leader.party is not Party.SUBMITTER:
        return routes
    owners = {dossier.owner_email, dossier.owner_phone} - {None}
    left = [route for route in routes if route.address not in owners]
    return left or Suppressed.SAME_READER


def delivery_row(notice: Notice, route: Route, language: str, at: datetime) -> dict[str, object]:
    """A message to be sent at once."""
    return {
        "notice_id": notice.id,
        "channel": route.channel,
        "address": route.address,
        "language": language,
        "state": DeliveryState.QUEUED,
        "key": token_hex(12),
        "attempts": 0,
        "next_try_at": at,
        "created_at": at,
    }
