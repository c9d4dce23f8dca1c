"""`payments`: what is owed, what the platform says, money that has to go back."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.procedures.fees import PayWhen
from tests.support.gateway import Gateway, gateway_at
from tests.support.payments import publish_fee
from tests.support.story import Story


@pytest.fixture
def gateway(app: Flask) -> Iterator[Gateway]:
    with gateway_at() as fake:
        app.config.update(fake.settings | {"PAYMENT_SECONDS": 2.0})
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
