"""Fees are checked before a procedure is published, and add up as the catalogue says."""

import pytest
from flask import Flask

from app.domain.procedures.catalogue import CatalogueInvalid
from app.domain.procedures.fees import PayWhen
from tests.support.payments import publish_fee
from tests.support.procedures import publish_changed

AMOUNT = "amount = 100000\nwhen"


def published(app: Flask, amount: str) -> None:
    """The charge with another amount; the sum in the list follows."""
    fee = {"amount_vnd = 100000": "amount_vnd = 0", AMOUNT: f"amount = {amount}\nwhen"}
    publish_changed(app, {"procedure.toml": fee})


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ('"=5000 * mistyped"', "mistyped"),
        ('"=5000 * ("', "fee_line"),
        ('"=capital / 3"', "fee_line"),
        ("-5", "fee_line"),
        ("1.5", "fee_line"),
        ("5", "amount_vnd"),
    ],
)
def test_a_fee_that_cannot_be_computed_is_not_published(app: Flask, amount: str, said: str) -> None:
    with pytest.raises(CatalogueInvalid) as caught:
        published(app, amount)
    assert said in str(caught.value.errors)


def test_a_sum_that_differs_from_its_fees_is_not_published(app: Flask) -> None:
    with pytest.raises(CatalogueInvalid) as caught:
        publish_changed(app, {"procedure.toml": {"amount_vnd = 100000": "amount_vnd = 90000"}})
    assert list(caught.value.errors) == ["fee.amount_vnd"]


def test_an_exemption_needs_its_law(app: Flask) -> None:
    with pytest.raises(CatalogueInvalid):
        publish_fee(app, PayWhen.PREPAID, exempt='[{condition = "=true", reason = ""}]')
