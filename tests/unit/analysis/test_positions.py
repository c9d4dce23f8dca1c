"""What becomes of tokens in the middle of a diagram, wherever they came from."""

import pytest

from app.analysis import Verdict, prospect
from app.analysis.positions import MOST_DEALT
from app.engine import Diagram, outline
from app.engine.migrating import Level, Token
from tests.support.bpmn import Bpmn, straight


def level(*tokens: str | Token, container: str | None = None) -> Level:
    """Tokens in elements; `a>b` waits before b and came from a."""
    told = tuple(_token(one) if isinstance(one, str) else one for one in tokens)
    return Level(prefix="", container=container, tokens=told)


def _token(text: str) -> Token:
    source, _, element = text.rpartition(">")
    return Token(element=element, source=source or None)


def forked(*, merge: str = "parallelGateway") -> Diagram:
    bpmn = Bpmn().start().parallel("fork").user("a").user("b").node(merge, "join").user("c").end()
    bpmn.path("start", "fork", "a", "join", "c", "end").path("fork", "b", "join")
    return outline(bpmn.xml())


@pytest.mark.parametrize(
    ("tokens", "verdict"),
    [
        (["a", "b"], Verdict.SOUND),
        (["a>join", "b"], Verdict.SOUND),
        (["c"], Verdict.SOUND),
        (["a"], Verdict.DEADLOCK),
        (["a>join"], Verdict.DEADLOCK),
        (["a>join", "a"], Verdict.MULTIPLE_MERGE),
        (["a", "b", "c"], Verdict.MULTIPLE_MERGE),
        (["c", "c"], Verdict.MULTIPLE_MERGE),
        ([], Verdict.SOUND),
    ],
)
def test_tokens_on_branches_come_together_or_wait_for_ever(
    tokens: list[str], verdict: Verdict
) -> None:
    assert prospect(forked(), level(*tokens)).verdict is verdict


def test_two_tokens_before_a_merge_do_the_rest_twice() -> None:
    found = prospect(forked(merge="exclusiveGateway"), level("a", "b"))
    assert (found.verdict, found.elements) == (Verdict.MULTIPLE_MERGE, ("c",))


def test_a_circle_without_an_end_is_seen() -> None:
    bpmn = Bpmn().start().user("a").end().path("start", "a", "end")
    bpmn.user("b").user("c").path("b", "c").path("c", "b")
    diagram = outline(bpmn.xml())
    assert prospect(diagram, level("a")).verdict is Verdict.SOUND
    assert prospect(diagram, level("b")).verdict is Verdict.GAVE_UP


def test_an_end_that_takes_all_tokens_saves_a_branch_that_waits() -> None:
    bpmn = Bpmn().start().parallel("fork").user("a").user("b").parallel("join").end()
    bpmn.xor("way", default="way_join").end("stop", terminate=True).path("start", "fork", "a")
    bpmn.path("a", "join", "end").path("fork", "b", "way").flow("way", "join", id_="way_join")
    diagram = outline(bpmn.flow("way", "stop", "=x").xml())
    assert prospect(diagram, level("a", "b")).verdict is Verdict.SOUND
    assert prospect(diagram, level("a")).verdict is Verdict.DEADLOCK
    assert prospect(diagram, level("a>join", "b")).verdict is Verdict.SOUND


def test_events_behind_a_gateway_are_one_token() -> None:
    bpmn = Bpmn().start().choose("choose").catch("x", "message", "x").timer("y").xor("merge").end()
    bpmn.path("start", "choose", "x", "merge", "end").path("choose", "y", "merge")
    assert prospect(outline(bpmn.xml()), level("choose")).verdict is Verdict.SOUND


def test_a_sub_process_is_looked_at_from_inside() -> None:
    bpmn = Bpmn().start().open("sub").start("in").parallel("fork").user("a").user("b")
    bpmn.parallel("join").end("out").path("in", "fork", "a", "join", "out").path(
        "fork", "b", "join"
    )
    diagram = outline(bpmn.close().end().path("start", "sub", "end").xml())
    assert prospect(diagram, level("sub")).verdict is Verdict.SOUND
    assert prospect(diagram, level("a", container="sub")).verdict is Verdict.DEADLOCK
    assert prospect(diagram, level("a", "b", container="sub")).verdict is Verdict.SOUND


def reminded() -> Diagram:
    """A step with a reminder, whose side path has two branches."""
    bpmn = Bpmn().start().user("work").end().path("start", "work", "end")
    bpmn.boundary("bell", "work", "R/PT1H", "timeCycle", interrupting=False)
    bpmn.parallel("fork").user("a").user("b").parallel("join").end("told")
    bpmn.path("bell", "fork", "a", "join", "told").path("fork", "b", "join")
    return outline(bpmn.xml())


@pytest.mark.parametrize(
    ("tokens", "verdict"),
    [
        (["work", "a", "b"], Verdict.SOUND),
        (["work", "a", "b", "a", "b"], Verdict.SOUND),
        (["work", "a", "b", "a>join", "b"], Verdict.SOUND),
        (["work", "a", "b", "a>join"], Verdict.DEADLOCK),
        (["a", "b"] * (MOST_DEALT // 2 + 1), Verdict.MULTIPLE_MERGE),
    ],
)
def test_each_ring_of_a_reminder_runs_for_itself(tokens: list[str], verdict: Verdict) -> None:
    found = prospect(reminded(), level(*tokens)).verdict
    assert (found is Verdict.SOUND) is (verdict is Verdict.SOUND)


def test_a_reminder_that_comes_back_counts_while_it_is_armed() -> None:
    bpmn = Bpmn().start().user("work").xor("merge").user("more").end()
    bpmn.boundary("bell", "work", interrupting=False).path("bell", "merge")
    diagram = outline(bpmn.path("start", "work", "merge", "more", "end").xml())
    armed = Token(element="work", armed=frozenset({"bell"}))
    assert prospect(diagram, level(armed)).verdict is Verdict.MULTIPLE_MERGE
    assert prospect(diagram, level("work")).verdict is Verdict.SOUND


def test_what_the_proof_does_not_know_it_does_not_judge() -> None:
    bpmn = straight("a").node("complexGateway", "odd").path("a", "odd", "end")
    found = prospect(outline(bpmn.xml()), level("a"))
    assert (found.verdict, found.elements) == (Verdict.GAVE_UP, ("odd",))
    assert prospect(outline(bpmn.xml()), level()).verdict is Verdict.SOUND


def test_a_position_too_tangled_is_not_judged() -> None:
    bpmn = Bpmn().start().parallel("fork").parallel("join").end().path("start", "fork")
    for number in range(4):
        bpmn.user(f"a{number}").user(f"b{number}").parallel(f"x{number}").parallel(f"y{number}")
        bpmn.path("fork", f"x{number}", f"a{number}", f"y{number}", "join")
        bpmn.path(f"x{number}", f"b{number}", f"y{(number + 1) % 4}")
    diagram = outline(bpmn.path("join", "end").xml())
    tokens = [f"{kind}{number}" for kind in "ab" for number in range(4)]
    assert prospect(diagram, level(*tokens), most_markings=2).verdict is Verdict.GAVE_UP
    assert prospect(diagram, level(*tokens)).verdict is Verdict.SOUND
