"""Send one message: written down before it leaves, and again once its fate is known.

Between the two nothing is locked, for a provider may take his time. Whoever is killed in between
leaves a message that is sent again when its lease ends, under the same key: at least once.
"""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier
from app.actions.plan_notice import delivery_row
from app.actions.post_office import Attempt, Fate, Parcel, PostOffice
from app.actions.record import record
from app.domain.dossiers.model import Dossier
from app.domain.journal.events import Event
from app.domain.notices.kinds import KINDS
from app.domain.notices.model import Channel, ChannelToken, Delivery, DeliveryState, Notice, Party
from app.domain.notices.reaching import fallback_of
from app.domain.notices.wording import short_of, sms_of, words_of
from app.foundation.actor import SYSTEM
from app.foundation.appointments import POST, comes_due
from app.foundation.db import add_rows
from app.foundation.due import DueRows
from app.foundation.text import one_line
from app.queries.notice_contacts import contact_of
from app.queries.notice_facts import Letterhead, facts_of_notice

#: Messages to send.
DUE_DELIVERIES = DueRows(
    number=Delivery.id,
    instant=Delivery.next_try_at,
    waiting=(Delivery.next_try_at.is_not(None),),
)
#: Nobody takes a message up again before the attempt at hand must have ended.
LEASE = timedelta(minutes=5)
#: Waits after the first, second, ... failure; after the last of them people have to look.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60))
#: How long a channel that fails is left alone.
REST = timedelta(minutes=1)


def take_delivery(
    session: Session, delivery_id: int, *, at: datetime, office: PostOffice
) -> Parcel | None:
    """Note that the message is on its way and put it into words; None when it is not to be sent."""
    delivery = _locked(session, delivery_id)
    if delivery is None or delivery.next_try_at is None or delivery.next_try_at > at:
        return None
    parcel = parcel_of(session, delivery, office.head)
    if delivery.channel is Channel.ZALO:
        pair = session.get(ChannelToken, Channel.ZALO, populate_existing=True)
        parcel = replace(parcel, token=pair.access_token if pair else None)
    delivery.attempts += 1
    delivery.next_try_at = at + LEASE
    comes_due(session, delivery.next_try_at, whom=POST)
    session.flush()
    return parcel


def parcel_of(session: Session, delivery: Delivery, head: Letterhead) -> Parcel:
    """The message with everything its reader is told; keeps its words in the log."""
    notice = session.get_one(Notice, delivery.notice_id)
    language = delivery.language
    facts = facts_of_notice(session, notice, head)
    merged = dict.fromkeys(
        short_of(one.kind, language, facts_of_notice(session, one, head))
        for one in _merged(session, notice)
    )
    words = words_of(notice.kind, language, facts | {"others": list(merged)})
    delivery.template = words.edition
    delivery.subject = words.subject
    delivery.body = (
        sms_of(words.short, facts["url"]) if delivery.channel is Channel.SMS else words.text
    )
    return Parcel(
        key=delivery.key,
        channel=delivery.channel,
        address=delivery.address,
        name=one_line(facts["name"]),
        kind=notice.kind,
        code=facts["code"],
        procedure=facts["procedure"],
        language=language,
        subject=words.subject,
        text=words.text,
        html=words.html,
        short=words.short,
        url=facts["url"],
        preferences_url=facts["preferences_url"],
    )


def note_delivery(
    session: Session,
    delivery_id: int,
    attempt: Attempt,
    *,
    at: datetime,
    offered: Collection[Channel],
) -> bool:
    """Write down what became of it; whether it has left.

    What has legal weight is recorded with the dossier too, whose lock comes first.
    """
    delivery = session.get_one(Delivery, delivery_id, populate_existing=True)
    notice = session.get_one(Notice, delivery.notice_id)
    work = _opened_if_legal(session, notice, at)
    _NOTES[attempt.fate](session, delivery, attempt, at)
    if attempt.fate is Fate.ELSEWHERE:
        _send_elsewhere(session, delivery, notice, offered, at)
    session.flush()
    _record_fate(session, work, delivery, notice, at)
    return attempt.fate is Fate.SENT


def _opened_if_legal(session: Session, notice: Notice, at: datetime) -> Casework | None:
    return open_dossier(session, notice.dossier_id, at) if KINDS[notice.kind].legal else None


def _record_fate(
    session: Session, work: Casework | None, delivery: Delivery, notice: Notice, at: datetime
) -> None:
    if work is not None and delivery.state in _RECORDED:
        event, told = _RECORDED[delivery.state], entry_of(delivery, notice)
        record(session, work, event, told[event], actor=SYSTEM, seat=None, at=at)


#: What the record tells of a message.
_RECORDED = {
    DeliveryState.SENT: Event.NOTICE_SENT,
    DeliveryState.FAILED: Event.NOTICE_FAILED,
}


