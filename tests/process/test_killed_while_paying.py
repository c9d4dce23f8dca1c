"""Killed between a confirmation and its commit, the house loses no money and takes none twice."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from app.actions.payments.start_attempt import Payer, announce, announced, start_attempt
from app.domain.payments.model import PaymentAttempt
from app.domain.payments.national import gateway_of
from app.domain.payments.states import PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation.clock import now
from app.foundation.db import db, transaction
from tests.support.gateway import LONG, Gateway, gateway_at
from tests.support.payments import payment_of, publish_fee
from tests.support.server import Server, running
from tests.support.story import Story

pytestmark = pytest.mark.process

PAYER = Payer(language="vi", ip="127.0.0.1")


@pytest.fixture
def gateway(app: Flask) -> Iterator[Gateway]:
    with gateway_at() as fake:
        app.config.update(fake.settings | {"PAYMENT_SECONDS": LONG})
        yield fake


@pytest.fixture
def server(app: Flask, gateway: Gateway, tmp_path: Path) -> Iterator[Server]:
    settings = {"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "TICK_SECONDS": "0.2"}
    with running(tmp_path, settings | gateway.settings) as started:
        gateway.serve(f"http://127.0.0.1:{started.port}")
        yield started


@pytest.fixture
def story(app: Flask) -> Story:
    """A dossier whose payer is at the platform."""
    told = Story(app)
    told.submit(publish_fee(app, PayWhen.PREPAID))
    return told


def begun(story: Story) -> str:
    with story.app.app_context():
        actor, gateway = story.actor("congdan1"), gateway_of(story.app.config)
        assert gateway is not None
        with transaction() as session:
            attempt = start_attempt(session, story.code, PAYER, fresh=True, actor=actor, at=now())
        assert attempt.order is not None
        told = announce(gateway, attempt.order)
        with transaction() as session:
            announced(session, attempt.reference, told, at=now())
    return attempt.reference


def state(story: Story) -> PaymentState:
    with story.app.app_context():
        return payment_of(story).state


def test_a_confirmation_survives_kill_9_before_its_commit(
    app: Flask, server: Server, gateway: Gateway, story: Story
) -> None:
    reference = begun(story)
    writer = create_engine(app.config["SQLALCHEMY_DATABASE_URI"]).raw_connection()
    with ThreadPoolExecutor(1) as pool:
        # While somebody else writes, the confirmation has arrived and cannot be committed.
        writer.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr] # a real one
        answer = pool.submit(gateway.confirm, reference)
        time.sleep(1)
        assert not answer.done()
        server.kill()
        assert answer.result()["status"] == 0
        writer.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr] # as above
    writer.close()
    assert state(story) is PaymentState.WAITING
    server.start()
    # The platform got no answer and tells it again, and once more.
    for _ in range(2):
        assert gateway.confirm(reference)["body"]["MaLoi"] == "00"
    assert state(story) is PaymentState.PAID
    assert story.events().count("payment_received") == 1
    assert story.replayed().identical


def test_a_platform_that_never_confirms_is_asked_by_the_scheduler(
    app: Flask, server: Server, gateway: Gateway, story: Story
) -> None:
    reference = begun(story)
    gateway.behave(confirm="never")
    gateway.press(f"{gateway.url}/pay/{reference}", "pay")
    with app.app_context(), transaction() as session:
        attempt = session.query(PaymentAttempt).filter_by(reference=reference).one()
        attempt.ask_at = now()
    give_up = time.monotonic() + 60
    while state(story) is not PaymentState.PAID and time.monotonic() < give_up:
        time.sleep(0.2)
    assert state(story) is PaymentState.PAID
    assert gateway.messages("query")
    assert story.replayed().identical
    with app.app_context():
        db.session.remove()
