"""Timers go off when the caller says what time it is, and never by themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from app import engine
from tests.support.bpmn import Bpmn

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def watched(text: str, kind: str = "timeDuration", *, interrupting: bool) -> engine.Definition:
    bpmn = Bpmn().start().user("work").end().path("start", "work", "end")
    bpmn.boundary("bell", "work", text, kind, interrupting=interrupting)
    return engine.read(bpmn.user("remind").end("out").path("bell", "remind", "out").xml())


def waiting(text: str, kind: str = "timeDuration") -> engine.Definition:
    bpmn = Bpmn().start().timer("pause", text, kind).user("after").end()
    return engine.read(bpmn.path("start", "pause", "after", "end").xml())


def steps(outcome: engine.Outcome) -> list[str]:
    return [task.step for task in outcome.open]


def begin(definition: engine.Definition, **variables: object) -> engine.Outcome:
    return engine.start(definition, variables, now=NOW, seed="s")


def test_a_timer_goes_off_exactly_when_it_is_due() -> None:
    definition = waiting("PT1H")
    outcome = begin(definition)
    (timer,) = outcome.timers
    assert (timer.step, timer.due_at, timer.attached_to) == ("pause", NOW + HOUR, None)
    early = engine.tick(definition, outcome.snapshot, now=NOW + HOUR - timedelta(microseconds=1))
    assert early.snapshot == outcome.snapshot
    assert early.trail == ()
    assert steps(engine.tick(definition, early.snapshot, now=NOW + HOUR)) == ["after"]


def test_an_interrupting_timer_closes_the_task_it_watches() -> None:
    definition = watched("PT1H", interrupting=True)
    outcome = begin(definition)
    assert outcome.timers[0].attached_to == "work"
    assert outcome.timers[0].interrupting
    rung = engine.tick(definition, outcome.snapshot, now=NOW + HOUR)
    assert steps(rung) == ["remind"]
    assert outcome.open[0].task_id in rung.closed
    assert [(p.step, p.state) for p in rung.trail] == [
        ("bell", "completed"),
        ("work", "cancelled"),
    ]


def test_a_person_who_comes_before_the_tick_wins_over_an_overdue_timer() -> None:
    definition = watched("PT1H", interrupting=True)
    outcome = begin(definition)
    task_id = outcome.open[0].task_id
    late = engine.complete(definition, outcome.snapshot, task_id, {}, now=NOW + 9 * HOUR)
    assert late.finished


def test_work_that_a_reminder_opened_outlives_the_task_it_watched() -> None:
    definition = watched("PT1H", interrupting=False)
    outcome = engine.tick(definition, begin(definition).snapshot, now=NOW + HOUR)
    assert steps(outcome) == ["work", "remind"]
    assert outcome.timers == ()
    task_id = outcome.open[0].task_id
    outcome = engine.complete(definition, outcome.snapshot, task_id, {}, now=NOW + HOUR)
    assert steps(outcome) == ["remind"]
    assert not outcome.finished


def test_a_cycle_rings_as_often_as_it_says() -> None:
    definition = watched("R3/PT1H", "timeCycle", interrupting=False)
    outcome = begin(definition)
    for hour in (1, 2, 3):
        assert [timer.due_at for timer in outcome.timers] == [NOW + hour * HOUR]
        outcome = engine.tick(definition, outcome.snapshot, now=NOW + hour * HOUR)
    assert outcome.timers == ()
    assert steps(outcome) == ["work", "remind", "remind", "remind"]


def test_rings_that_were_slept_through_are_not_made_up_for() -> None:
    definition = watched("R/PT1H", "timeCycle", interrupting=False)
    outcome = engine.tick(definition, begin(definition).snapshot, now=NOW + 5.5 * HOUR)
    assert steps(outcome) == ["work", "remind"]
    assert outcome.timers[0].due_at == NOW + 6 * HOUR
    counted = watched("R3/PT1H", "timeCycle", interrupting=False)
    outcome = engine.tick(counted, begin(counted).snapshot, now=NOW + 5.5 * HOUR)
    assert outcome.timers == ()


def test_a_cycle_of_months_follows_the_calendar() -> None:
    definition = watched("R/P1M", "timeCycle", interrupting=False)
    outcome = begin(definition)
    assert outcome.timers[0].due_at == datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
    outcome = engine.tick(definition, outcome.snapshot, now=datetime(2026, 4, 6, tzinfo=UTC))
    assert outcome.timers[0].due_at == datetime(2026, 5, 5, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDuration", '=duration("P3D")', NOW + timedelta(days=3)),
        ("timeDuration", '=duration("P1M")', datetime(2026, 2, 5, 2, 0, tzinfo=UTC)),
        ("timeDuration", '="PT" + string(2 + 1) + "H"', NOW + 3 * HOUR),
        ("timeDuration", "P2W", NOW + timedelta(weeks=2)),
        ("timeDate", '=date and time("2026-01-05T10:00:00+07:00")', NOW + HOUR),
        ("timeDate", '=date("2026-01-07")', datetime(2026, 1, 6, 17, 0, tzinfo=UTC)),
        ("timeDate", '="2026-01-07T09:00:00"', datetime(2026, 1, 7, 2, 0, tzinfo=UTC)),
        ("timeDate", "2026-01-07", datetime(2026, 1, 6, 17, 0, tzinfo=UTC)),
        ("timeDate", "=opens_at", datetime(2026, 1, 6, 1, 0, tzinfo=UTC)),
        ("timeDate", '=now() + duration("PT30M")', NOW + HOUR / 2),
    ],
)  # fmt: skip
def test_due_moments_come_from_text_or_feel(kind: str, text: str, due: datetime) -> None:
    outcome = begin(waiting(text, kind), opens_at="2026-01-06T08:00:00+07:00")
    assert [timer.due_at for timer in outcome.timers] == [due]


def test_a_moment_that_is_past_lets_the_token_through_at_once() -> None:
    assert steps(begin(waiting("2020-01-01", "timeDate"))) == ["after"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "=missing"),
        ("timeDuration", '="soon"'),
        ("timeDuration", "=12"),
        ("timeDate", "=true"),
        ("timeDate", '="9999-12-31T23:59:59-23:00"'),
        ("timeDuration", '=duration("P9998Y")'),
    ],
)
def test_a_time_that_makes_no_sense_stops_the_run(kind: str, text: str) -> None:
    with pytest.raises(engine.EngineFailure) as caught:
        begin(waiting(text, kind))
    assert caught.value.reason == "timer"
    assert caught.value.step == "pause"


def test_a_cycle_may_begin_at_a_moment_and_come_from_feel() -> None:
    text = '="R2/2026-01-06T08:00:00/P1D"'
    definition = watched(text, "timeCycle", interrupting=False)
    assert begin(definition).timers[0].due_at == datetime(2026, 1, 6, 1, 0, tzinfo=UTC)


def test_timers_that_are_due_together_go_off_in_the_order_they_were_due() -> None:
    bpmn = Bpmn().start().parallel("split").timer("second", "PT2H").timer("first", "PT1H")
    bpmn.end("a").end("b").path("start", "split", "second", "a").path("split", "first", "b")
    definition = engine.read(bpmn.xml())
    outcome = engine.tick(definition, begin(definition).snapshot, now=NOW + 3 * HOUR)
    assert outcome.ended == ("b", "a")


def test_a_timer_on_a_sub_process_cancels_what_is_open_inside() -> None:
    bpmn = Bpmn().start().open("sub").start("in").user("a").end("out").path("in", "a", "out")
    bpmn.close().boundary("bell", "sub", "PT1H").user("late").end().end("over")
    definition = engine.read(bpmn.path("start", "sub", "end").path("bell", "late", "over").xml())
    outcome = engine.tick(definition, begin(definition).snapshot, now=NOW + HOUR)
    assert steps(outcome) == ["late"]
    assert {(p.step, p.state) for p in outcome.trail} >= {("a", "cancelled"), ("sub", "cancelled")}


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        engine.start(waiting("PT1H"), {}, now=NOW.replace(tzinfo=None), seed="s")
