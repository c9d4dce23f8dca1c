"""New questions that a dossier has passed already are seen before a gateway decides on nothing."""

from app import engine
from app.engine.migrating import Route, ahead_of, move
from tests.support.bpmn import Bpmn, loop
from tests.unit.engine.migrating.walking import moved, read, walk


def deciding(condition: str, *, script: str = "", before: bool = True) -> Bpmn:
    """a, b, then a decision; a script that makes `fee` stands before a or after b."""
    bpmn = Bpmn().start().user("a").user("b").xor("way", default="way_end").end().end("no")
    steps = ["start", "a", "b", "way"]
    if script:
        bpmn.script("sum", "fee", script)
        steps.insert(1 if before else 3, "sum")
    return bpmn.path(*steps).flow("way", "no", condition).flow("way", "end", id_="way_end")


def asked(old: Bpmn, new: Bpmn, *steps: str) -> set[str]:
    before, after = read(old), read(new)
    route = Route(before, after, {})
    return set(ahead_of(route, moved(before, after, walk(before, *steps)).levels).names)


def test_a_new_name_that_is_read_ahead_is_seen() -> None:
    old = deciding('=decision = "no"')
    assert asked(old, old, "a") == set()
    assert asked(old, deciding("=amount > 5"), "a") == {"amount"}
    assert asked(old, deciding('=decision = "no" and amount > 5')) == {"amount"}


def test_a_name_that_is_read_behind_is_of_no_use() -> None:
    old, new = deciding("=decision"), deciding("=decision").user("c", priority="=level")
    new = Bpmn().start().user("a", priority="=level").user("b").xor("way", default="way_end")
    new.end().end("no").path("start", "a", "b", "way").flow("way", "no", "=decision")
    new.flow("way", "end", id_="way_end")
    assert asked(old, new, "a") == set()
    assert asked(old, new) == set()
    assert asked(old, new, "a") == set()


def test_what_the_diagram_still_makes_itself_is_not_asked() -> None:
    old = deciding("=decision")
    assert asked(old, deciding("=fee > 5", script="=2", before=False), "a") == set()
    assert asked(old, deciding("=fee > 5", script="=2"), "a") == {"fee"}


def test_steps_ahead_are_those_that_may_still_give_an_answer() -> None:
    definition = read(deciding("=decision"))
    route = Route(definition, definition, {})
    steps = ahead_of(route, moved(definition, definition, walk(definition, "a")).levels).steps
    assert "b" in steps
    assert "a" not in steps


def test_an_open_step_reads_at_its_end_what_its_slip_depends_on() -> None:
    old = Bpmn().start().user("a").end().path("start", "a", "end")
    new = Bpmn().start().user("a", slip='=if paid then "01" else "03"', unit="=office").end()
    assert asked(old, new.path("start", "a", "end")) == {"paid"}


def test_the_way_leads_into_sub_processes_and_called_processes() -> None:
    def drawn(unit: str) -> engine.Definition:
        bpmn = Bpmn().start().user("a").open("sub").start("in").call("pay", "fees").end("out")
        bpmn.path("in", "pay", "out").close().end().path("start", "a", "sub", "end")
        fees = Bpmn("fees").start().user("x", unit=unit).end().path("start", "x", "end")
        return read(bpmn, fees)

    old, new = drawn("H1"), drawn("=office")
    route = Route(old, new, {})
    found = ahead_of(route, move(route, walk(old).snapshot, {}).levels)
    assert (found.names, "fees/x" in found.steps) == ({"office"}, True)


def test_what_a_repetition_gives_is_not_asked() -> None:
    def drawn(until: str | None) -> Bpmn:
        marker = loop(inputCollection="=units", inputElement="unit", until=until)
        bpmn = Bpmn().start().user("a").user("each", unit="=unit", inner=marker).end()
        return bpmn.path("start", "a", "each", "end")

    new = drawn("=numberOfCompletedInstances >= quorum")
    assert asked(drawn(None), new) == {"quorum"}


def test_what_is_told_reaches_the_instance_where_it_has_nothing() -> None:
    old, new = read(deciding("=decision")), read(deciding("=amount > 5"))
    standing = walk(old, "a")
    told = {"amount": 7, "decision": True, "unread": 1}
    found = move(Route(old, new, {}), standing.snapshot, told).outcome
    assert dict(found.variables) == {"amount": 7}
    again = move(Route(new, new, {}), found.snapshot, {"amount": 8}).outcome
    assert dict(again.variables) == {"amount": 7}
