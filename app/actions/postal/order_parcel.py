"""Tell the carrier of a parcel, and ask him about it: once, whatever is lost on the way.

The order's number is decided and its item code taken before anything leaves the house. After a
reply that never came the carrier is first asked whether he knows the order, and only then told
again, under the same number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.actions.incidents import GIVE_UP_AFTER
from app.actions.postal.follow_parcel import LOOK_AGAIN, follow, ordered
from app.actions.postal.parcels import AtHand, block, parcel_at_hand
from app.domain.dossiers.status import Status
from app.domain.payments.queries import open_payment
from app.domain.people.contacts import UnitContact
from app.domain.people.model import Unit
from app.domain.postal.carrier import CarrierFails, Order, PostCarrier, Sender, Tracked
from app.domain.postal.item_codes import take_item_code
from app.domain.postal.model import CarrierMessage, Parcel
from app.domain.postal.queries import choice_of
from app.domain.postal.states import UNDER_WAY, ParcelState, Trouble
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows

#: Parcels that the carrier has to be told of, or asked about.
WAITING_PARCELS = DueRows(
    number=Parcel.id, instant=Parcel.act_at, waiting=(Parcel.act_at.is_not(None),)
)
#: So long one conversation may take, with everything that can go wrong on the way.
CLAIM = timedelta(minutes=2)
#: Until the pool of item codes, an unpaid fee, or a refusal is looked at again.
LATER = timedelta(minutes=15)
#: Between two attempts, longer each time, at the longest.
LONGEST_PAUSE = timedelta(hours=1)
#: After so long nobody asks about a parcel any more.
LOST_SIGHT = timedelta(days=60)
#: The carrier does not know a parcel that he has taken.
UNKNOWN_ORDER = "unknown_order"


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """What the carrier is told, or asked."""

    order: Order
    #: Whether an earlier attempt may have arrived: then he is asked before he is told.
    ask_first: bool
    #: Whether he has confirmed it: then he is only asked.
    placed: bool


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of it."""

    #: order or track.
    kind: str
    result: str
    tracked: Tracked | None = None
    refused: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)


def take_parcel(
    session: Session, parcel_id: int, /, *, at: datetime, province: str, connected: bool
) -> Dispatch | None:
    """Claim a parcel that is due, and bind an item code to it; None when nothing has to be said.

    `connected` is whether there is a carrier; without one an officer takes it to the post himself.
    Who is killed before the answer is noted leaves a claim that lapses.
    """
    hand = parcel_at_hand(session, parcel_id, at, skip_locked=True)
    if hand is None or hand.parcel.act_at is None or hand.parcel.act_at > at:
        return None
    ready = _to_be_asked if hand.parcel.state in UNDER_WAY else _to_be_ordered
    if not ready(session, hand, at, connected=connected):
        return None
    return _dispatch(session, hand, at, province)


def _to_be_asked(session: Session, hand: AtHand, at: datetime, *, connected: bool) -> bool:
    """Whether the carrier is still asked about a parcel that he has."""
    parcel = hand.parcel
    if at - (parcel.ordered_at or parcel.created_at) > LOST_SIGHT:
        parcel.act_at = None
        block(session, hand, Trouble.LOST, at)
        return False
    if not connected:
        # Only for a while, it may be: he calls back when he can, and is asked again.
        _later(session, parcel, at + LOOK_AGAIN)
    return connected


def _to_be_ordered(session: Session, hand: AtHand, at: datetime, *, connected: bool) -> bool:
    """Whether everything is there that the carrier has to be told."""
    parcel = hand.parcel
    over = hand.work.dossier.status is not Status.RESULT_READY
    if over or not connected:
        _rest(session, parcel, ParcelState.CANCELLED if over else ParcelState.BY_HAND)
        return False
    if open_payment(session, parcel.dossier_id):
        # The result is handed out against the fee: the post brings nothing before it is paid.
        parcel.trouble = Trouble.UNPAID
        _later(session, parcel, at + LATER)
        return False
    if parcel.item_code is None:
        parcel.item_code = take_item_code(session, at)
    if parcel.item_code is None:
        block(session, hand, Trouble.NO_ITEM_CODE, at)
        _later(session, parcel, at + LATER)
        return False
    if parcel.trouble in (Trouble.NO_ITEM_CODE, Trouble.UNPAID):
        parcel.trouble = None
    return True


