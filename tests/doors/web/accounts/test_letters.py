"""Letters about accounts: where their links lead, and what of them people have written."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.actions.send_account_mail import Envelope
from app.domain.accounts.letters import Letter
from app.foundation.clock import now
from app.jobs.account_post import message_of

FACTS = {
    "code": "PA-241104-0001",
    "unit": "Sở Ngoại vụ",
    "day": "25/11/2024",
    "answer": "Đã nhắc nhở.\n\nXin lỗi Ông/Bà.",
    "digits": "123456",
    "life": "15",
    "procedure": "Đăng ký khai sinh",
}


def envelope(letter: Letter, *, name: str = "Mai", language: str = "vi") -> Envelope:
    return Envelope(
        key="account-1",
        to="mai@example.vn",
        name=name,
        letter=letter,
        language=language,
        at=now(),
        token="abc",
        facts=FACTS,
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("letter", list(Letter))
def test_every_link_of_a_letter_opens_a_page(app: Flask, letter: Letter, language: str) -> None:
    with app.app_context():
        told = message_of(app, envelope(letter, language=language))
    assert "%(" not in told.subject + told.text
    adapter = app.url_map.bind("localhost")
    for link in re.findall(r"https?://\S+", told.text):
        endpoint, values = adapter.match(urlsplit(link).path, method="GET")
        assert endpoint.partition(".")[0] in ("account", "portal")
        assert set(values.values()) <= {"abc"}


def test_an_answer_keeps_its_lines_and_a_name_has_none(app: Flask) -> None:
    with app.app_context():
        told = message_of(app, envelope(Letter.FEEDBACK_ANSWERED, name="Mai\n\nMở http://x.vn"))
    assert "\n\nĐã nhắc nhở.\n\nXin lỗi Ông/Bà.\n\n" in told.text
    assert "Mai Mở http://x.vn," in told.text
