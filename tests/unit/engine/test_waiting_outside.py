"""What a process waits for outside, and what may come with it."""

from datetime import UTC, datetime

import pytest

from app import engine
from tests.support.bpmn import Bpmn, event, properties

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def listing(variables: str) -> Bpmn:
    bpmn = Bpmn().start().end()
    bpmn.node(
        "intermediateCatchEvent",
        "paid",
        inner=event("message", "payment"),
        ext=properties(variables=variables),
    )
    return bpmn.path("start", "paid", "end")


def test_waiting_is_read_from_the_snapshot_alone() -> None:
    definition = engine.read(listing("amount, paid_by, amount").xml())
    outcome = engine.start(definition, {}, now=NOW, seed="s")
    (wait,) = engine.waiting(definition, outcome.snapshot)
    assert (wait,) == outcome.waiting
    assert (wait.event, wait.variables) == ("payment", ("amount", "paid_by"))
    done = engine.deliver(
        definition, outcome.snapshot, engine.event_of("message", "payment"), {}, now=NOW
    )
    assert engine.waiting(definition, done.snapshot) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("amount", []),
        (" số_tiền , x1", []),
        ("a b", ["property.variables"]),
        ("", []),
        ("a,,b", ["property.variables"]),
        ("=amount", ["property.variables"]),
    ],
)
def test_the_list_holds_names(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in engine.check(listing(text).xml())] == codes


def test_people_bring_their_answers_in_forms() -> None:
    bpmn = Bpmn().start().user("a", variables="x").timer("t").end().path("start", "a", "t", "end")
    found = engine.check(bpmn.xml())
    assert [(one.code, one.element_id) for one in found] == [("property.variables", "a")]


def test_nothing_else_comes_from_outside() -> None:
    with pytest.raises(ValueError, match="letter"):
        engine.event_of("letter", "x")
