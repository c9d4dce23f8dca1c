"""By which channels somebody is told: the whole truth table."""

import pytest

from app.domain.notices.kinds import KINDS, Kind
from app.domain.notices.model import Channel, Suppressed
from app.domain.notices.reaching import (
    Contact,
    Route,
    Wishes,
    fallback_of,
    masked,
    routes_to,
)

EMAIL, SMS, APP, ZALO = Channel.EMAIL, Channel.SMS, Channel.APP, Channel.ZALO
WORTH, NOT_WORTH = KINDS["supplement-requested"], KINDS["dossier-submitted"]
ALL = frozenset(Channel)


def contact(
    email: str | None = "mai@example.vn",
    phone: str | None = "0900000001",
    wants: frozenset[Channel] = frozenset({EMAIL, SMS}),
) -> Contact:
    return Contact(name="Mai", email=email, phone=phone, wishes=Wishes(channels=wants))


@pytest.mark.parametrize(
    ("who", "kind", "offered", "reached"),
    [
        (contact(), WORTH, ALL, {EMAIL, SMS}),
        (contact(), NOT_WORTH, ALL, {EMAIL}),
        (contact(phone=None), WORTH, ALL, {EMAIL}),
        (contact(email=None), WORTH, ALL, {SMS}),
        (contact(), WORTH, {EMAIL}, {EMAIL}),
        (contact(), WORTH, {SMS}, {SMS}),
        # what shows on the telephone for nothing spares the SMS
        (contact(wants=ALL), WORTH, ALL, {EMAIL, ZALO, APP}),
        (contact(wants=frozenset({SMS, ZALO})), WORTH, ALL, {ZALO}),
        (contact(wants=frozenset({SMS, ZALO})), WORTH, {SMS, EMAIL}, {SMS}),
        # how, not whether: somebody is told by what is left
        (contact(wants=frozenset()), WORTH, ALL, {EMAIL}),
        (contact(wants=frozenset({ZALO})), WORTH, {EMAIL}, {EMAIL}),
        (contact(email=None, wants=frozenset({SMS})), NOT_WORTH, {SMS}, {SMS}),
        (contact(wants=frozenset({SMS})), NOT_WORTH, ALL, {SMS}),
    ],
)
def test_how_somebody_is_told(
    who: Contact, kind: Kind, offered: set[Channel], reached: set[Channel]
) -> None:
    routes = routes_to(who, kind, offered)
    assert not isinstance(routes, Suppressed)
    assert {route.channel for route in routes} == reached
    assert {route.address for route in routes} <= {who.email, who.phone}


@pytest.mark.parametrize(
    ("who", "offered", "why"),
    [
        (contact(email=None, phone=None), ALL, Suppressed.NO_ADDRESS),
        (contact(email="", phone=""), ALL, Suppressed.NO_ADDRESS),
        (contact(), frozenset(), Suppressed.NO_CHANNEL),
        (contact(phone=None), {SMS, ZALO}, Suppressed.NO_CHANNEL),
    ],
)
def test_why_somebody_is_not_told(
    who: Contact, offered: frozenset[Channel], why: Suppressed
) -> None:
    assert routes_to(who, WORTH, offered) is why


@pytest.mark.parametrize(
    ("tried", "offered", "left"),
    [
        ({ZALO}, ALL, SMS),
        ({ZALO}, {ZALO, EMAIL}, EMAIL),
        ({ZALO, EMAIL}, ALL, None),
        ({ZALO}, {ZALO}, None),
    ],
)
def test_where_a_message_goes_that_a_channel_cannot_bring(
    tried: set[Channel], offered: set[Channel], left: Channel | None
) -> None:
    found = fallback_of(contact(), ZALO, tried, offered)
    assert (found.channel if found else None) is left


def test_a_fallback_needs_an_address() -> None:
    only_phone = contact(email=None)
    assert fallback_of(only_phone, ZALO, {ZALO}, {EMAIL}) is None
    assert fallback_of(only_phone, ZALO, {ZALO}, {SMS}) == Route(channel=SMS, address="0900000001")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mai@example.vn", "m…i@example.vn"),
        ("ma@example.vn", "m…@example.vn"),
        ("0900000001", "090…001"),
    ],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown
