"""A line to another house rests when the other does not answer, and tries again after a minute."""

import pytest

from app.foundation import outgoing
from app.foundation.breaker import Breaker
from app.foundation.calling import Answer, CallFailed
from app.foundation.outgoing import Line, Unreachable

SECONDS = [0.0]
URL = "https://platform.example.vn/pay"


@pytest.fixture
def line() -> Line:
    """A line with the breaker of the house, on a clock of our own."""
    SECONDS[0] = 0.0
    return Line(breaker=Breaker(clock=lambda: SECONDS[0]))


def hears(monkeypatch: pytest.MonkeyPatch, answer: Answer | CallFailed) -> None:
    """Whatever is sent is answered so."""

    def post(_url: str, _body: object, *, patience: float) -> Answer:
        assert patience > 0
        if isinstance(answer, CallFailed):
            raise answer
        return answer

    monkeypatch.setattr(outgoing, "post_json", post)


def fate(line: Line) -> str:
    """What became of one call, in a word."""
    try:
        line.post_json(URL, {})
    except Unreachable as error:
        return error.reason
    return "answered"


AWAY = CallFailed("timed_out", "no answer in time")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (AWAY, "timed_out"),
        (Answer(status=500, body=b"{}"), "http_500"),
        (Answer(status=302, body=b"{}"), "http_302"),
        (Answer(status=200, body=b"<html>"), "unreadable"),
        (Answer(status=200, body=b"[]"), "unreadable"),
        (Answer(status=200, body=b"{}"), "answered"),
    ],
)
def test_only_an_object_is_an_answer(
    line: Line, monkeypatch: pytest.MonkeyPatch, answer: Answer | CallFailed, reason: str
) -> None:
    hears(monkeypatch, answer)
    assert fate(line) == reason


def test_five_failures_open_it_for_a_minute_and_then_one_tries(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(monkeypatch, AWAY)
    assert [fate(line) for _ in range(6)] == ["timed_out"] * 5 + ["resting"]
    SECONDS[0] = 59
    assert fate(line) == "resting"
    SECONDS[0] = 60
    assert [fate(line) for _ in range(2)] == ["timed_out", "resting"]


def test_an_answer_closes_it(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, AWAY)
    for _ in range(5):
        fate(line)
    SECONDS[0] = 60
    hears(monkeypatch, Answer(status=200, body=b"{}"))
    assert [fate(line) for _ in range(3)] == ["answered"] * 3
