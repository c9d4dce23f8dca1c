"""A line to another house rests when the other does not answer, and tries again after a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from app.foundation.outgoing import REST, TRUSTED_FAILURES, Breaker, Unreachable

NOON = datetime(2024, 11, 4, 5, 0, tzinfo=UTC)


def broken() -> Breaker:
    breaker = Breaker()
    for _ in range(TRUSTED_FAILURES):
        breaker.ensure_closed(NOON)
        breaker.failed(NOON)
    return breaker


def test_five_failures_open_it_for_a_minute() -> None:
    breaker = broken()
    with pytest.raises(Unreachable, match="resting"):
        breaker.ensure_closed(NOON + REST - timedelta(seconds=1))


def test_one_tries_after_the_minute_and_the_others_wait_for_him() -> None:
    breaker = broken()
    breaker.ensure_closed(NOON + REST)
    with pytest.raises(Unreachable):
        breaker.ensure_closed(NOON + REST)


def test_an_answer_closes_it() -> None:
    breaker = broken()
    breaker.ensure_closed(NOON + REST)
    breaker.succeeded()
    breaker.ensure_closed(NOON + REST)
    breaker.ensure_closed(NOON + REST)
