"""Every reason why an instance has to stay, and that it is told of the right element."""

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, loop, straight
from tests.unit.engine.migrating.walking import NOW, done, moved, read, refused, walk


def test_a_step_that_was_taken_out_holds_who_stands_in_it() -> None:
    old, new = read(straight("a", "b", "c")), read(straight("a", "c"))
    assert refused(old, new, walk(old, "a")) == [("step-gone", "b")]
    assert refused(old, new, walk(old)) == []
    assert refused(old, new, walk(old, "a", "b")) == []
    assert refused(old, new, walk(old, "a"), {"b": "c"}) == []


def test_a_step_of_another_kind_is_another_step() -> None:
    old = read(straight("a", "b"))
    new = read(Bpmn().start().service("a").user("b").end().path("start", "a", "b", "end"))
    assert refused(old, new, walk(old)) == [("kind-changed", "a")]
    assert refused(old, new, walk(old, "a")) == []


def inside(step: str = "b", container: str = "sub") -> Bpmn:
    bpmn = Bpmn().start().user("a").open(container).start("in").user(step).end("out")
    bpmn.path("in", step, "out").close().user("c").end()
    return bpmn.path("start", "a", container, "c", "end")


def test_a_step_does_not_climb_in_or_out_of_a_sub_process() -> None:
    flat, deep = read(straight("a", "b", "c")), read(inside())
    assert refused(flat, deep, walk(flat, "a")) == [("step-elsewhere", "b")]
    assert refused(deep, flat, walk(deep, "a")) == [("step-gone", "sub")]
    assert refused(flat, deep, walk(flat)) == refused(deep, flat, walk(deep)) == []


def test_a_sub_process_may_have_another_name() -> None:
    old, new = read(inside()), read(inside("b2", "sub2"))
    standing = walk(old, "a")
    assert refused(old, new, standing) == [("step-gone", "sub")]
    assert refused(old, new, standing, {"sub": "sub2"}) == [("step-gone", "b")]
    found = moved(old, new, standing, {"sub": "sub2", "b": "b2"})
    assert [task.step for task in found.outcome.open] == ["b2"]


def repeated(**how: str) -> Bpmn:
    told = {"inputCollection": "=units", "inputElement": "unit"} | how
    sequential = told.pop("order", "") == "in turn"
    marker = loop(sequential=sequential, **told)
    bpmn = Bpmn().start().user("a").user("each", inner=marker).end()
    return bpmn.path("start", "a", "each", "end")


RESULTS = {"outputCollection": "all", "outputElement": "=vote"}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ({}, {"inputCollection": "=others"}, []),
        ({}, {"until": "=numberOfCompletedInstances >= 1"}, []),
        ({}, {"order": "in turn"}, ["loop-changed"]),
        ({}, {"inputElement": "office"}, ["loop-changed"]),
        ({}, RESULTS, ["loop-changed"]),
        (RESULTS, {}, ["loop-changed"]),
        (RESULTS, RESULTS | {"outputCollection": "votes"}, ["loop-changed"]),
        (RESULTS, RESULTS | {"outputElement": "=voice"}, ["loop-changed"]),
        (RESULTS, RESULTS | {"outputElement": '=if vote = 1 then "yes" else "no"'}, []),
    ],
)
def test_a_repetition_under_way_keeps_its_frame(
    before: dict[str, str], after: dict[str, str], codes: list[str]
) -> None:
    old, new = read(repeated(**before)), read(repeated(**after))
    standing = walk(old, "a", units=["H1", "H2"])
    assert [code for code, _ in refused(old, new, standing)] == codes
    assert refused(old, new, walk(old)) == []


def test_a_repetition_is_no_single_step() -> None:
    old, new = read(repeated()), read(straight("a", "each"))
    assert refused(old, new, walk(old, "a", units=["H1"])) == [("loop-changed", "each")]
    assert refused(new, old, walk(new, "a")) == [("loop-changed", "each")]


def test_a_repetition_goes_on_with_its_items_and_results() -> None:
    old = read(repeated(**RESULTS))
    new = engine.read(repeated(**RESULTS).text().replace("each", "every").encode())
    standing = done(old, walk(old, "a", units=["H1", "H2"]), "each", vote=1)
    found = moved(old, new, standing, {"each": "every"}).outcome
    (task,) = found.open
    assert (task.step, dict(task.items)) == ("every", {"unit": "H2", "loopCounter": 2})
    ended = done(new, found, "every", vote=5)
    assert (ended.finished, ended.variables["all"]) == (True, [1, 5])


