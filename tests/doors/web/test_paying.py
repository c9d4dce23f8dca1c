"""Paying online in pages: there and back, refused, late, twice, and never trusting an address."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.actions.payments.at_the_counter import record_money
from app.domain.payments.model import GatewayMessage, PaymentAttempt
from app.domain.payments.national import gateway_of
from app.domain.payments.states import AttemptState, Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.foundation import clock
from app.foundation.db import db, transaction
from app.jobs.paying import ask_platform
from tests.doors.web.page_client import Page, Reader
from tests.support.gateway import LONG, SHORT, Gateway, confirmation, gateway_at
from tests.support.payments import payment_of, publish_fee
from tests.support.story import Story

FEE = 100_000


@pytest.fixture(scope="module")
def fake() -> Iterator[Gateway]:
    with gateway_at() as gateway:
        yield gateway


@pytest.fixture
def gateway(fake: Gateway, app: Flask) -> Gateway:
    fake.post("/control/reset", {})
    app.config.update(fake.settings | {"PAYMENT_SECONDS": LONG})
    with app.app_context():
        found = gateway_of(app.config)
        assert found is not None
        found.line.breaker.succeeded()
    return fake


@pytest.fixture
def story(app: Flask) -> Iterator[Story]:
    """A dossier whose fee comes first."""
    told = Story(app)
    told.submit(publish_fee(app, PayWhen.PREPAID))
    with clock.at(told.at):
        yield told


@pytest.fixture
def payer(logged_in: Any, story: Story) -> Reader:
    entered: Reader = logged_in("congdan1")
    return entered


def page_of(payer: Reader, story: Story) -> Page:
    return payer.open(f"/ho-so/{story.code}/thanh-toan")


def begin(payer: Reader, story: Story) -> Page:
    return page_of(payer, story).form(action=f"/ho-so/{story.code}/thanh-toan").send()


def tell(app: Flask, reference: str, amount: int = FEE, **other: Any) -> str:
    answer = app.test_client().post(
        "/thanh-toan/xac-nhan", json=confirmation(reference, amount, **other)
    )
    assert answer.status_code == 200
    code: str = answer.get_json()["MaLoi"]
    return code


def attempt(story: Story, number: int = 1) -> PaymentAttempt:
    found: PaymentAttempt = (
        db.session()
        .query(PaymentAttempt)
        .populate_existing()
        .filter_by(reference=f"{story.code}-1{number:02d}")
        .one()
    )
    return found


def state(story: Story) -> PaymentState:
    with story.app.app_context():
        return payment_of(story).state


def results(story: Story) -> list[str]:
    with story.app.app_context():
        return [one.result for one in db.session().query(GatewayMessage).order_by("id")]


def test_there_and_back(gateway: Gateway, story: Story, payer: Reader) -> None:
    assert "100.000 đ" in payer.open(f"/ho-so/{story.code}").text
    page = begin(payer, story)
    assert f"{gateway.url}/pay/{story.code}-101" in page.html
    (order,) = gateway.messages("init")
    assert (order["SoTien"], order["MaThamChieu"]) == (FEE, f"{story.code}-101")
    assert order["ThongTinBienLai"]["PhiLePhi"][0]["LoaiPhiLePhi"] == "LE_PHI"
    assert tell(story.app, f"{story.code}-101") == "00"
    assert state(story) is PaymentState.PAID
    page = page_of(payer, story)
    receipt = page.link("BL-2024-000001")
    assert "Một trăm nghìn đồng" in receipt.text
    assert story.events()[-2:] == ["payment_received", "reception_started"]
    assert story.replayed().identical
    with story.app.app_context():
        kept = b" ".join(
            bytes(str(one.body), "utf8") for one in db.session().query(GatewayMessage)
        ).decode()
    assert "MaXacThuc" not in kept
    assert "Nguyễn Thị Mai" not in kept


@pytest.mark.parametrize(
    "way", ["time_out", "error", "garbage", "bad_signature", "refused", "unknown_code"]
)
def test_a_platform_in_trouble_leaves_a_fee_that_can_be_paid(
    gateway: Gateway, story: Story, payer: Reader, way: str
) -> None:
    gateway.behave(init=way)
    story.app.config["PAYMENT_SECONDS"] = SHORT if way == "time_out" else LONG
    page = begin(payer, story)
    assert state(story) is PaymentState.UNPAID
    gateway.behave(init="ok")
    story.app.config["PAYMENT_SECONDS"] = LONG
    page = page.form(action=f"/ho-so/{story.code}/thanh-toan").send()
    assert f"/pay/{story.code}-102" in page.html
    assert story.replayed().identical


def test_a_payer_who_comes_back_goes_on_where_he_was(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    page = page_of(payer, story)
    assert f"/pay/{story.code}-101" in page.html
    payer.post(f"/ho-so/{story.code}/thanh-toan", {"csrf_token": token(page)})
    assert len(gateway.messages("init")) == 1
    payer.post(f"/ho-so/{story.code}/thanh-toan", {"csrf_token": token(page), "action": "again"})
    assert len(gateway.messages("init")) == 2


def token(page: Page) -> str:
    return next(
        one.get("value", "") for one in page.root.iter("input") if one.get("name") == "csrf_token"
    )


def test_a_cancelled_payment_is_told_and_can_be_tried_again(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    assert tell(story.app, f"{story.code}-101", MaLoi="24") == "00"
    page = page_of(payer, story)
    assert state(story) is PaymentState.UNPAID
    assert "thử lại" in page.text or "try again" in page.text
    begin(payer, story)
    assert tell(story.app, f"{story.code}-102") == "00"
    assert state(story) is PaymentState.PAID
    assert story.replayed().identical


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"MaXacThuc": "0" * 64}, "97"),
        ({"MaXacThuc": None}, "97"),
        ({"MaXacThuc": "ký"}, "97"),
        ({"MaDoiTac": "OTHER"}, "97"),
        ({"amount": FEE - 1}, "04"),
        ({"amount": "mười"}, "04"),
        ({"MaTienTe": "USD"}, "04"),
        ({"MaThamChieu": "H27.30-241104-0001-999"}, "01"),
    ],
)
def test_a_confirmation_that_does_not_fit_changes_nothing(
    gateway: Gateway, story: Story, payer: Reader, other: dict[str, Any], code: str
) -> None:
    begin(payer, story)
    given = {"reference": f"{story.code}-101", "amount": FEE}
    given |= {name: value for name, value in other.items() if name == "amount"}
    rest = {name: value for name, value in other.items() if name != "amount"}
    assert tell(story.app, given["reference"], given["amount"], **rest) == code
    assert state(story) is PaymentState.WAITING
    assert "payment_received" not in story.events()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"MaThamChieu": {"a": 1}}', b"\xff" * 9])
def test_noise_at_the_door_is_answered_and_stored_nowhere(
    gateway: Gateway, app: Flask, body: bytes
) -> None:
    answer = app.test_client().post(
        "/thanh-toan/xac-nhan", data=body, content_type="application/json"
    )
    assert answer.get_json()["MaLoi"] in {"97", "99"}
    with app.app_context():
        assert db.session().query(GatewayMessage).count() == 0


def test_a_repeat_gets_the_same_answer_and_a_late_refusal_undoes_nothing(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    told = [tell(story.app, f"{story.code}-101") for _ in range(3)]
    assert told == ["00"] * 3
    assert tell(story.app, f"{story.code}-101", MaLoi="24") == "00"
    assert tell(story.app, f"{story.code}-101", MaGiaoDich="GD9") == "00"
    assert story.events().count("payment_received") == 1
    assert state(story) is PaymentState.PAID
    assert results(story)[2:] == ["ok", "repeated", "repeated", "repeated", "other_transaction"]
    assert story.replayed().identical


def test_money_that_comes_after_a_refusal_counts(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    tell(story.app, f"{story.code}-101", MaLoi="24")
    assert tell(story.app, f"{story.code}-101") == "00"
    assert state(story) is PaymentState.PAID
    assert story.replayed().identical


def test_money_that_nobody_owes_any_more_is_given_back(
    gateway: Gateway, story: Story, payer: Reader, logged_in: Any
) -> None:
    begin(payer, story)
    with story.app.app_context(), transaction() as session:
        officer = story.actor("linh.camxuyen")
        record_money(session, story.code, Method.CASH, "PT-1", actor=officer, at=story.at)
    assert tell(story.app, f"{story.code}-101") == "00"
    with story.app.app_context():
        assert attempt(story).state is AttemptState.SURPLUS
    assert story.events()[-1] == "payment_surplus"
    leader: Reader = logged_in("oanh.camxuyen")
    page = leader.open(f"/viec/ho-so/{story.code}/thanh-toan")
    page.form("refund_document").send(refund_document="UNC-1", refund_reason="Nộp hai lần")
    leader.open(f"/viec/ho-so/{story.code}/bien-lai/1")
    leader.open(f"/viec/ho-so/{story.code}/bien-lai/2", status=404)
    with story.app.app_context():
        assert attempt(story).state is AttemptState.REFUNDED
    assert story.replayed().identical


def asked(story: Story) -> bool:
    """What the scheduler does about a silent attempt."""
    with story.app.app_context():
        number = attempt(story).id
    with clock.at(story.at):
        return ask_platform.run(story.app, number, story.at)


def test_a_silent_platform_is_asked_after_half_an_hour(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    assert asked(story) is False, "too early"
    gateway.behave(confirm="never")
    gateway.press(f"{gateway.url}/pay/{story.code}-101", "pay")
    for way in ("error", "bad_signature", "unknown_code", "ok"):
        gateway.behave(query=way)
        with story.app.app_context():
            story.at = attempt(story).ask_at + timedelta(seconds=1)
            gateway_of(story.app.config).line.breaker.succeeded()
        assert asked(story) is True
    assert state(story) is PaymentState.PAID
    assert asked(story) is False
    assert story.replayed().identical


def test_what_is_not_paid_in_two_days_never_will_be(
    gateway: Gateway, story: Story, payer: Reader
) -> None:
    begin(payer, story)
    while state(story) is PaymentState.WAITING:
        with story.app.app_context():
            story.at = attempt(story).ask_at
        assert asked(story) is True
    with story.app.app_context():
        assert attempt(story).outcome == "expired"
        assert attempt(story).asked < 15
    assert story.replayed().identical


@pytest.mark.parametrize("query", ["", "MaThamChieu=x", "MaThamChieu=//evil.example-1"])
def test_a_forged_way_back_leads_nowhere(gateway: Gateway, story: Story, query: str) -> None:
    answer = story.app.test_client().get(f"/thanh-toan/quay-lai?{query}")
    assert answer.status_code == 404


def test_the_way_back_is_believed_nothing(gateway: Gateway, story: Story, payer: Reader) -> None:
    begin(payer, story)
    page = payer.open(f"/thanh-toan/quay-lai?MaThamChieu={story.code}-101&MaLoi=00")
    assert page.path == f"/ho-so/{story.code}/thanh-toan"
    assert state(story) is PaymentState.WAITING


def test_a_stranger_neither_sees_nor_pays(gateway: Gateway, story: Story, logged_in: Any) -> None:
    stranger: Reader = logged_in("congdan2")
    for address in ("thanh-toan", "bien-lai/1"):
        stranger.open(f"/ho-so/{story.code}/{address}", status=404)


def test_without_a_platform_the_counter_remains(story: Story, payer: Reader) -> None:
    page = page_of(payer, story)
    assert f'action="/ho-so/{story.code}/thanh-toan"' not in page.html
    answer = story.app.test_client().post("/thanh-toan/xac-nhan", json={})
    assert answer.status_code == 404
