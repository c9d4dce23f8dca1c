"""Messages and signals from outside: told by officers, taken once, proven like everything else."""

import pytest
from flask import Flask

from app.actions.deliver_event import Told, deliver_event
from app.actions.repeats import KeyUsedForSomethingElse
from app.domain.dossiers.rules import NotAtWorkHere
from app.domain.journal.events import Event
from app.domain.journal.queries import entries_of
from app.engine import NobodyWaits
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.queries.dossier_pages import UnknownDossier
from tests.support.bpmn import Bpmn, event, properties
from tests.support.procedures import publish, work
from tests.support.story import Story

PAID = "payment_received"


def waiting_for_payment() -> Bpmn:
    """After the reception a payment must come within three days."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    bpmn.node("eventBasedGateway", "which")
    bpmn.node(
        "intermediateCatchEvent",
        "paid",
        inner=event("message", PAID),
        ext=properties(variables="amount, paid_by"),
    )
    bpmn.timer("never_paid", "P3D").xor("enough", default="yes")
    work(bpmn, "issue", status="4").end("returned", status="10").end("refused", status="3")
    bpmn.flow("enough", "refused", "=amount < 100").flow("enough", "issue", id_="yes")
    return (
        bpmn.path("start", "reception", "which", "paid", "enough")
        .path("which", "never_paid", "refused_merge")
        .xor("refused_merge")
        .path("refused_merge", "refused")
        .path("issue", "returned")
    )


def alarm() -> Bpmn:
    """Two branches wait for the same signal, one beside open work."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1").parallel("fork")
    bpmn.catch("heard", "signal", "law_changed").parallel("join").end(status="10")
    work(bpmn, "check", status="4")
    bpmn.watch("stop", "check", event("signal", "law_changed"))
    work(bpmn, "again").xor("merge")
    bpmn.path("start", "reception", "fork", "heard", "join").path("fork", "check", "merge", "join")
    return bpmn.path("stop", "again", "merge").path("join", "end")


@pytest.fixture
def story(any_app: Flask) -> Story:
    """A dossier that waits for its payment."""
    return begun(any_app, waiting_for_payment())


def begun(app: Flask, bpmn: Bpmn) -> Story:
    story = Story(app)
    story.submit(publish(app, bpmn))
    story.complete("reception", "linh.camxuyen")
    return story


def tell(
    story: Story,
    name: str = PAID,
    by: str = "nam.camxuyen",
    *,
    kind: str = "message",
    key: str | None = None,
    **variables: object,
) -> dict[str, object]:
    with story.app.app_context():
        actor = story.actor(by)
        told = Told(kind=kind, name=name, variables=variables, reason="Sao kê ngân hàng")
        with transaction() as session:
            return deliver_event(session, story.code, told, actor=actor, at=story.at, key=key)


def test_a_message_wins_against_the_timer(story: Story) -> None:
    assert story.open_steps() == []
    answer = tell(story, amount=150, paid_by="Mai")
    assert answer == {
        "code": story.code,
        "kind": "message",
        "name": PAID,
        "step": "paid",
        "status": 4,
    }
    assert story.open_steps() == ["issue"]
    story.wait(days=4)
    story.tick()
    assert "timer_fired" not in story.events()
    with story.app.app_context():
        entries = entries_of(db.session(), story.dossier().id)
        (entry,) = [one for one in entries if one.event is Event.MESSAGE_DELIVERED]
        assert entry.unit_code == "H27.30"
        assert entry.payload["variables"] == {"amount": 150}
        assert entry.payload["data"]["paid_by"] == "Mai"
        assert entry.payload["data"]["event_reason"] == "Sao kê ngân hàng"
    assert story.replayed().identical


def test_the_timer_wins_when_nothing_comes(story: Story) -> None:
    story.wait(days=3)
    story.tick()
    assert "timer_fired" in story.events()
    with pytest.raises(NobodyWaits):
        tell(story, amount=150)
    assert story.replayed().identical


def test_what_the_message_brings_decides(story: Story) -> None:
    tell(story, amount=1)
    with story.app.app_context():
        assert int(story.dossier().status) == 3
    assert story.replayed().identical


def test_a_repeat_gets_the_first_answer(story: Story) -> None:
    first = tell(story, amount=150, key="k1")
    assert tell(story, amount=150, key="k1") == first
    assert story.events().count("message_delivered") == 1
    with pytest.raises(KeyUsedForSomethingElse):
        tell(story, amount=151, key="k1")
    with pytest.raises(NobodyWaits):
        tell(story, amount=150, by="linh.camxuyen", key="k1")


@pytest.mark.parametrize(
    ("variables", "field"),
    [
        ({"reception_decision": "accept"}, "variables.reception_decision"),
        ({"amount": {"value": 3}}, "variables.amount"),
        ({"paid_by": "x" * 3000}, "variables.paid_by"),
        ({"amount": 10**30}, "variables.amount"),
    ],
)
def test_nothing_comes_in_that_the_diagram_does_not_list(
    story: Story, variables: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        tell(story, **variables)
    assert list(caught.value.errors) == [field]
    assert "message_delivered" not in story.events()


@pytest.mark.parametrize(
    ("officer", "refusal"),
    [
        ("minh.sngv", UnknownDossier),
        ("kiemtra", NotAtWorkHere),
        ("congdan1", NotAtWorkHere),
        ("congdan2", UnknownDossier),
    ],
)
def test_only_officers_who_work_on_it_may_tell(
    story: Story, officer: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        tell(story, by=officer, amount=150)


def test_an_unknown_name_and_the_wrong_kind_are_told_clearly(story: Story) -> None:
    for kind, name in (("message", "payment"), ("signal", PAID), ("letter", PAID)):
        with pytest.raises(NobodyWaits) as caught:
            tell(story, name, kind=kind)
        assert name in str(caught.value)


def test_a_signal_is_heard_by_all_that_wait(any_app: Flask) -> None:
    story = begun(any_app, alarm())
    assert story.open_steps() == ["check"]
    answer = tell(story, "law_changed", kind="signal")
    assert answer["step"] == "heard"
    assert story.open_steps() == ["again"]
    story.complete("again", "nam.camxuyen")
    with any_app.app_context():
        assert int(story.dossier().status) == 10
    assert story.replayed().identical


def test_the_platform_delivers_at_the_terminal(app: Flask) -> None:
    story = begun(app, waiting_for_payment())
    with app.app_context():
        run = app.test_cli_runner().invoke
        result = run(args=["dossiers", "deliver", story.code, "payment"])
        assert (result.exit_code, "payment" in result.output) == (1, True)
        args = ["dossiers", "deliver", story.code, PAID, "--set", "amount=x", "--reason", "CLI"]
        result = run(args=args)
    assert (result.exit_code, result.output) == (0, f"{story.code}: paid took it; status 4\n")
    assert story.replayed().identical
