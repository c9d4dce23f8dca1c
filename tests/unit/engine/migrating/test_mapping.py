"""What is called otherwise now: proposed where it can be seen, believed only when it is told."""

import pytest

from app.engine.migrating import CannotMove, MappingInvalid, Route, move, proposals
from app.engine.migrating.obstacles import _WORDS, obstacle
from tests.support.bpmn import Bpmn, straight
from tests.unit.engine.migrating.walking import read, walk


def pairs(old: Bpmn, new: Bpmn, *called: Bpmn) -> dict[str, str]:
    found = proposals(read(old, *called), read(new, *called))
    return {one.old: one.new for one in found}


def named(id_: str, name: str, form: str = "form") -> Bpmn:
    bpmn = Bpmn().start().user("a").user(id_, form=form).end().path("start", "a", id_, "end")
    bpmn.levels[0] = [part.replace(f'name="{id_}"', f'name="{name}"') for part in bpmn.levels[0]]
    return bpmn


def test_a_step_of_the_same_name_kind_and_form_is_proposed() -> None:
    before = named("check", "Thẩm định hồ sơ")
    assert pairs(before, named("appraisal", "thẩm định hồ sơ ")) == {"check": "appraisal"}
    assert pairs(before, named("appraisal", "Thẩm định hồ sơ", form="other")) == {}
    assert pairs(before, named("appraisal", "Xem xét")) == {}
    assert pairs(before, before) == {}


def test_two_steps_of_one_name_are_not_told_apart() -> None:
    after = Bpmn().start().user("a").user("one").user("two").end()
    after.path("start", "a", "one", "two", "end")
    parts = [part.replace('name="one"', 'name="Duyệt"') for part in after.levels[0]]
    after.levels[0] = [part.replace('name="two"', 'name="Duyệt"') for part in parts]
    assert pairs(named("check", "Duyệt"), after) == {}


def forked(fork: str, join: str, *more: str) -> Bpmn:
    """Two branches between gateways that have no name."""
    bpmn = Bpmn().start().user("a").user("b").end()
    bpmn.node("parallelGateway", fork, name=None).node("parallelGateway", join, name=None)
    for step in more:
        bpmn.user(step)
    return bpmn.path("start", fork, "a", *more, join, "end").path(fork, "b", join)


def test_a_gateway_without_a_name_is_known_by_its_neighbours() -> None:
    assert pairs(forked("g1", "g2"), forked("g8", "g9")) == {"g1": "g8", "g2": "g9"}


def test_the_only_new_flow_into_a_gateway_is_proposed() -> None:
    assert pairs(forked("g1", "g2"), forked("g1", "g2", "more")) == {"a_g2": "more_g2"}


def test_steps_of_called_processes_are_proposed_with_their_process() -> None:
    def calling(step: str) -> tuple[Bpmn, Bpmn]:
        top = Bpmn().start().call("pay", "fees").end().path("start", "pay", "end")
        fees = Bpmn("fees").start().user(step).end().path("start", step, "end")
        fees.levels[0] = [part.replace(f'name="{step}"', 'name="Thu"') for part in fees.levels[0]]
        return top, fees

    found = proposals(read(*calling("x")), read(*calling("y")))
    assert [(one.old, one.new, one.name) for one in found] == [("fees/x", "fees/y", "Thu")]


def test_what_is_proposed_is_not_applied() -> None:
    old, new = read(named("check", "Duyệt")), read(named("approve", "Duyệt"))
    standing = walk(old, "a")
    with pytest.raises(CannotMove, match="does not exist any more"):
        move(Route(old, new, {}), standing.snapshot, {})
    told = {one.old: one.new for one in proposals(old, new)}
    assert move(Route(old, new, told), standing.snapshot, {}).outcome.open[0].step == "approve"


@pytest.mark.parametrize(
    ("mapping", "wrong"),
    [
        ({"x": "a"}, "x"),
        ({"a": "x"}, "a"),
        ({"a": "start_a"}, "a"),
        ({"start_a": "a"}, "start_a"),
    ],
)
def test_a_mapping_names_what_is_there(mapping: dict[str, str], wrong: str) -> None:
    definition = read(straight("a", "b"))
    with pytest.raises(MappingInvalid) as caught:
        Route(definition, definition, mapping)
    assert list(caught.value.errors) == [wrong]


def test_a_mapping_is_written_in_one_way() -> None:
    definition = read(straight("a", "b"))
    told = {"b": "a", "a": "b", "end": "end"}
    assert list(Route(definition, definition, told).mapping.items()) == [("a", "b"), ("b", "a")]


@pytest.mark.parametrize("code", _WORDS)
def test_every_reason_has_a_sentence_and_a_way_out(code: str) -> None:
    told = obstacle(code, "b", "Duyệt", detail="detail").as_dict()
    assert all(told.values())
    assert "%(" not in told["message"]
