"""Where a parcel with a result stands, and what leads from one state to the next: one table."""

from enum import Enum


class ParcelState(Enum):
    """Where a parcel stands."""

    WAITING = "waiting"  # the result is ready; the carrier has not taken the order yet
    BY_HAND = "by_hand"  # no carrier is connected: an officer takes it to the post
    CANCELLED = "cancelled"  # handed over otherwise before anything was ordered
    ORDERED = "ordered"  # the carrier knows of it
    ACCEPTED = "accepted"  # the carrier holds it
    IN_TRANSIT = "in_transit"  # on its way
    DELIVERED = "delivered"  # in the recipient's hands
    RETURNED = "returned"  # back at the office
    FAILED = "failed"  # lost, or never accepted


class Trouble(Enum):
    """Why a parcel does not move though it should."""

    NO_ITEM_CODE = "no_item_code"  # the pool of item codes is empty
    NO_ANSWER = "no_answer"  # the carrier does not answer, again and again
    LOST = "lost"  # he had taken it, and knows nothing of it any more
    REFUSED = "refused"  # the carrier will not take it
    UNPAID = "unpaid"  # the result is handed out against a fee that is not paid yet
    NOT_PREPARED = "not_prepared"  # delivered, but nobody has written the last step's answers


#: He has said nothing of it yet: no fact of the dossier's.
UNTOLD = frozenset({ParcelState.WAITING, ParcelState.BY_HAND, ParcelState.CANCELLED})
#: The carrier has it and has not brought it yet: he can be asked.
UNDER_WAY = frozenset({ParcelState.ORDERED, ParcelState.ACCEPTED, ParcelState.IN_TRANSIT})
#: What the carrier may say of a parcel.
TOLD = frozenset(
    {
        ParcelState.ACCEPTED,
        ParcelState.IN_TRANSIT,
        ParcelState.DELIVERED,
        ParcelState.RETURNED,
        ParcelState.FAILED,
    }
)
#: What is not in here changes nothing: callbacks come late, twice and in any order. A delivery
#: always counts, also after it was said to have failed; nothing undoes it.
_S = ParcelState
FOLLOWS: dict[ParcelState, frozenset[ParcelState]] = {
    _S.ORDERED: TOLD,
    _S.ACCEPTED: TOLD - {_S.ACCEPTED},
    _S.IN_TRANSIT: TOLD - {_S.ACCEPTED},
    _S.RETURNED: frozenset({_S.DELIVERED}),
    _S.FAILED: frozenset({_S.DELIVERED, _S.RETURNED}),
}


def may_follow(state: ParcelState, told: ParcelState) -> bool:
    """Whether the carrier's word changes anything."""
    return told in FOLLOWS.get(state, frozenset())
