"""A ticker on an application, as the server has it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.foundation.db import db
from app.jobs.lease import Lease, lease_for
from app.jobs.ticking import Ticker
from app.jobs.worklist import WORKLIST, Work


@pytest.fixture
def lease(any_app: Flask) -> Iterator[Lease]:
    """The right to lead on the application's database."""
    with any_app.app_context():
        made = lease_for(db.engine)
    yield made
    made.give_up()


@pytest.fixture
def ticker(any_app: Flask, lease: Lease) -> Callable[..., Ticker]:
    """A ticker for some worklist; the real one without."""

    def make(*worklist: Work) -> Ticker:
        return Ticker(any_app, lease, worklist or WORKLIST)

    return make
