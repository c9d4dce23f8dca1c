"""A parcel of a story: what the carrier says of it, where it stands, when it is due again."""

from collections.abc import Callable

from flask import Flask

from app.actions.postal.follow_parcel import hear_carrier
from app.actions.postal.item_codes import hurry_parcels
from app.domain.postal.states import ParcelState, Trouble
from app.domain.postal.vnpost import carrier_of
from app.foundation.actor import SYSTEM
from app.foundation.db import transaction
from tests.support.carrier import callback
from tests.support.postal import CODES, parcel
from tests.support.story import Story

#: What the carrier calls what happens to a parcel.
ACCEPTED, TRANSIT, DELIVERED, RETURNED, FAILED = "10", "20", "30", "40", "50"


def waiting(app: Flask, seconds: float) -> None:
    """The house waits so long for a carrier, whom it meets for the first time."""
    app.config["POSTAL_SECONDS"] = seconds
    rested(app)


def rested(app: Flask) -> None:
    """The carrier is believed to be reachable again."""
    with app.app_context():
        found = carrier_of(app.config)
        assert found is not None
        found.line.breaker.succeeded()
        found._token_ends = None


def tell(story: Story, status: str, *, number: str = "", item: str = CODES[0], **other: str) -> str:
    """The carrier calls back; gives the code of the answer."""
    with story.app.app_context(), transaction() as session:
        found = carrier_of(story.app.config)
        assert found is not None
        message = callback(number or f"{story.code}-KQ", item, status, **other)
        return hear_carrier(session, found, message, at=story.at)


def state(story: Story) -> tuple[ParcelState, Trouble | None]:
    with story.app.app_context():
        found = parcel(story)
        return found.state, found.trouble


def wait_for(story: Story) -> None:
    """Until the parcel is due again; the breaker of the line has closed by then."""
    with story.app.app_context():
        due = parcel(story).act_at
    assert due is not None
    story.at = due
    rested(story.app)


def press(story: Story) -> int:
    """An administrator has everything that waits tried now."""
    with story.app.app_context(), transaction() as session:
        return hurry_parcels(session, actor=SYSTEM, at=story.at)


def disconnected(story: Story, act: Callable[[Story], object]) -> None:
    """Do it while there is no carrier."""
    config = story.app.config
    url, config["POSTAL_URL"] = config["POSTAL_URL"], ""
    act(story)
    config["POSTAL_URL"] = url
