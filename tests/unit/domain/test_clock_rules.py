"""The clocks of a dossier: what follows from each move, by the tables of the law."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossiers.clock import Clocks, ClockState, Fact, Pause, after
from app.domain.dossiers.clock_rules import Hold, Law, Move, begin, follow
from app.domain.dossiers.status import FINAL, FINISHED, FOLLOWS, RECEIVED, Status
from app.domain.journal.events import FIELDS, Event
from app.domain.procedures.cases import SupplementClock
from app.foundation.clock import LOCAL_ZONE
from app.worktime import Term, TermUnit, preset

THREE_DAYS = Term(amount=Decimal(3), unit=TermUnit.WORKING_DAYS)
SUPPLEMENT = Hold(pause=Pause.SUPPLEMENT, step="supplement")
PAYMENT = Hold(pause=Pause.PAYMENT, step="pay")
HEARING = Hold(pause=Pause.STEP, step="hearing")


def law(**how: Any) -> Law:
    """Three working days in Hà Tĩnh (07:30-11:30, 13:30-17:30), sent online."""
    told: dict[str, Any] = {
        "online": True,
        "term": THREE_DAYS,
        "supplement_clock": SupplementClock.RESUME,
        "calendar": preset("HT-8H"),
    }
    return Law(**told | how)


def at(text: str) -> datetime:
    """A moment of 2024 in legal time: `06/02 09:00`."""
    local = datetime.strptime(f"2024 {text}", "%Y %d/%m %H:%M").replace(tzinfo=LOCAL_ZONE)
    return local.astimezone(UTC)


def told(moment: datetime | str | None) -> str | None:
    """A moment as `at` reads it."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return None if moment is None else f"{moment.astimezone(LOCAL_ZONE):%d/%m %H:%M}"


class Life:
    """One dossier's clocks, move after move."""

    def __init__(self, handed_in: str, **how: Any) -> None:
        self.law = law(**how)
        self.clocks = begin(at(handed_in), self.law)
        self.status = Status.SUBMITTED
        self.facts: list[Fact] = []

    def goes(self, when: str, to: int, *holds: Hold) -> "Life":
        """A run led to this status, with these steps keeping the clock."""
        move = Move(at=at(when), before=self.status, after=Status(to), holds=holds)
        self.status = Status(to)
        self.facts = list(follow(self.clocks, move, self.law))
        for fact in self.facts:
            self.clocks = after(self.clocks, fact, at(when))
        return self

    @property
    def events(self) -> list[str]:
        return [fact.event.value for fact in self.facts]

    @property
    def due(self) -> str | None:
        return told(self.clocks.due_at_current)


# Tết 2024: 8 to 14 February are off; 6 February is a Tuesday.


def test_a_dossier_sent_online_first_waits_for_its_reception() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1)
    assert life.events == ["reception_started"]
    assert life.clocks.state is ClockState.WAITING
    assert told(life.clocks.reception_due_at) == "07/02 09:00", "eight working hours"
    assert life.due == "19/02 09:00", "three working days after that, over Tết"
    assert life.clocks.due_at_original is None, "nothing is promised yet"


def test_the_reception_promises_a_date_that_counts_from_it() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1).goes("06/02 14:00", 4)
    assert life.events == ["reception_met", "due_date_set"]
    assert life.facts[0].told["in_time"]
    assert life.clocks.state is ClockState.RUNNING
    assert told(life.clocks.due_at_original) == life.due == "16/02 14:00"


@pytest.mark.parametrize(
    ("answered", "in_time"), [("07/02 09:00", True), ("07/02 09:01", False), ("15/02 08:00", False)]
)
@pytest.mark.parametrize("answer", [2, 3, 4, 5, 7])
def test_every_answer_ends_the_time_for_reception(
    answered: str, in_time: bool, answer: int
) -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1).goes(answered, answer)
    (met,) = [fact for fact in life.facts if fact.event is Event.RECEPTION_MET]
    assert met.told["in_time"] is in_time
    assert met.told["answer"] == answer
    assert life.goes(answered, answer).facts == [], "an answer is given once"


def test_opening_a_dossier_is_no_answer() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1).goes("06/02 10:00", 1)
    assert life.facts == []
    assert life.clocks.open_reception_due_at is not None


def test_at_the_counter_the_term_counts_from_handing_in() -> None:
    life = Life("06/02 09:00", online=False)
    assert life.due == "16/02 09:00"
    life.goes("06/02 09:00", 1)
    assert (life.events, life.clocks.reception_due_at) == (["reception_started"], None)
    life.goes("06/02 14:00", 2)
    assert life.events == ["due_date_set"]
    assert life.due == "16/02 09:00", "not from when somebody found the time"


def test_without_a_step_of_reception_the_term_begins_at_once() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 4)
    assert life.events == ["due_date_set"]
    assert life.due == "16/02 09:00"


