"""Messages and signals from outside, and signals from inside, reach those that wait for them."""

from datetime import UTC, datetime, timedelta

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PAID = engine.MessageEvent(name="paid")
WITHDRAWN = engine.SignalEvent(name="withdrawn")


def begin(bpmn: Bpmn, **variables: object) -> tuple[engine.Definition, engine.Outcome]:
    definition = engine.read(bpmn.xml())
    return definition, engine.start(definition, variables, now=NOW, seed="s")


def steps(outcome: engine.Outcome) -> list[str]:
    return [task.step for task in outcome.open]


def done(definition: engine.Definition, outcome: engine.Outcome, step: str) -> engine.Outcome:
    task_id = next(task.task_id for task in outcome.open if task.step == step)
    return engine.complete(definition, outcome.snapshot, task_id, {}, now=NOW)


def waiting() -> Bpmn:
    bpmn = Bpmn().start().catch("payment", "message", "paid").xor("gate", "gate_end").end()
    bpmn.end("short").path("start", "payment", "gate", "end")
    return bpmn.flow("gate", "short", "=amount < 100")


def working(inner: str, *, interrupting: bool) -> Bpmn:
    bpmn = Bpmn().start().user("work").end().user("react").end("out")
    bpmn.watch("bell", "work", inner, interrupting=interrupting)
    return bpmn.path("start", "work", "end").path("bell", "react", "out")


def test_a_message_lets_the_token_go_on_and_brings_variables() -> None:
    definition, outcome = begin(waiting())
    (wait,) = outcome.waiting
    assert (wait.step, wait.name, wait.kind, wait.event) == (
        "payment",
        "payment",
        "message",
        "paid",
    )
    assert (wait.attached_to, wait.interrupting) == (None, False)
    assert outcome.opened == (wait.task_id,)
    assert outcome.incident is None
    after = engine.deliver(definition, outcome.snapshot, PAID, {"amount": 50, "x": 1}, now=NOW)
    assert (after.ended, after.closed) == (("short",), (wait.task_id,))
    assert dict(after.variables) == {"amount": 50}


@pytest.mark.parametrize(
    "event_", [engine.MessageEvent(name="other"), engine.SignalEvent(name="paid")]
)
def test_what_nobody_waits_for_is_refused(event_: engine.MessageEvent | engine.SignalEvent) -> None:
    definition, outcome = begin(waiting())
    with pytest.raises(engine.NobodyWaits):
        engine.deliver(definition, outcome.snapshot, event_, {}, now=NOW)


def test_a_message_is_taken_by_one_and_a_signal_heard_by_all() -> None:
    for kind, event_, left in (("message", PAID, ["two"]), ("signal", WITHDRAWN, [])):
        bpmn = Bpmn().start().parallel("split").catch("one", kind, event_.name)
        bpmn.catch("two", kind, event_.name).end("a").end("b")
        definition, outcome = begin(
            bpmn.path("start", "split", "one", "a").path("split", "two", "b")
        )
        outcome = engine.deliver(definition, outcome.snapshot, event_, {}, now=NOW)
        assert [wait.step for wait in outcome.waiting] == left


def test_an_interrupting_signal_closes_the_task_it_watches() -> None:
    bpmn = working(event("signal", "withdrawn"), interrupting=True)
    definition, outcome = begin(bpmn)
    assert (outcome.waiting[0].attached_to, outcome.waiting[0].interrupting) == ("work", True)
    outcome = engine.deliver(definition, outcome.snapshot, WITHDRAWN, {}, now=NOW)
    assert (steps(outcome), outcome.waiting) == (["react"], ())


def test_a_message_beside_the_work_may_come_again() -> None:
    bpmn = working(event("message", "paid"), interrupting=False)
    definition, outcome = begin(bpmn)
    for times in (1, 2, 3):
        outcome = engine.deliver(definition, outcome.snapshot, PAID, {}, now=NOW)
        assert steps(outcome) == ["work"] + ["react"] * times
    assert len(outcome.waiting) == 1
    outcome = done(definition, outcome, "work")
    assert (steps(outcome), outcome.waiting) == (["react"] * 3, ())


def test_a_receive_task_waits_and_can_be_watched() -> None:
    bpmn = Bpmn().start().receive("answer", "paid").end().end("over")
    bpmn.boundary("late", "answer", "PT1H").path("start", "answer", "end").path("late", "over")
    definition, outcome = begin(bpmn)
    assert [wait.step for wait in outcome.waiting] == ["answer"]
    assert engine.deliver(definition, outcome.snapshot, PAID, {}, now=NOW).ended == ("end",)
    late = engine.tick(definition, outcome.snapshot, now=NOW + timedelta(hours=1))
    assert (late.ended, late.waiting) == (("over",), ())


def test_a_send_task_is_a_service_call() -> None:
    send = '<zeebe:taskDefinition type="send_mail"/>'
    bpmn = Bpmn().start().node("sendTask", "send", ext=send).end().path("start", "send", "end")
    definition, outcome = begin(bpmn)
    (call,) = outcome.services
    after = engine.finish_service(definition, outcome.snapshot, call.task_id, {}, now=NOW)
    assert after.finished