def watched(*bells: str, host: str = "b", more: str = "") -> Bpmn:
    """A step with timers of these names, each leading to an end of its own."""
    bpmn = Bpmn().start().user("a").user(host).end().path("start", "a", host, "end")
    for bell in bells:
        stops = not bell.startswith("soft")
        bpmn.boundary(bell, host, "P3D", interrupting=stops).end(f"end_{bell}")
        bpmn.path(bell, f"end_{bell}")
    return bpmn.raw(more)


def test_a_timer_that_runs_must_be_known() -> None:
    old, new = read(watched("late")), read(watched())
    assert refused(old, new, walk(old, "a")) == [("watcher-gone", "late")]
    assert refused(old, new, walk(old)) == []
    assert refused(old, read(watched("later")), walk(old, "a")) == [
        ("watcher-new", "b"),
        ("watcher-gone", "late"),
    ]
    assert refused(old, read(watched("later")), walk(old, "a"), {"late": "later"}) == []


def test_a_timer_goes_on_watching_the_same_step() -> None:
    old = read(watched("late"))
    other = watched().boundary("late", "a", "P3D").end("over").path("late", "over")
    assert refused(old, read(other), walk(old, "a")) == [("watcher-gone", "late")]


def test_two_timers_do_not_become_one() -> None:
    old, new = read(watched("late", "later")), read(watched("late"))
    assert refused(old, new, walk(old, "a"), {"later": "late"}) == [
        ("watcher-gone", "late"),
        ("watcher-gone", "later"),
    ]


def test_a_new_timer_does_not_watch_what_is_open_already() -> None:
    old, new = read(watched()), read(watched("late"))
    assert refused(old, new, walk(old, "a")) == [("watcher-new", "b")]
    assert refused(old, new, walk(old)) == []


def test_a_reminder_that_has_rung_need_not_be_there_any_more() -> None:
    old, new = read(watched("soft")), read(watched())
    standing = walk(old, "a")
    rung = engine.tick(old, standing.snapshot, now=standing.timers[0].due_at)
    assert refused(old, new, standing) == [("watcher-gone", "soft")]
    found = moved(old, new, rung).outcome
    assert [task.step for task in found.open] == ["b"]
    assert done(new, found, "b").finished


def waiting(inner: str) -> Bpmn:
    bpmn = Bpmn().start().user("a").node("intermediateCatchEvent", "wait", inner=inner).end()
    return bpmn.path("start", "a", "wait", "end")


DAYS = (
    "<bpmn:timerEventDefinition><bpmn:timeDuration>P{}D</bpmn:timeDuration>"
    "</bpmn:timerEventDefinition>"
)


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (DAYS.format(3), DAYS.format(30), []),
        (DAYS.format(3), event("message", "paid"), ["event-changed"]),
        (event("message", "paid"), event("message", "paid"), []),
        (event("message", "paid"), event("message", "signed"), ["event-changed"]),
        (event("message", "paid"), event("signal", "paid"), ["event-changed"]),
    ],
)
def test_what_is_waited_for_stays_the_same(before: str, after: str, codes: list[str]) -> None:
    old, new = read(waiting(before)), read(waiting(after))
    assert [code for code, _ in refused(old, new, walk(old, "a"))] == codes


def test_a_timer_keeps_the_moment_it_is_due() -> None:
    old, new = read(waiting(DAYS.format(3))), read(waiting(DAYS.format(30)))
    standing = walk(old, "a")
    found = moved(old, new, standing).outcome
    assert found.timers == standing.timers
    assert engine.tick(new, found.snapshot, now=standing.timers[0].due_at).finished


def choosing(*events: str, gate: str = "choose") -> Bpmn:
    bpmn = Bpmn().start().user("a").choose(gate).xor("merge").end().path("start", "a", gate)
    for name in events:
        bpmn.catch(name, "message", name).path(gate, name, "merge")
    return bpmn.path("merge", "end")


def test_behind_an_event_gateway_the_events_stay_the_same() -> None:
    old = read(choosing("paid", "withdrawn"))
    standing = walk(old, "a")
    for events in (("paid", "withdrawn", "expired"), ("paid", "expired")):
        codes = {code for code, _ in refused(old, read(choosing(*events)), standing)}
        assert "choice-changed" in codes
    other = read(choosing("paid", "withdrawn", gate="ask"))
    assert {code for code, _ in refused(old, other, standing)} == {"choice-changed"}
    found = moved(old, other, standing, {"choose": "ask"}).outcome
    told = engine.MessageEvent(name="paid")
    assert engine.deliver(other, found.snapshot, told, {}, now=NOW).finished


def test_an_event_alone_is_not_one_of_several() -> None:
    old = read(waiting(event("message", "paid")))
    new = choosing("wait", "other").text().replace('name="wait"', 'name="paid"')
    assert refused(old, engine.read(new.encode()), walk(old, "a")) == [("choice-changed", "wait")]


