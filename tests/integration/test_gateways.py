"""SMS, app and Zalo against counterparts that are processes of their own and fail in every way."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from structlog.testing import capture_logs

from app.actions.carriers.by_sms import sms_gateway
from app.actions.carriers.parcels import Attempt, Fate, Parcel, guarded
from app.actions.post_office import PostOffice, post_office
from app.actions.renew_token import WAITS, enter_tokens
from app.domain.notices.model import (
    Channel,
    ChannelToken,
    DeliveryState,
    NoticePreference,
)
from app.domain.people.queries import person_by_username
from app.foundation import calling
from app.foundation.breaker import Breaker
from app.foundation.db import db, transaction
from tests.support.fakes.gateway_process import Gateways, gateways
from tests.support.post import deliver, deliveries
from tests.support.story import Story

P6 = "thanh-lap-ho-kinh-doanh"
SMS, APP, ZALO, EMAIL = Channel.SMS, Channel.APP, Channel.ZALO, Channel.EMAIL
PARCEL = Parcel(
    key="key-1",
    channel=SMS,
    address="0900000001",
    name="Nguyễn Thị Mai",
    kind="result-ready",
    code="H27.30-241104-0001",
    language="vi",
    procedure="Đăng ký thành lập hộ kinh doanh",
    subject="Hồ sơ đã có kết quả",
    text="",
    html="",
    short="Ho so H27.30-241104-0001 da co ket qua.",
    url="https://motcua.example.vn/ho-so/H27.30-241104-0001",
    preferences_url="",
    token="access-1",
)


@pytest.fixture(scope="module")
def fakes() -> Iterator[Gateways]:
    with gateways() as started:
        yield started


@pytest.fixture
def settings(app: Flask, fakes: Gateways) -> dict[str, object]:
    fakes.plan()
    host = fakes.root.removeprefix("http://")
    return dict(app.config) | {
        "SMS_URL": f"http://user:geheim@{host}/sms?label=1&template=2&agent=3&never=7,9",
        "APP_PUSH_URL": f"{fakes.root}/app",
        "APP_PUSH_SECRET": "shared",
        "ZALO_TEMPLATE": "77",
        "ZALO_URL": f"{fakes.root}/zalo",
        "ZALO_OAUTH_URL": f"{fakes.root}/oauth",
        "ZALO_APP_ID": "app",
        "ZALO_APP_SECRET": "geheim",
    }


@pytest.fixture
def office(settings: dict[str, object]) -> PostOffice:
    return post_office(settings)


@pytest.mark.parametrize(
    ("channel", "wish", "fate"),
    [
        (SMS, "ok", Fate.SENT),
        (SMS, "twice", Fate.SENT),
        (SMS, "delay", Fate.SENT),
        (SMS, "timeout", Fate.AGAIN),
        (SMS, "500", Fate.AGAIN),
        (SMS, "garbage", Fate.AGAIN),
        (SMS, "token", Fate.AGAIN),
        (SMS, "unknown", Fate.AGAIN),
        (SMS, "never", Fate.NEVER),
        (SMS, "stranger", Fate.NEVER),
        (APP, "ok", Fate.SENT),
        (APP, "twice", Fate.SENT),
        (APP, "delay", Fate.SENT),
        (APP, "timeout", Fate.AGAIN),
        (APP, "500", Fate.AGAIN),
        (APP, "token", Fate.AGAIN),
        (APP, "never", Fate.NEVER),
        (APP, "stranger", Fate.ELSEWHERE),
        (ZALO, "ok", Fate.SENT),
        (ZALO, "twice", Fate.SENT),
        (ZALO, "delay", Fate.SENT),
        (ZALO, "timeout", Fate.AGAIN),
        (ZALO, "500", Fate.AGAIN),
        (ZALO, "garbage", Fate.AGAIN),
        (ZALO, "unknown", Fate.AGAIN),
        (ZALO, "token", Fate.TOKEN),
        (ZALO, "never", Fate.NEVER),
        (ZALO, "stranger", Fate.ELSEWHERE),
    ],
)
def test_what_each_answer_means(  # noqa: PLR0917 - three fixtures and a row of the table
    office: PostOffice,
    fakes: Gateways,
    monkeypatch: pytest.MonkeyPatch,
    channel: Channel,
    wish: str,
    fate: Fate,
) -> None:
    if wish == "timeout":
        monkeypatch.setattr(calling, "READ_SECONDS", 0.2)
    fakes.plan(wish)
    attempt = office.carry(replace(PARCEL, channel=channel))
    assert attempt.fate is fate
    assert "geheim" not in attempt.reason
    assert PARCEL.address not in attempt.reason


def test_an_sms_has_one_part_no_accents_and_no_personal_number(
    office: PostOffice, fakes: Gateways
) -> None:
    office.carry(replace(PARCEL, short="Hồ sơ được " + "x" * 300))
    told = json.loads(fakes.came("/sms")[-1]["body"])["RQST"]
    (param,) = told["PARAMS"]
    assert len(param["CONTENT"]) == 160
    assert param["CONTENT"].isascii()
    assert param["CONTENT"].endswith(PARCEL.url)
    assert told["MOBILELIST"] == "84900000001"
    assert (told["LABELID"], told["TEMPLATEID"], told["AGENTID"]) == ("1", "2", "3")
    assert told["REQID"] == PARCEL.key


def test_the_app_can_check_who_sent_it(office: PostOffice, fakes: Gateways) -> None:
    office.carry(replace(PARCEL, channel=APP))
    call = fakes.came("/app")[-1]
    signed = f"{call['headers']['X-Timestamp']}.{call['body']}".encode()
    expected = hmac.new(b"shared", signed, hashlib.sha256).hexdigest()
    assert call["headers"]["X-Signature"] == expected
    assert call["headers"]["Idempotency-Key"] == PARCEL.key


def test_zalo_gets_the_values_of_the_registered_template(
    office: PostOffice, fakes: Gateways
) -> None:
    office.carry(replace(PARCEL, channel=ZALO))
    told = json.loads(fakes.came("/zalo")[-1]["body"])
    assert told["template_id"] == "77"
    assert told["tracking_id"] == PARCEL.key
    assert set(told["template_data"]) == {
        "ten_nguoi_dan", "ma_ho_so", "trang_thai", "ten_dich_vu", "loi_nhan", "cta_link",
    }  # fmt: skip


def test_a_gateway_that_is_away_is_tried_again() -> None:
    away = sms_gateway("http://u:p@127.0.0.1:1/sms")
    assert away(PARCEL) == Attempt(fate=Fate.AGAIN, reason="no answer: NewConnectionError")


def test_calls_are_logged_without_people_and_secrets(office: PostOffice) -> None:
    with capture_logs() as logged:
        for channel in (SMS, APP, ZALO):
            office.carry(replace(PARCEL, channel=channel))
    assert [entry["event"] for entry in logged] == ["called"] * 3
    told = str(logged)
    for secret in ("geheim", "shared", "access-1", "900000001", "Mai"):
        assert secret not in told


def test_who_fails_again_and_again_is_left_alone_for_a_while() -> None:
    calls: list[str] = []
    seconds = [0.0]

    def fails(parcel: Parcel) -> Attempt:
        calls.append(parcel.key)
        return Attempt(fate=Fate.AGAIN)

    carry = guarded(fails, Breaker(after=3, rest=60, clock=lambda: seconds[0]))
    fates = [carry(PARCEL).fate for _ in range(5)]
    assert fates == [Fate.AGAIN] * 3 + [Fate.RESTED] * 2
    seconds[0] = 61
    assert [carry(PARCEL).fate for _ in range(2)] == [Fate.AGAIN, Fate.RESTED], "one may try"
    assert len(calls) == 4


def by_zalo_only(story: Story) -> None:
    """Mai wants Zalo and nothing else."""
    with story.app.app_context(), transaction() as session:
        mai = person_by_username(session, "congdan1")
        session.add(
            NoticePreference(
                person_id=mai.id,
                language="vi",
                by_email=False,
                by_sms=False,
                by_app=False,
                by_zalo=True,
                quiet_from=0,
                quiet_to=0,
                updated_at=story.at,
            )
        )


def enter(story: Story, access: str, refresh: str) -> None:
    with story.app.app_context(), transaction() as session:
        enter_tokens(session, ZALO, access=access, refresh=refresh, at=story.at)


def pair(story: Story) -> ChannelToken:
    with story.app.app_context():
        return db.session().get_one(ChannelToken, ZALO)


def test_whoever_does_not_follow_on_zalo_gets_an_sms(
    app: Flask, office: PostOffice, fakes: Gateways
) -> None:
    story = Story(app)
    by_zalo_only(story)
    enter(story, "access-1", "refresh-1")
    story.submit(P6)
    fakes.plan("stranger")
    deliver(app, replace(office, tokens=None), story.at)
    assert [(one.channel, one.state) for one in deliveries(app)] == [
        (ZALO, DeliveryState.ELSEWHERE),
        (SMS, DeliveryState.QUEUED),
    ]
    deliver(app, replace(office, tokens=None), story.at)
    assert deliveries(app)[1].state is DeliveryState.SENT


def test_an_expired_token_is_exchanged_and_the_message_sent(
    app: Flask, settings: dict[str, object]
) -> None:
    with gateways() as fakes:
        urls = {"ZALO_URL": f"{fakes.root}/zalo", "ZALO_OAUTH_URL": f"{fakes.root}/oauth"}
        office = post_office(settings | urls)
        story = Story(app)
        by_zalo_only(story)
        enter(story, "old", "refresh-1")
        story.submit(P6)
        deliver(app, office, story.at)
        assert deliveries(app)[0].state is DeliveryState.QUEUED
        kept = pair(story)
        assert (kept.access_token, kept.refresh_token) == ("access-2", "refresh-2")
        assert kept.refresh_at == story.at + timedelta(seconds=90000) - timedelta(hours=1)
        story.wait(minutes=1)
        deliver(app, office, story.at)
        assert deliveries(app)[0].state is DeliveryState.SENT
        assert deliveries(app)[0].provider_id == "zalo-1"
        assert len(fakes.came("/oauth")) == 1, "a refresh token is good once"


def test_tokens_that_cannot_be_exchanged_stay_and_are_tried_again(
    app: Flask, office: PostOffice, fakes: Gateways
) -> None:
    story = Story(app)
    enter(story, "old", "spent")
    deliver(app, office, story.at)
    kept = pair(story)
    assert (kept.access_token, kept.refresh_token, kept.attempts) == ("old", "spent", 1)
    assert kept.refresh_at == story.at + WAITS[0]


@pytest.mark.parametrize("address", ["ftp://x", "nothing", "https://"])
def test_bad_settings_are_told(address: str) -> None:
    with pytest.raises(ValueError, match="write https"):
        sms_gateway(address)
