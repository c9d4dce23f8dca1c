"""A diagram that fails while it runs: nothing is lost, people are told, and it can go on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.actions.deliver_event import Told, deliver_event
from app.actions.incidents import GIVE_UP_AFTER, DiagramFails
from app.actions.migrate_dossier import migrate_dossier
from app.actions.retry_incident import NoIncident, NothingToRetry, retry_incident
from app.actions.services import HANDLERS
from app.actions.version_move import Wanted, prepare_move
from app.domain.dossiers.rules import NotAtWorkHere
from app.domain.journal.queries import entries_of
from app.domain.processes.model import Process, ProcessState
from app.foundation import clock
from app.foundation.actor import SYSTEM
from app.foundation.db import db, transaction
from app.jobs.lease import lease_for
from app.jobs.ticking import Ticker
from tests.doors.web.page_client import Reader
from tests.support.apps import PASSWORD
from tests.support.bpmn import Bpmn
from tests.support.procedures import KEY, OFFICERS, publish, work
from tests.support.story import Story

#: Fails until the tenth of November, as if somebody had put it right then.
UNTIL_THE_TENTH = '=if now() < date and time("2024-11-10T00:00:00+07:00") then {a: 1} else 1'
#: Fails when the director refuses.
ON_REFUSAL = '=if approval_decision = "return" then {a: 1} else 1'


def computing(expression: str, *, timer: str | None = None) -> Bpmn:
    """After the check something is computed; with a timer, when the check takes too long."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    work(bpmn, "check", status="4").script("compute", "sum", expression)
    bpmn.end(status="10")
    if timer is None:
        return bpmn.path("start", "reception", "check", "compute", "end")
    bpmn.boundary("late", "check", timer).xor("merge").path("late", "compute", "merge", "end")
    return bpmn.path("start", "reception", "check", "merge")


def begun(app: Flask, bpmn: Bpmn) -> Story:
    story = Story(app)
    story.submit(publish(app, bpmn))
    story.complete("reception", OFFICERS["reception_officer"])
    return story


def check(story: Story, **choose: Any) -> None:
    story.complete("check", OFFICERS["specialist"], **choose)


def state(story: Story) -> ProcessState:
    with story.app.app_context():
        return db.session.get_one(Process, story.dossier().id, populate_existing=True).state


def incidents(story: Story) -> list[dict[str, str]]:
    with story.app.app_context():
        entries = entries_of(db.session(), story.dossier().id)
        return [e.payload for e in entries if e.event.value == "incident_raised"]


def ticks(story: Story, times: int) -> None:
    """The leader looks so often, each time a little later."""
    with story.app.app_context():
        lease = lease_for(db.engine)
    ticker = Ticker(story.app, lease)
    for _ in range(times):
        with clock.at(story.at):
            ticker.tick()
        story.wait(seconds=40)
    lease.give_up()


def retry(story: Story, by: str = OFFICERS["specialist"]) -> int:
    with story.app.app_context():
        actor = story.actor(by)
        with transaction() as session:
            return retry_incident(session, story.code, actor=actor, at=story.at)


def logged_in(app: Flask, username: str) -> Reader:
    reader = Reader(app.test_client())
    reader.log_in(username, PASSWORD)
    return reader


def test_the_step_stays_open_and_the_incident_is_kept_once(any_app: Flask) -> None:
    story = begun(any_app, computing(ON_REFUSAL))
    for _ in range(2):
        with pytest.raises(DiagramFails) as caught:
            check(story, approval_decision="return")
        assert "“compute”" in str(caught.value)
    assert story.open_steps() == ["check"]
    assert state(story) is ProcessState.INCIDENT
    (told,) = incidents(story)
    assert (told["reason"], told["step"]) == ("script", "compute")
    assert story.replayed().identical
    check(story, approval_decision="approve")
    assert state(story) is ProcessState.COMPLETED
    assert story.replayed().identical