def test_a_supplement_before_reception_begins_a_new_time_for_it() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1).goes("06/02 15:00", 5, SUPPLEMENT)
    assert life.events == ["reception_met"]
    assert life.clocks.state is ClockState.WAITING, "no term is running that could wait"
    life.goes("16/02 20:00", 1)
    assert life.events == ["reception_started"]
    assert told(life.clocks.reception_due_at) == "19/02 17:30", "sent out of hours on a Friday"
    assert life.due == "22/02 17:30"
    life.goes("19/02 08:00", 4)
    assert life.due == "22/02 08:00"


def test_a_supplement_at_the_counter_counts_from_its_handing_in() -> None:
    life = Life("06/02 09:00", online=False).goes("06/02 09:00", 1).goes("06/02 10:00", 5)
    life.goes("16/02 09:00", 1).goes("16/02 10:00", 2)
    assert life.due == "21/02 09:00"
    straight = Life("06/02 09:00", online=False).goes("06/02 09:00", 5).goes("16/02 10:00", 2)
    assert straight.due == "21/02 10:00"


def test_a_prepaid_dossier_begins_with_its_payment() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 6, PAYMENT)
    assert life.facts == []
    assert life.due == "19/02 09:00", "what it would be if he paid at once"
    life.goes("07/02 18:00", 1)
    assert life.events == ["reception_started"]
    assert told(life.clocks.reception_due_at) == "15/02 17:30"
    assert life.goes("15/02 10:00", 4).due == "20/02 10:00"


# Received on 6 February at 14:00, due on the 16th at 14:00; 6 of 24 hours are used when the
# supplement is asked for on the 7th at 10:00. The answer comes on the 16th at 09:00.


def asked(mode: SupplementClock = SupplementClock.RESUME) -> Life:
    life = Life("06/02 09:00", supplement_clock=mode).goes("06/02 09:00", 1)
    return life.goes("06/02 14:00", 4).goes("07/02 10:00", 5, SUPPLEMENT)


def test_the_term_waits_for_the_applicant() -> None:
    life = asked()
    assert life.events == ["clock_paused"]
    assert life.facts[0].told == {
        "reason": "supplement",
        "step": "supplement",
        "due_at": at("16/02 14:00").isoformat(),
    }
    assert life.clocks.state is ClockState.PAUSED
    assert told(life.clocks.paused_at) == "07/02 10:00"
    assert life.due == "16/02 14:00"
    assert life.goes("15/02 08:00", 5, SUPPLEMENT).facts == []


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        # 18 hours are left: 6.5 on the 16th, 8 on the 19th, 3.5 on the 20th.
        (SupplementClock.RESUME, "20/02 11:00"),
        # Three working days from the answer.
        (SupplementClock.RESTART, "21/02 09:00"),
    ],
)
def test_after_the_supplement_the_case_decides(mode: SupplementClock, due: str) -> None:
    life = asked(mode).goes("16/02 09:00", 4)
    assert life.events == ["clock_resumed"]
    (fact,) = life.facts
    assert fact.told["mode"] == mode.value
    assert told(fact.told["due_before"]) == "16/02 14:00"
    assert told(fact.told["due_at"]) == life.due == due
    assert told(life.clocks.due_at_original) == "16/02 14:00", "what was promised first stays"
    assert (life.clocks.paused_at, life.clocks.paused_for) == (None, None)


@pytest.mark.parametrize("hold", [PAYMENT, HEARING])
@pytest.mark.parametrize("mode", SupplementClock)
def test_only_a_supplement_can_begin_a_new_term(hold: Hold, mode: SupplementClock) -> None:
    life = Life("06/02 14:00", supplement_clock=mode).goes("06/02 14:00", 4)
    life.goes("07/02 10:00", 6 if hold is PAYMENT else 4, hold).goes("16/02 09:00", 4)
    assert life.facts[0].told["mode"] == "RESUME"
    assert life.due == "20/02 11:00"


def test_a_pause_outside_working_time_costs_nothing() -> None:
    life = Life("06/02 14:00").goes("06/02 14:00", 4).goes("07/02 18:00", 4, HEARING)
    assert life.goes("15/02 07:00", 4).due == "16/02 14:00"


def test_a_supplement_counts_before_a_payment_that_waits_beside_it() -> None:
    life = Life("06/02 14:00", supplement_clock=SupplementClock.RESTART).goes("06/02 14:00", 4)
    life.goes("07/02 08:00", 6, PAYMENT)
    life.goes("07/02 09:00", 5, PAYMENT, SUPPLEMENT)
    assert life.events == ["clock_resumed", "clock_paused"], "one reason hands over to the other"
    assert life.clocks.paused_for is Pause.SUPPLEMENT
    life.goes("16/02 09:00", 5, PAYMENT)
    assert [fact.told.get("mode") for fact in life.facts] == ["RESTART", None]
    assert life.clocks.paused_for is Pause.PAYMENT
    assert life.goes("16/02 10:00", 4).due == "21/02 10:00"