def test_a_service_that_was_called_is_the_one_that_answers() -> None:
    def calling(type_: str) -> engine.Definition:
        bpmn = Bpmn().start().user("a").service("send", type_).end()
        return read(bpmn.path("start", "a", "send", "end"))

    old, new = calling("send_mail"), calling("send_letter")
    assert refused(old, new, walk(old, "a")) == [("service-changed", "send")]
    assert refused(old, calling("send_mail"), walk(old, "a")) == []


def called(process: str, step: str = "x") -> Bpmn:
    return Bpmn(process).start().user(step).end().path("start", step, "end")


def calling(process: str) -> Bpmn:
    bpmn = Bpmn().start().user("a").call("pay", process).end()
    return bpmn.path("start", "a", "pay", "end")


def test_a_called_process_is_the_same_process() -> None:
    old, new = read(calling("fees"), called("fees")), read(calling("dues"), called("dues", "y"))
    standing = walk(old, "a")
    assert refused(old, new, standing) == [("call-changed", "pay")]
    assert refused(old, new, standing, {"fees": "dues"}) == [("step-gone", "fees/x")]
    mapping = {"fees": "dues", "fees/x": "dues/y"}
    assert [task.step for task in moved(old, new, standing, mapping).outcome.open] == ["dues/y"]
    again = read(calling("fees"), called("fees", "z"))
    assert refused(old, again, standing) == [("step-gone", "fees/x")]


def forked(*branches: str, join: str = "join") -> Bpmn:
    bpmn = Bpmn().start().parallel("fork").parallel(join).user("after").end()
    for branch in branches:
        steps = branch.split()
        for step in steps:
            bpmn.user(step)
        bpmn.path("fork", *steps, join)
    return bpmn.path("start", "fork").path(join, "after", "end")


def test_a_branch_that_waits_came_by_a_flow_that_is_still_there() -> None:
    old, new = read(forked("a", "b")), read(forked("a more", "b"))
    standing = walk(old, "a")
    assert refused(old, new, standing) == [("join-flow-gone", "join")]
    found = moved(old, new, standing, {"a_join": "more_join"})
    assert [task.step for task in found.outcome.open] == ["b"]
    assert [task.step for task in done(new, found.outcome, "b").open] == ["after"]
    assert refused(old, new, walk(old, "b")) == []


def test_a_join_may_have_another_name() -> None:
    old, new = read(forked("a", "b")), read(forked("a", "b", join="meet"))
    standing = walk(old, "a")
    assert refused(old, new, standing) == [("step-gone", "join")]
    found = moved(old, new, standing, {"join": "meet"}).outcome
    assert [task.step for task in done(new, found, "b").open] == ["after"]


def test_a_join_does_not_go_on_by_the_move_itself() -> None:
    old = read(forked("a", "b"))
    rest = Bpmn().start().parallel("fork").user("b").end("gone").path("fork", "b", "gone")
    rest.user("a").parallel("join").user("after").end()
    new = read(rest.path("start", "fork", "a", "join", "after", "end"))
    assert refused(old, new, walk(old, "a")) == [("join-ready", "join")]


def test_one_source_of_two_branches_may_become_two() -> None:
    """The fork itself leads to two joins; in the new drawing a step stands before one of them."""

    def drawn(*, more: bool) -> engine.Definition:
        bpmn = Bpmn().start().parallel("fork").parallel("j1").parallel("j2").end("e1").end("e2")
        bpmn.user("a").user("b").path("start", "fork", "a", "j1", "e1").path("fork", "b", "j2")
        bpmn.path("j2", "e2").flow("fork", "j1")
        if more:
            return read(bpmn.user("more").path("fork", "more", "j2"))
        return read(bpmn.flow("fork", "j2"))

    old, new = drawn(more=False), drawn(more=True)
    standing = walk(old)
    assert refused(old, new, standing) == [("join-flow-gone", "j2")]
    found = moved(old, new, standing, {"fork_j2": "more_j2"}).outcome
    assert done(new, done(new, found, "a"), "b").finished
    again = moved(old, new, standing, {"fork_j2": "more_j2"}).outcome
    assert again.snapshot == found.snapshot


def test_nothing_is_moved_to_stand_still() -> None:
    bpmn = Bpmn().start().parallel("join").xor("way", default="way_a").user("a").user("b").end()
    bpmn.path("start", "way", "a", "join", "end").flow("way", "b", "=wrong").flow("b", "join")
    old = read(bpmn)
    stuck = walk(old, "a")
    assert stuck.incident
    assert refused(old, old, stuck) == [("stands-still", "")]


def test_every_reason_is_told_at_once() -> None:
    old, new = read(forked("a", "b")), read(straight("c"))
    assert refused(old, new, walk(old)) == [("step-gone", "a"), ("step-gone", "b")]