def carry(carrier: PostCarrier, dispatch: Dispatch) -> Heard:
    """Talk to the carrier; to be called between two transactions. Never raises CarrierFails."""
    number = dispatch.order.number
    kind = "track" if dispatch.ask_first else "order"
    try:
        if dispatch.ask_first:
            known = carrier.track(number)
            if known is not None:
                return Heard(kind=kind, result="ok", tracked=known, body=known.body)
            if dispatch.placed:
                return Heard(kind=kind, result=UNKNOWN_ORDER)
        kind = "order"
        placed = carrier.order(dispatch.order)
        return Heard(kind=kind, result="ok", tracked=placed, body=placed.body)
    except CarrierFails as error:
        return Heard(kind=kind, result=error.result, refused=error.refused, body=error.body)


def settle_parcel(session: Session, parcel_id: int, heard: Heard, /, *, at: datetime) -> bool:
    """Note what the carrier has answered, and when to speak to him again."""
    hand = parcel_at_hand(session, parcel_id, at)
    if hand is None:
        return False
    parcel = hand.parcel
    said = {"kind": heard.kind, "result": heard.result, "body": heard.body}
    session.add(CarrierMessage(parcel_id=parcel.id, at=at, **said))
    if heard.tracked is not None and heard.tracked.item_code == parcel.item_code:
        ordered(session, hand, at)
        if parcel.state in UNDER_WAY:
            # He may have called back meanwhile, and what then went wrong is not mended by this.
            parcel.attempts, parcel.trouble = 0, None
        for move in sorted(heard.tracked.moves, key=lambda one: one.at):
            follow(session, hand, move, at)
        if parcel.state in UNDER_WAY:
            _later(session, parcel, at + LOOK_AGAIN)
        return True
    _failed(session, hand, heard, at)
    return True


def _failed(session: Session, hand: AtHand, heard: Heard, at: datetime) -> None:
    """Try again later; after some attempts somebody is called."""
    parcel = hand.parcel
    if parcel.state not in UNDER_WAY and parcel.state is not ParcelState.WAITING:
        return
    if parcel.state is ParcelState.WAITING and (heard.refused or heard.tracked):
        block(session, hand, Trouble.REFUSED, at)
        _later(session, parcel, at + LONGEST_PAUSE)
        return
    if parcel.attempts >= GIVE_UP_AFTER:
        denied = heard.result == UNKNOWN_ORDER
        block(session, hand, Trouble.LOST if denied else Trouble.NO_ANSWER, at)
    pause = timedelta(minutes=1 << min(parcel.attempts, 6))
    _later(session, parcel, at + min(pause, LONGEST_PAUSE))


def _dispatch(session: Session, hand: AtHand, at: datetime, province: str) -> Dispatch:
    parcel = hand.parcel
    placed, tried = parcel.state in UNDER_WAY, parcel.attempts > 0
    order = _order(session, hand.work, parcel, province)
    parcel.attempts += 1
    _later(session, parcel, at + CLAIM)
    return Dispatch(order=order, ask_first=placed or tried, placed=placed)


def _order(session: Session, work: Casework, parcel: Parcel, province: str) -> Order:
    unit = session.get_one(Unit, work.dossier.receiving_unit_id)
    contact = session.get(UnitContact, unit.id)
    address = choice_of(session, work.dossier.id).address
    if address is None or parcel.item_code is None:
        raise ValueError("a parcel without address or item code")
    return Order(
        number=parcel.number,
        item_code=parcel.item_code,
        sender=Sender(
            name=unit.name,
            address=contact.address if contact else "",
            phone=contact.phone if contact else "",
            email=contact.email if contact else "",
            province=province,
        ),
        receiver=address,
        description=f"Kết quả giải quyết hồ sơ {work.dossier.code}",
    )


def _later(session: Session, parcel: Parcel, when: datetime) -> None:
    parcel.act_at = when
    comes_due(session, when)
    session.flush()


def _rest(session: Session, parcel: Parcel, state: ParcelState) -> None:
    """Nothing more is said to the carrier."""
    parcel.state, parcel.act_at, parcel.trouble = state, None, None
    session.flush()
