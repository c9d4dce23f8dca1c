"""The gateway says what became of an attempt: by itself, or because it was asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions.payments.attempts import UNDER_WAY, AtHand, Outcome, attempt_at_hand, hear
from app.actions.payments.start_attempt import ASK_AFTER
from app.domain.payments import messages
from app.domain.payments.gateway import GatewayFails, PaymentGateway, Said
from app.domain.payments.model import GatewayMessage, PaymentAttempt
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.foundation.signing import NotBelieved

#: Attempts that the gateway has to be asked about.
SILENT_ATTEMPTS = DueRows(
    number=PaymentAttempt.id,
    instant=PaymentAttempt.ask_at,
    waiting=(PaymentAttempt.ask_at.is_not(None),),
)
#: After this nobody pays at an old address any more: what is not paid then never will be.
GIVEN_UP = timedelta(days=2)
#: Between two questions, longer each time, at the longest.
LONGEST_PAUSE = timedelta(hours=6)
#: So long one question may take, with everything that can go wrong on the way.
CLAIM = timedelta(minutes=2)


def confirm_attempt(
    session: Session, gateway: PaymentGateway, message: Mapping[str, Any], *, at: datetime
) -> str:
    """Take a confirmation; gives the code it is answered with.

    Taken once; a repeat gets the same answer, whatever has happened meanwhile. Nothing is stored
    of a message that is not signed, so that nobody can fill the house with noise.
    """
    try:
        said = gateway.read(message)
    except NotBelieved as error:
        return error.answer
    hand = attempt_at_hand(session, said.reference, at)
    result, code = _taken(session, hand, said, at)
    about = hand.attempt.id if hand else None
    session.add(
        GatewayMessage(attempt_id=about, at=at, kind="confirm", result=result, body=said.body)
    )
    session.flush()
    return code


def _taken(session: Session, hand: AtHand | None, said: Said, at: datetime) -> tuple[str, str]:
    """What came of it in a word, and the code of the answer."""
    if hand is None:
        return "unknown_reference", messages.UNKNOWN_REFERENCE
    if _other_money(hand, said):
        return "wrong_amount", messages.WRONG_AMOUNT
    before = hand.attempt.transaction
    if hear(session, hand, outcome_of(said), at=at):
        return "ok", messages.OK
    # The same attempt paid twice over: somebody has to ask the bank.
    twice = said.paid and before not in (None, said.transaction)
    return ("other_transaction" if twice else "repeated"), messages.OK


def _other_money(hand: AtHand, said: Said) -> bool:
    """Whether it speaks of another sum; a refusal need not name one."""
    if not said.paid and said.amount is None:
        return False
    return (said.amount, said.currency) != (hand.attempt.amount, messages.CURRENCY)


def outcome_of(said: Said) -> Outcome:
    """The message as an attempt hears it."""
    return Outcome(paid=said.paid, transaction=said.transaction, bank=said.bank, code=said.outcome)


def take_attempt(session: Session, attempt_id: int, /, *, at: datetime) -> str | None:
    """Claim an attempt that is due for a question; gives its reference.

    Who is killed before the answer is noted leaves a claim that lapses.
    """
    found = session.get(PaymentAttempt, attempt_id)
    hand = attempt_at_hand(session, found.reference, at) if found else None
    if hand is None or hand.attempt.ask_at is None or hand.attempt.ask_at > at:
        return None
    hand.attempt.ask_at = at + CLAIM
    comes_due(session, hand.attempt.ask_at)
    session.flush()
    return hand.attempt.reference


def settle_attempt(
    session: Session, attempt_id: int, said: Said | GatewayFails | None, /, *, at: datetime
) -> bool:
    """Do what follows from the gateway's answer, or say when to ask again.

    Anything but a clear yes leaves the attempt as it is until it is given up: the payer may still
    be paying. False when there is nothing to ask any more.
    """
    found = session.get(PaymentAttempt, attempt_id)
    hand = attempt_at_hand(session, found.reference, at) if found else None
    if hand is None or hand.attempt.ask_at is None:
        return False
    attempt = hand.attempt
    result, body = _heard_of(hand, said)
    if isinstance(said, Said) and result == "ok" and said.paid:
        hear(session, hand, outcome_of(said), at=at)
    elif at - attempt.created_at >= GIVEN_UP:
        gone = Outcome(paid=False, transaction="", bank="", code="expired")
        hear(session, hand, gone, at=at)
    if attempt.state in UNDER_WAY:
        attempt.asked += 1
        attempt.ask_at = at + _pause(attempt.asked)
        comes_due(session, attempt.ask_at)
    else:
        attempt.ask_at = None
    session.add(
        GatewayMessage(attempt_id=attempt.id, at=at, kind="query", result=result, body=body)
    )
    session.flush()
    return True


def _heard_of(hand: AtHand, said: Said | GatewayFails | None) -> tuple[str, Mapping[str, Any]]:
    if said is None:
        return "no_gateway", {}
    if isinstance(said, GatewayFails):
        return said.result, said.body
    if said.paid and _other_money(hand, said):
        return "wrong_amount", said.body
    return "ok", said.body


def _pause(asked: int) -> timedelta:
    doubled = 1 << min(asked - 1, 8)
    return min(ASK_AFTER * doubled, LONGEST_PAUSE)