def entry_of(delivery: Delivery, notice: Notice) -> dict[Event, dict[str, Any]]:
    """The fields of both entries; no address and no name, which the record could not erase."""
    common = {
        "entry": notice.seq,
        "kind": notice.kind,
        "party": notice.party.value,
        "channel": delivery.channel.value,
        "key": delivery.key,
    }
    words = f"{delivery.subject}\n{delivery.body}".encode()
    sent = {
        "language": delivery.language,
        "edition": delivery.template,
        "digest": hashlib.sha256(words).hexdigest(),
        "provider": delivery.provider_id,
    }
    return {
        Event.NOTICE_SENT: common | sent,
        Event.NOTICE_FAILED: common | {"reason": delivery.last_error},
    }


def postpone_delivery(session: Session, delivery_id: int, reason: str, *, at: datetime) -> int:
    """A message that could not even be written; returns how often it has failed.

    The lock of its dossier comes first, as in `note_delivery`. Only the kind of the failure is
    kept: the rest of `reason` may name people, which the record could not erase.
    """
    known = session.get(Delivery, delivery_id)
    if known is None or known.next_try_at is None:
        return 0
    notice = session.get_one(Notice, known.notice_id)
    work = _opened_if_legal(session, notice, at)
    delivery = _locked(session, delivery_id)
    if delivery is None or delivery.next_try_at is None:
        return 0
    delivery.attempts += 1
    kind_of_failure = reason.partition(":")[0]
    _again(session, delivery, Attempt(fate=Fate.AGAIN, reason=kind_of_failure), at)
    session.flush()
    _record_fate(session, work, delivery, notice, at)
    return delivery.attempts


def _sent(_session: Session, delivery: Delivery, attempt: Attempt, at: datetime) -> None:
    delivery.state, delivery.sent_at, delivery.next_try_at = DeliveryState.SENT, at, None
    delivery.provider_id, delivery.last_error = (attempt.provider_id or "")[:200] or None, None


def _again(session: Session, delivery: Delivery, attempt: Attempt, at: datetime) -> None:
    if delivery.attempts > len(WAITS):
        _fail(session, delivery, attempt, at)
        return
    delivery.last_error = attempt.reason[:200]
    delivery.next_try_at = at + WAITS[delivery.attempts - 1]
    comes_due(session, delivery.next_try_at, whom=POST)


def _rest(session: Session, delivery: Delivery, attempt: Attempt, at: datetime) -> None:
    """What was not tried does not count."""
    delivery.attempts -= 1
    delivery.last_error = attempt.reason[:200]
    delivery.next_try_at = at + REST
    comes_due(session, delivery.next_try_at, whom=POST)


def _fail(_session: Session, delivery: Delivery, attempt: Attempt, _at: datetime) -> None:
    delivery.state, delivery.next_try_at = DeliveryState.FAILED, None
    delivery.last_error = attempt.reason[:200]


def _send_elsewhere(
    session: Session, delivery: Delivery, notice: Notice, offered: Collection[Channel], at: datetime
) -> None:
    """By SMS or e-mail instead, unless another message of the notice reaches the reader."""
    tried = session.scalars(select(Delivery.channel).where(Delivery.notice_id == notice.id)).all()
    dossier = session.get_one(Dossier, notice.dossier_id)
    contact = contact_of(session, notice, dossier)
    route = fallback_of(contact, delivery.channel, tried, offered)
    if route is not None:
        add_rows(session, Delivery, [delivery_row(notice, route, delivery.language, at)])
    if route is not None or set(tried) - {delivery.channel}:
        delivery.state = DeliveryState.ELSEWHERE


def _renew_token(session: Session, delivery: Delivery, attempt: Attempt, at: datetime) -> None:
    """It is our token, not the message: have it exchanged, and try again in a moment."""
    pair = session.get(ChannelToken, delivery.channel, populate_existing=True)
    if pair is None:
        _again(session, delivery, attempt, at)
        return
    pair.refresh_at = min(pair.refresh_at, at)
    comes_due(session, at, whom=POST)
    _again(session, delivery, attempt, at)


_NOTES = {
    Fate.SENT: _sent,
    Fate.AGAIN: _again,
    Fate.RESTED: _rest,
    Fate.NEVER: _fail,
    Fate.ELSEWHERE: _fail,
    Fate.TOKEN: _renew_token,
}


def _locked(session: Session, delivery_id: int) -> Delivery | None:
    return session.scalar(
        select(Delivery)
        .where(Delivery.id == delivery_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _merged(session: Session, notice: Notice) -> list[Notice]:
    """What its message tells too, the oldest first.

    Applicants are told of the dossier as it stands now: an earlier notice of the same kind would
    say the same once more.
    """
    wanted = select(Notice).where(Notice.merged_into_id == notice.id).order_by(Notice.id)
    if notice.party is not Party.STAFF:
        wanted = wanted.where(Notice.kind != notice.kind)
    return list(session.scalars(wanted))
