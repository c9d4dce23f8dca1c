"""`payments`: what is owed, what the platform says, money that has to go back."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.payments.at_the_counter import record_money
from app.domain.payments.model import Payment, PaymentAttempt
from app.domain.payments.states import AttemptState, Method
from app.domain.procedures.fees import PayWhen
from app.foundation.db import transaction
from tests.support.gateway import LONG, Gateway, gateway_at
from tests.support.payments import publish_fee
from tests.support.story import Story
from tests.support.withdrawing import withdraw


@pytest.fixture
def gateway(app: Flask) -> Iterator[Gateway]:
    with gateway_at() as fake:
        app.config.update(fake.settings | {"PAYMENT_SECONDS": LONG})
        yield fake


def run(app: Flask, *words: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["payments", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_open_demands_are_listed(app: Flask) -> None:
    story = Story(app)
    story.submit(publish_fee(app, PayWhen.PREPAID))
    assert run(app, "list") == f"{story.code} 1 unpaid 100000\n"
    assert run(app, "list", "--surplus") == ""
    assert run(app, "hurry", story.code) == f"{story.code}: 0 to be asked about\n"
    assert "H27.00-241104-0009" in run(app, "hurry", "H27.00-241104-0009", code=1)


def test_a_surplus_is_found_behind_other_demands(app: Flask) -> None:
    key = publish_fee(app, PayWhen.PREPAID)
    owing, paid_twice = Story(app), Story(app)
    for story in (owing, paid_twice):
        story.submit(key)
    with app.app_context(), transaction() as session:
        last = session.scalars(select(Payment.id).order_by(Payment.id.desc())).first()
        for number, state in enumerate((AttemptState.PAID, AttemptState.SURPLUS)):
            session.add(
                PaymentAttempt(
                    payment_id=last,
                    reference=f"R-{number}",
                    state=state,
                    amount=100_000,
                    created_at=paid_twice.at,
                )
            )
    assert run(app, "list", "--surplus") == (
        f"{paid_twice.code} 1 unpaid 100000\n  R-1 surplus 100000\n"
    )


def test_the_platform_is_asked(app: Flask, gateway: Gateway) -> None:
    told = run(app, "query", "H27.30-241104-0001-101")
    assert "MaLoi: 01" in told
    assert "MaXacThuc" not in told
    gateway.behave(get_bill="error")
    assert "no usable answer: http_500" in run(
        app, "query", "H27.30-241104-0001-101", "--bill", code=1
    )


def test_without_a_platform_nobody_is_asked(app: Flask) -> None:
    assert "PAYMENT_URL" in run(app, "query", "x", code=1)


def test_a_fee_of_a_withdrawn_dossier_has_to_go_back(app: Flask) -> None:
    story = Story(app)
    story.submit(publish_fee(app, PayWhen.PREPAID))
    with app.app_context():
        clerk = story.actor("linh.camxuyen")
        with transaction() as session:
            record_money(session, story.code, Method.CASH, "PT-1", actor=clerk, at=story.at)
    withdraw(story)
    assert run(app, "list") == ""
    assert run(app, "list", "--surplus").startswith(f"{story.code} 1 paid 100000 ")
