"""The carrier says what became of a parcel: by himself, or because he was asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions.postal.parcels import STAYS, AtHand, back_to_people, parcel_numbered
from app.actions.record import record
from app.domain.dossiers.status import Status
from app.domain.journal.events import Event
from app.domain.postal import messages
from app.domain.postal.carrier import Move, PostCarrier, Tracked
from app.domain.postal.model import CarrierMessage
from app.domain.postal.states import UNDER_WAY, UNTOLD, ParcelState, may_follow
from app.foundation.actor import SYSTEM
from app.foundation.appointments import comes_due
from app.foundation.signing import NotBelieved

#: The carrier is asked about a parcel of which he has said nothing for so long.
LOOK_AGAIN = timedelta(hours=6)


def hear_carrier(
    session: Session, carrier: PostCarrier, message: Mapping[str, Any], *, at: datetime
) -> str:
    """Take a callback; gives the code it is answered with.

    A repeat, or a state that was overtaken, gets the same answer and changes nothing. Nothing is
    stored of a message that is not signed, so that nobody can fill the house with noise.
    """
    try:
        told = carrier.read(message)
    except NotBelieved as error:
        return error.answer
    hand = parcel_numbered(session, told.number, at)
    result, code = _taken(session, hand, told, at)
    about = hand.parcel.id if hand else None
    session.add(
        CarrierMessage(parcel_id=about, at=at, kind="callback", result=result, body=told.body)
    )
    session.flush()
    return code


def _taken(session: Session, hand: AtHand | None, told: Tracked, at: datetime) -> tuple[str, str]:
    """What came of it in a word, and the code of the answer."""
    if hand is None:
        return "unknown_order", messages.UNKNOWN_PARCEL
    if hand.parcel.item_code != told.item_code:
        return "other_item", messages.WRONG_ITEM
    # Whoever speaks of an order has taken it, though his reply was lost.
    ordered(session, hand, at)
    changed = [follow(session, hand, move, at) for move in told.moves]
    return ("ok" if any(changed) else "repeated"), messages.OK


def ordered(session: Session, hand: AtHand, at: datetime) -> None:
    """The carrier has taken the order; nothing where he had before.

    So he has, too, where we had given up meanwhile: the reply was lost, or he is connected again.
    """
    parcel = hand.parcel
    if parcel.state not in UNTOLD:
        return
    parcel.state, parcel.ordered_at, parcel.trouble = ParcelState.ORDERED, at, None
    parcel.attempts, parcel.act_at = 0, at + LOOK_AGAIN
    comes_due(session, parcel.act_at)
    session.flush()
    told = {"order": parcel.number, "item_code": parcel.item_code}
    record(session, hand.work, Event.PARCEL_ORDERED, told, actor=SYSTEM, seat=None, at=at)


def follow(session: Session, hand: AtHand, move: Move, at: datetime) -> bool:
    """Let the parcel follow; False when it changes nothing.

    A delivery has its dossier completed in a transaction of its own (`hand_over`): whatever the
    diagram does then, the delivery stays recorded.
    """
    parcel = hand.parcel
    if not may_follow(parcel.state, move.state) or _overtaken(parcel.state, parcel.moved_at, move):
        return False
    parcel.state, parcel.trouble = move.state, None
    parcel.moved_at = max(move.at, parcel.moved_at or move.at)
    parcel.act_at = at + LOOK_AGAIN if move.state in UNDER_WAY else None
    parcel.attempts = 0
    if move.state is ParcelState.DELIVERED and hand.work.dossier.status is Status.RESULT_READY:
        parcel.hand_over_at = at
    comes_due(session, *(one for one in (parcel.act_at, parcel.hand_over_at) if one))
    session.flush()
    told = {
        "order": parcel.number,
        "state": move.state.value,
        "moved_at": move.at.isoformat(),
        "place": move.place,
        # One key of its own: answers of forms are looked up by theirs.
        "data": {"parcel": {"receiver": move.receiver}} if move.receiver else {},
    }
    lost = move.state in (ParcelState.RETURNED, ParcelState.FAILED)
    told |= back_to_people(session, hand, at) if lost else STAYS
    record(session, hand.work, Event.PARCEL_MOVED, told, actor=SYSTEM, seat=None, at=at)
    return True


def _overtaken(state: ParcelState, moved_at: datetime | None, move: Move) -> bool:
    """Whether it is a repeat, or an earlier place of a way that went on."""
    return state is move.state and moved_at is not None and move.at <= moved_at
