"""Killed while the carrier is being told, the house sends one parcel under one item code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.dossiers.status import Status
from app.domain.postal.item_codes import codes_left
from app.domain.postal.model import Parcel
from app.domain.postal.states import ParcelState
from app.foundation.clock import now
from app.foundation.db import db, transaction
from tests.support.carrier import Carrier, carrier_at
from tests.support.postal import CODES, fill_pool, prepare, ready, state, status, until
from tests.support.server import Server, running
from tests.support.story import Story

pytestmark = pytest.mark.process


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    with carrier_at() as fake:
        yield fake


@pytest.fixture
def server(app: Flask, carrier: Carrier, tmp_path: Path) -> Iterator[Server]:
    settings = carrier.settings | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "TICK_SECONDS": "0.2",
        "LOOK_SECONDS": "0.3",
        "POSTAL_SECONDS": "20",
    }
    with running(tmp_path, settings) as started:
        carrier.serve(f"http://127.0.0.1:{started.port}")
        yield started


def test_one_parcel_goes_out_whatever_is_killed(
    app: Flask, server: Server, carrier: Carrier
) -> None:
    carrier.behave(order="lose_reply")
    fill_pool(app)
    story = ready(Story(app))
    until(lambda: carrier.messages("order"))
    server.kill()
    assert state(story) is ParcelState.WAITING
    carrier.behave(order="ok")
    with app.app_context(), transaction() as session:
        # The claim of whoever was killed has lapsed.
        session.execute(update(Parcel).values(act_at=now()))
    server.start()
    until(lambda: state(story) is ParcelState.ORDERED)
    assert len(carrier.messages("order")) == 1
    assert carrier.messages("track")
    with app.app_context():
        assert codes_left(db.session()) == len(CODES) - 1
    assert story.events().count("parcel_ordered") == 1
    assert story.replayed().identical


def test_the_scheduler_orders_and_the_delivery_ends_the_dossier(
    app: Flask, server: Server, carrier: Carrier
) -> None:
    fill_pool(app)
    story = ready(Story(app))
    prepare(story)
    number = f"{story.code}-KQ"
    until(lambda: state(story) is ParcelState.ORDERED)
    carrier.behave(move="twice")
    assert carrier.move(number, "10", StatusTime="20261122080000")["body"]["Status"] == "00"
    assert carrier.move(number, "30", StatusTime="20261122090000")["body"]["Status"] == "00"
    until(lambda: status(story) is Status.RETURNED_RESULT)
    assert story.events().count("parcel_moved") == 2
    forged = carrier.move(number, "50", Signature="0" * 64)
    assert forged["body"]["Status"] == "97"
    assert story.replayed().identical
