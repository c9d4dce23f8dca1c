"""A carrier, and a dossier whose result it shall bring."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.carrier import LONG, Carrier, carrier_at
from tests.support.parcels import rested
from tests.support.postal import fill_pool, ready
from tests.support.story import Story


@pytest.fixture(scope="module")
def fake() -> Iterator[Carrier]:
    with carrier_at() as carrier:
        yield carrier


@pytest.fixture
def carrier(fake: Carrier, any_app: Flask) -> Carrier:
    fake.post("/control/reset", {})
    any_app.config.update(fake.settings | {"POSTAL_SECONDS": LONG})
    rested(any_app)
    return fake


@pytest.fixture
def story(any_app: Flask, carrier: Carrier) -> Story:
    """A dossier whose result is ready and goes by post."""
    fill_pool(any_app)
    return ready(Story(any_app))