@pytest.mark.parametrize(
    ("done", "by_date", "by_instant"),
    [
        ("15/02 17:00", "early", "early"),
        ("16/02 13:59", "on_time", "early"),
        ("16/02 14:00", "on_time", "on_time"),
        ("16/02 17:00", "on_time", "overdue"),
        ("19/02 07:30", "overdue", "overdue"),
    ],
)
@pytest.mark.parametrize("status", [3, 7, 8, 9, 10])
def test_the_clock_stops_when_the_office_is_done(
    done: str, by_date: str, by_instant: str, status: int
) -> None:
    life = Life("06/02 14:00").goes("06/02 14:00", 4).goes(done, status)
    assert life.events == ["clock_stopped"]
    assert (life.facts[0].told["by_date"], life.facts[0].told["by_instant"]) == (
        by_date,
        by_instant,
    )
    assert life.clocks.state is ClockState.STOPPED


def test_late_collection_never_makes_an_office_late() -> None:
    life = Life("06/02 14:00").goes("06/02 14:00", 4).goes("16/02 09:00", 9)
    assert life.goes("28/03 09:00", 10).facts == []


def test_a_refusal_before_reception_had_no_promise_to_break() -> None:
    life = Life("06/02 09:00").goes("06/02 09:00", 1).goes("06/02 10:00", 3)
    assert life.events == ["reception_met", "clock_stopped"]
    assert life.facts[1].told == {"due_at": None, "by_date": None, "by_instant": None}
    assert life.clocks.due_at_original is None


def test_a_dossier_that_ends_while_it_waits_is_not_late_by_its_applicant() -> None:
    life = asked(SupplementClock.RESTART).goes("15/03 09:00", 8)
    assert life.events == ["clock_resumed", "clock_stopped"]
    assert life.facts[0].told["mode"] == "RESUME"
    assert life.facts[1].told["by_instant"] == "early"


@pytest.mark.parametrize(
    ("unit", "amount", "due"),
    [
        (TermUnit.WORKING_HOURS, 24, "16/02 14:00"),
        (TermUnit.WORKING_DAYS, 3, "16/02 14:00"),
        (TermUnit.CALENDAR_DAYS, 3, "15/02 17:30"),
    ],
)
def test_a_term_is_counted_as_the_law_words_it(unit: TermUnit, amount: int, due: str) -> None:
    life = Life("06/02 14:00", term=Term(amount=Decimal(amount), unit=unit))
    assert life.goes("06/02 14:00", 4).due == due


# Whatever happens, in whatever order.

HOLDS = st.lists(st.sampled_from([SUPPLEMENT, PAYMENT, HEARING]), max_size=2, unique=True)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Law, list[Move]]:
    """A law, and moves that the statuses allow, some minutes to weeks apart."""
    the_law = law(
        online=draw(st.booleans()), supplement_clock=draw(st.sampled_from(SupplementClock))
    )
    moment, status = at("02/02 08:00").timestamp(), Status.SUBMITTED
    moves = []
    for _ in range(draw(st.integers(1, 8))):
        following = draw(st.sampled_from(sorted(FOLLOWS[status] | {status})))
        holds = () if following in FINAL else tuple(draw(HOLDS))
        when = datetime.fromtimestamp(moment, UTC)
        moves.append(Move(at=when, before=status, after=following, holds=holds))
        moment += draw(st.integers(0, 60 * 24 * 14)) * 60
        status = following
    return the_law, moves


@given(lives())
def test_no_dossier_is_ever_without_its_date(life: tuple[Law, list[Move]]) -> None:
    the_law, moves = life
    clocks = begin(moves[0].at, the_law)
    promises: set[datetime] = set()
    for move in moves:
        facts = follow(clocks, move, the_law)
        for fact in facts:
            assert fact.told.keys() == FIELDS[fact.event]
            clocks = after(clocks, fact, move.at)
        promises |= {clocks.due_at_original} if clocks.due_at_original else set()
        _holds_together(clocks, move, the_law)
        assert follow(clocks, Move(at=move.at, before=move.after, after=move.after,
                                   holds=move.holds), the_law) == (), "told once"  # fmt: skip
    assert len(promises) <= 1, "the first promise never changes"


def _holds_together(clocks: Clocks, move: Move, the_law: Law) -> None:
    assert clocks.due_at_current is not None
    received = clocks.due_at_original is not None
    assert received or move.after not in RECEIVED
    assert (clocks.state is ClockState.STOPPED) == (move.after in FINISHED)
    assert (clocks.state is ClockState.PAUSED) == (clocks.paused_at is not None)
    if received and move.after not in FINISHED:
        assert (clocks.state is ClockState.PAUSED) == bool(move.holds)
    if the_law.online and not received and move.after is Status.SUBMITTED:
        assert clocks.open_reception_due_at is not None
    if move.after is not Status.SUBMITTED:
        assert clocks.open_reception_due_at is None