def test_what_is_sent_in_is_refused_whole(app: Flask) -> None:
    bpmn = work(Bpmn().start().script("compute", "sum", "={a: 1}"), "check").end(status="10")
    key = publish(app, bpmn.path("start", "compute", "check", "end"))
    with pytest.raises(DiagramFails, match="compute"):
        Story(app).submit(key)
    other = Story(app)
    assert other.submit("dang-ky-khai-sinh")


def test_a_step_for_nobody_is_an_incident(any_app: Flask) -> None:
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    work(bpmn, "check", status="4", unit='="H99.99"').end(status="10")
    story = Story(any_app)
    story.submit(publish(any_app, bpmn.path("start", "reception", "check", "end")))
    with pytest.raises(DiagramFails, match="check"):
        story.complete("reception", OFFICERS["reception_officer"])
    assert story.open_steps() == ["reception"]
    (told,) = incidents(story)
    assert (told["reason"], told["step"]) == ("assignment", "check")
    assert "H99.99" in told["detail"]


def test_an_event_that_leads_nowhere_is_not_lost(app: Flask) -> None:
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    bpmn.catch("paid", "message", "payment").script("compute", "sum", "={a: 1}").end(status="10")
    story = begun(app, bpmn.path("start", "reception", "paid", "compute", "end"))
    with app.app_context():
        actor = story.actor(OFFICERS["specialist"])
        told = Told(kind="message", name="payment")
        with pytest.raises(DiagramFails), transaction() as session:
            deliver_event(session, story.code, told, actor=actor, at=story.at)
    assert [one["step"] for one in incidents(story)] == ["compute"]
    assert "message_delivered" not in story.events()


def test_a_timer_that_always_fails_calls_somebody_once_and_can_be_tried_again(
    any_app: Flask,
) -> None:
    story = begun(any_app, computing(UNTIL_THE_TENTH, timer="P1D"))
    story.wait(days=1)
    ticks(story, GIVE_UP_AFTER - 1)
    assert incidents(story) == []
    ticks(story, GIVE_UP_AFTER + 3)
    (told,) = incidents(story)
    assert (told["reason"], told["step"]) == ("script", "compute")
    assert state(story) is ProcessState.INCIDENT
    assert story.open_steps() == ["check"]
    assert story.replayed().identical
    with pytest.raises(DiagramFails):
        retry(story)
    story.wait(days=10)
    assert retry(story) == 1
    assert state(story) is ProcessState.COMPLETED
    assert story.events()[-3:] == ["incident_retried", "timer_fired", "clock_stopped"]
    assert story.replayed().identical


def test_a_version_that_puts_it_right_ends_the_incident(any_app: Flask) -> None:
    story = begun(any_app, computing("={a: 1}", timer="P1D"))
    story.wait(days=1)
    ticks(story, GIVE_UP_AFTER)
    assert state(story) is ProcessState.INCIDENT
    publish(any_app, computing("=1", timer="P1D"))
    with any_app.app_context():
        move = prepare_move(db.session(), Wanted(procedure=KEY, to=3))
        with transaction() as session:
            migrate_dossier(session, story.dossier().id, move, actor=SYSTEM, at=story.at)
    assert state(story) is ProcessState.RUNNING
    assert retry(story) == 1
    assert state(story) is ProcessState.COMPLETED
    assert story.replayed().identical


