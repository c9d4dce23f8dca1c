"""The states of a demand and of an attempt, and what leads from one to the next: two tables."""

from enum import Enum

from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class PaymentState(Enum):
    """Where a demand stands (spec §8)."""

    UNPAID = "unpaid"  # chưa thanh toán
    WAITING = "waiting"  # chờ thanh toán: the payer is at the gateway
    PAID = "paid"  # đã thanh toán
    CANCELLED = "cancelled"  # hủy: asked for no more, or spared
    REFUNDED = "refunded"  # đã hoàn phí
    MOVED = "moved"  # đã chuyển: the money counts for the dossier that took this one's place


class Method(Enum):
    """How a demand was settled."""

    ONLINE = "online"  # trực tuyến
    CASH = "cash"  # tiền mặt
    TRANSFER = "transfer"  # chuyển khoản
    WAIVER = "waiver"  # miễn: nobody has to pay it
    CARRIED = "carried"  # chuyển từ hồ sơ cũ: paid for the dossier that this one replaces


class Step(Enum):
    """What happens to a demand."""

    STARTED = "started"  # the payer is sent to the gateway
    MISSED = "missed"  # and the attempt came to nothing
    PAID = "paid"  # the money is there
    CANCELLED = "cancelled"  # an officer asks for it no more, or the dossier has ended
    REFUNDED = "refunded"  # the money was given back
    MOVED = "moved"  # the money was taken over by the dossier that replaces this one


#: Why the platform drops a demand by itself; pages put it in words.
DOSSIER_ENDED = "dossier_ended"


class AttemptState(Enum):
    """Where one attempt to pay online stands."""

    CREATED = "created"  # the gateway does not know of it yet
    WAITING = "waiting"  # the payer has the gateway's address
    PAID = "paid"  # its money has settled the demand
    FAILED = "failed"  # refused, cancelled by the payer, or never announced
    SURPLUS = "surplus"  # its money came when nothing was owed any more: to be given back
    REFUNDED = "refunded"  # given back


class Word(Enum):
    """What is heard of an attempt."""

    ANNOUNCED = "announced"  # the gateway has given an address
    MONEY = "money"  # paid, and the demand was open
    EXTRA = "extra"  # paid, and nothing was owed any more
    DECLINED = "declined"  # not paid
    REFUNDED = "refunded"  # given back


class PaymentImpossible(Conflict):
    """The demand has gone on since the actor looked at it."""

    message = lazy_gettext("This is not possible any more: the payment has gone on meanwhile.")


#: What may be paid.
OPEN = frozenset({PaymentState.UNPAID, PaymentState.WAITING})

_P, _S = PaymentState, Step
#: What is not in here is impossible.
PAYMENT_STEPS: dict[tuple[PaymentState, Step], PaymentState] = {
    (_P.UNPAID, _S.STARTED): _P.WAITING,
    (_P.UNPAID, _S.PAID): _P.PAID,
    (_P.UNPAID, _S.CANCELLED): _P.CANCELLED,
    (_P.WAITING, _S.STARTED): _P.WAITING,
    (_P.WAITING, _S.MISSED): _P.UNPAID,
    (_P.WAITING, _S.PAID): _P.PAID,
    (_P.WAITING, _S.CANCELLED): _P.CANCELLED,
    (_P.PAID, _S.REFUNDED): _P.REFUNDED,
    (_P.PAID, _S.MOVED): _P.MOVED,
}

_A, _W = AttemptState, Word
#: What is not in here changes nothing: callbacks come late, twice and in any order. Money always
#: counts, whatever was said before, and a refusal never undoes money.
ATTEMPT_WORDS: dict[tuple[AttemptState, Word], AttemptState] = {
    (_A.CREATED, _W.ANNOUNCED): _A.WAITING,
    **{
        (state, word): after
        for state in (_A.CREATED, _A.WAITING, _A.FAILED)
        for word, after in ((_W.MONEY, _A.PAID), (_W.EXTRA, _A.SURPLUS))
    },
    (_A.CREATED, _W.DECLINED): _A.FAILED,
    (_A.WAITING, _W.DECLINED): _A.FAILED,
    (_A.PAID, _W.REFUNDED): _A.REFUNDED,
    (_A.SURPLUS, _W.REFUNDED): _A.REFUNDED,
}


def next_state(state: PaymentState, step: Step) -> PaymentState:
    """Where a demand stands after that; raises PaymentImpossible."""
    after = PAYMENT_STEPS.get((state, step))
    if after is None:
        raise PaymentImpossible
    return after


def heard(state: AttemptState, word: Word) -> AttemptState:
    """Where an attempt stands after that; where it stood, if the word changes nothing."""
    return ATTEMPT_WORDS.get((state, word), state)