def choosing() -> Bpmn:
    bpmn = Bpmn().start().choose("first").catch("payment", "message", "paid").timer("late", "PT2H")
    bpmn.catch("withdrawal", "signal", "withdrawn").receive("answer", "answered")
    bpmn.end("a").end("b").end("c").end("d").path("start", "first", "payment", "a")
    bpmn.path("first", "late", "b").path("first", "withdrawal", "c")
    return bpmn.path("first", "answer", "d")


def test_the_first_event_behind_an_event_gateway_wins() -> None:
    definition, outcome = begin(choosing())
    assert (len(outcome.waiting), len(outcome.timers)) == (3, 1)
    ends = {
        engine.deliver(definition, outcome.snapshot, PAID, {}, now=NOW).ended,
        engine.deliver(definition, outcome.snapshot, WITHDRAWN, {}, now=NOW).ended,
        engine.tick(definition, outcome.snapshot, now=NOW + timedelta(hours=2)).ended,
    }
    assert ends == {("a",), ("b",), ("c",)}
    answered = engine.MessageEvent(name="answered")
    last = engine.deliver(definition, outcome.snapshot, answered, {}, now=NOW)
    assert (last.ended, last.finished, last.waiting, last.timers) == (("d",), True, (), ())


def test_an_event_gateway_in_a_loop_neither_stalls_nor_grows() -> None:
    bpmn = Bpmn().start().xor("again").choose("first").catch("payment", "message", "paid")
    bpmn.timer("late", "PT2H").end().path("start", "again", "first", "payment", "again")
    definition, outcome = begin(bpmn.path("first", "late", "end"))
    sizes = set()
    for _ in range(300):
        outcome = engine.deliver(definition, outcome.snapshot, PAID, {}, now=NOW)
        sizes.add(len(outcome.snapshot))
    assert max(sizes) - min(sizes) <= 4
    assert (len(outcome.waiting), len(outcome.timers)) == (1, 1)


def test_a_thrown_signal_is_heard_inside_the_process_only_where_one_waits() -> None:
    bpmn = Bpmn().start().parallel("split").user("work").throw("call", "signal", "ready").end("a")
    bpmn.catch("hear", "signal", "ready").user("next").end("b").end("c")
    bpmn.watch("bell", "next", event("signal", "ready")).path("bell", "c")
    bpmn.path("start", "split", "work", "call", "a").path("split", "hear", "next", "b")
    definition, outcome = begin(bpmn)
    outcome = done(definition, outcome, "work")
    assert steps(outcome) == ["next"]
    assert outcome.ended == ("a",)


def test_a_signal_that_interrupts_its_own_sub_process_stops_there() -> None:
    bpmn = Bpmn().start().open("sub").start("in").user("a").throw("call", "signal", "stop")
    bpmn.user("never").end("out").path("in", "a", "call", "never", "out").close()
    bpmn.watch("bell", "sub", event("signal", "stop")).user("react").end().end("over")
    definition, outcome = begin(bpmn.path("start", "sub", "end").path("bell", "react", "over"))
    outcome = done(definition, outcome, "a")
    assert steps(outcome) == ["react"]
    assert [(p.step, p.state) for p in outcome.trail] == [
        ("a", "completed"),
        ("call", "completed"),
        ("bell", "completed"),
        ("sub", "cancelled"),
    ]


def test_a_signal_end_event_throws_and_ends() -> None:
    bpmn = Bpmn().start().parallel("split").user("work").throw_end("stop", "signal", "over")
    bpmn.catch("hear", "signal", "over").end("b")
    bpmn.path("start", "split", "work", "stop").path("split", "hear", "b")
    definition, outcome = begin(bpmn)
    outcome = done(definition, outcome, "work")
    assert outcome.finished
    assert set(outcome.ended) == {"stop", "b"}


def test_a_message_to_one_instance_stays_with_it() -> None:
    each = loop(
        inputCollection="=[1, 2]",
        inputElement="n",
        outputCollection="sums",
        outputElement="=sum",
    )
    bpmn = Bpmn().start().open("sub", inner=each).start("in").catch("payment", "message", "paid")
    bpmn.end("out").path("in", "payment", "out").close().end()
    definition, outcome = begin(bpmn.path("start", "sub", "end"))
    for amount in (70, 80):
        outcome = engine.deliver(definition, outcome.snapshot, PAID, {"sum": amount}, now=NOW)
    assert outcome.finished
    assert dict(outcome.variables) == {"sums": [70, 80]}


def test_a_replay_gives_the_same_bytes() -> None:
    def play() -> list[bytes]:
        definition, first = begin(working(event("message", "paid"), interrupting=False))
        second = engine.deliver(definition, first.snapshot, PAID, {}, now=NOW)
        return [first.snapshot, second.snapshot]

    assert play() == play()