def test_a_service_that_fails_calls_somebody_and_is_done_after_a_retry(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> dict[str, object]:
        raise ConnectionError("the register does not answer")

    handler = HANDLERS["allot-register-number"]
    monkeypatch.setitem(HANDLERS, "allot-register-number", broken)
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1")
    bpmn.service("number", "allot-register-number")
    work(bpmn, "issue", status="4").end(status="10")
    story = begun(any_app, bpmn.path("start", "reception", "number", "issue", "end"))
    ticks(story, GIVE_UP_AFTER + 2)
    (told,) = incidents(story)
    assert (told["reason"], told["step"]) == ("service", "number")
    assert "ConnectionError" in told["detail"]
    monkeypatch.setitem(HANDLERS, "allot-register-number", handler)
    ticks(story, 1)
    assert story.open_steps() == []
    assert retry(story) == 1
    ticks(story, 1)
    assert story.open_steps() == ["issue"]
    assert state(story) is ProcessState.RUNNING
    assert story.replayed().identical


def test_only_what_failed_is_tried_again_and_by_those_who_may(app: Flask) -> None:
    story = begun(app, computing(ON_REFUSAL))
    with pytest.raises(NoIncident):
        retry(story)
    with pytest.raises(DiagramFails):
        check(story, approval_decision="return")
    with pytest.raises(NothingToRetry):
        retry(story)
    with pytest.raises(NotAtWorkHere):
        retry(story, by="kiemtra")


def test_operators_find_what_stands_still(app: Flask) -> None:
    story = begun(app, computing(UNTIL_THE_TENTH, timer="P1D"))
    with app.app_context():
        run = app.test_cli_runner().invoke
        assert run(args=["audit", "incidents"]).output == "0 dossiers stand still\n"
    story.wait(days=1)
    ticks(story, GIVE_UP_AFTER)
    with app.app_context():
        found = run(args=["audit", "incidents"])
        assert found.exit_code == 1
        assert f"{story.code}  {KEY}" in found.output
        assert "at compute (compute): script:" in found.output
        with clock.at(story.at):
            assert run(args=["dossiers", "retry", story.code]).exit_code == 1
        assert '"step": "compute"' in run(args=["audit", "incidents", "--json"]).output
    with clock.at(story.at + timedelta(days=10)), app.app_context():
        again = run(args=["dossiers", "retry", story.code])
        assert (again.exit_code, again.output) == (0, f"{story.code}: 1 tried again\n")


def test_pages_say_what_failed_and_keep_the_answers(app: Flask) -> None:
    story = begun(app, computing(ON_REFUSAL))
    officer = logged_in(app, OFFICERS["specialist"])
    with app.app_context():
        task = story.item("check").id
    page = officer.open(f"/viec/{task}?lang=en")
    answers = {"approval_decision": "return", "return_opinion": "Thiếu số đo"}
    refused = page.form("approval_decision").send(answers, status=422)
    assert "cannot go on at “compute”" in refused.text
    assert "Thiếu số đo" in refused.text
    overview = officer.open(f"/viec/ho-so/{story.code}")
    assert "its script gives no plain value" in overview.text
    assert "Try again what the platform does" not in overview.text
    auditor = logged_in(app, "kiemtra")
    assert story.code in auditor.open("/kiem-tra?incident=yes&lang=en").text
    assert "compute: the diagram cannot go on" in auditor.open(f"/kiem-tra/{story.code}").text
    with story.app.app_context():
        assert story.item("check").state.value == "open"


def test_an_officer_lets_a_timer_be_tried_again(app: Flask) -> None:
    story = begun(app, computing(UNTIL_THE_TENTH, timer="P1D"))
    story.wait(days=1)
    ticks(story, GIVE_UP_AFTER)
    officer = logged_in(app, OFFICERS["specialist"])
    page = officer.open(f"/viec/ho-so/{story.code}?lang=en")
    done = page.form(action=f"/viec/ho-so/{story.code}/thu-lai").send()
    assert "It is being tried again." in done.text
    assert "cannot go on at" not in done.text
    assert state(story) is ProcessState.COMPLETED


def test_the_api_answers_with_a_conflict_that_names_the_step(
    app: Flask, client: Any, token_for: Callable[[str], str]
) -> None:
    story = begun(app, computing(ON_REFUSAL))
    with app.app_context():
        task = story.item("check").id
    headers = {"Authorization": f"Bearer {token_for(OFFICERS['specialist'])}"}
    data = {"approval_decision": "return", "return_opinion": "x"}
    path = f"/api/v1/inbox/{task}/complete"
    refused = client.post(path, json={"data": data}, headers=headers)
    assert (refused.status_code, refused.json["code"]) == (409, "DiagramFails")
    assert "compute" in refused.json["detail"]
    status = client.get(f"/api/v1/dossiers/{story.code}", headers=headers).json
    assert (status["state"], [one["step"] for one in status["current_steps"]]) == (
        "incident",
        ["check"],
    )
