"""A withdrawal and an officer's decision at the same time: one wins, the other is told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import orjson
import pytest
from flask import Flask

from app.actions.complete_task import complete_task
from app.actions.payments.at_the_counter import record_money
from app.actions.services import HANDLERS
from app.actions.withdraw_dossier import standing_of
from app.domain.dossiers.status import Status
from app.domain.payments.states import Method
from app.domain.procedures.fees import PayWhen
from app.domain.processes.model import Process
from app.foundation.db import db, transaction
from app.queries.definitions import loaded_version
from tests.support.bpmn import Bpmn
from tests.support.filler import fill
from tests.support.payments import publish_fee
from tests.support.procedures import KEY, publish, work
from tests.support.story import Story
from tests.support.withdrawing import withdraw

COUNTER = "linh.camxuyen"
ROUNDS = 6


def seen(story: Story) -> str:
    """Where the applicant's page says that the dossier stands."""
    with story.app.app_context():
        return standing_of(db.session().get_one(Process, story.dossier().id).snapshot)


def together(*acts: Callable[[], object]) -> list[str]:
    """What became of each: nothing, or the name of its refusal."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        ready.wait()
        try:
            act()
        except Exception as refusal:
            return type(refusal).__name__
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def writing(story: Story) -> Callable[[], object]:
    """An officer has the reception's page open and all of it filled in; gives his click."""
    with story.app.app_context():
        item = story.item("reception")
        version = loaded_version(db.session(), story.dossier().version_id)
        data = fill(orjson.loads(version.form_source(item.form)), {})
        actor, number = story.actor(COUNTER), item.id

    def click() -> None:
        with story.app.app_context(), transaction() as session:
            complete_task(session, number, data, actor=actor, at=story.at)

    return click


def test_of_withdrawing_and_completing_exactly_one_wins(any_app: Flask) -> None:
    outcomes: Counter[tuple[str, ...]] = Counter()
    for _round in range(ROUNDS):
        story = Story(any_app)
        story.submit(KEY)
        known = seen(story)
        complete = writing(story)
        told = together(lambda story=story, known=known: withdraw(story, seen=known), complete)
        outcomes[tuple(told)] += 1
        withdrawn = told[0] == ""
        assert told == (["", "DossierWithdrawn"] if withdrawn else ["DossierWentOn", ""])
        with any_app.app_context():
            status = story.dossier().status
        assert status is (Status.WITHDRAWN if withdrawn else Status.IN_PROGRESS)
        assert story.events().count("dossier_withdrawn") == int(withdrawn)
        assert story.events().count("task_completed") == int(not withdrawn)
        assert story.replayed().identical
    assert outcomes.total() == ROUNDS


def test_many_clicks_at_once_withdraw_once(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    known = seen(story)
    assert together(*[lambda: withdraw(story, seen=known)] * 6) == [""] * 6
    assert story.events().count("dossier_withdrawn") == 1
    assert story.replayed().identical


def promising() -> Bpmn:
    """A number is allotted by itself while a specialist works."""
    bpmn = work(Bpmn().start(), "reception", "reception_officer", status="1").parallel("fork")
    bpmn.service("allot", "allot-register-number").parallel("join").end(status="10")
    work(bpmn, "check", status="4").path("fork", "check", "join")
    return bpmn.path("start", "reception", "fork", "allot", "join", "end")


def test_a_promised_service_is_not_performed_any_more(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    performed: list[str] = []
    monkeypatch.setitem(
        HANDLERS, "allot-register-number", lambda *_: performed.append("allotted") or {}
    )
    story = Story(app)
    story.submit(publish(app, promising()))
    story.complete("reception", COUNTER)
    withdraw(story)
    events = story.events()
    assert story.tick() == 1, "the promise is void"
    assert story.tick() == 0
    assert (performed, story.events()) == ([], events)
    assert story.replayed().identical


@pytest.mark.parametrize("first", ["money", "withdrawal"])
def test_money_and_a_withdrawal_follow_each_other(any_app: Flask, first: str) -> None:
    story = Story(any_app)
    story.submit(publish_fee(any_app, PayWhen.PREPAID))

    def pay() -> None:
        with any_app.app_context():
            clerk = story.actor(COUNTER)
            with transaction() as session:
                record_money(session, story.code, Method.CASH, "PT-1", actor=clerk, at=story.at)

    acts = [pay, lambda: withdraw(story)]
    told = together(*(acts if first == "money" else acts[::-1]))
    refused = [one for one in told if one]
    assert refused in ([], ["CannotWithdraw"]), "the money is there in any case"
    assert story.replayed().identical
