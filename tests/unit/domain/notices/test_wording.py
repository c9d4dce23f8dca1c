"""Every notice in every language: whole, polite to machines, and short enough for a telephone."""

from datetime import UTC, datetime
from typing import Any

import html5lib
import pytest

from app.domain.notices.kinds import KINDS, Audience
from app.domain.notices.reaching import LANGUAGES
from app.domain.notices.wording import (
    FOLDER,
    SMS_ROOM,
    edition_of,
    short_of,
    sms_of,
    unaccented,
    words_of,
)

DUE, BEFORE = datetime(2024, 11, 8, 10, tzinfo=UTC), datetime(2024, 11, 6, 10, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "name": "Nguyễn Thị Mai",
    "is_person": True,
    "owner": "Nguyễn Thị Mai",
    "submitter": "",
    "code": "H27.30-241104-0001",
    "procedure": "Đăng ký thành lập hộ kinh doanh",
    "unit": "UBND huyện Cẩm Xuyên",
    "receiving_unit": "UBND huyện Cẩm Xuyên",
    "due_at": DUE,
    "due_before": BEFORE,
    "promised": True,
    "reception_due_at": BEFORE,
    "answer_by": DUE,
    "awaits_payment": True,
    "by_post": False,
    "reason": "Thiếu bản sao giấy chứng nhận",
    "asked": ("Căn cước: ảnh bị mờ", "Tên hộ kinh doanh"),
    "step": "Thẩm định hồ sơ",
    "province": "Tỉnh Hà Tĩnh",
    "url": "https://dichvucong.example.gov.vn/ho-so/H27.30-241104-0001",
    "preferences_url": "https://dichvucong.example.gov.vn/tai-khoan/thong-bao",
    "others": [],
    "refund": True,
}
#: As bare as a dossier can be.
BARE = FACTS | {
    "due_before": None,
    "promised": False,
    "reception_due_at": None,
    "answer_by": None,
    "awaits_payment": False,
    "by_post": True,
    "reason": "",
    "asked": (),
    "preferences_url": "",
    "refund": False,
}
EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]


@pytest.mark.parametrize(("kind", "language"), EVERY)
@pytest.mark.parametrize("facts", [FACTS, BARE], ids=["full", "bare"])
def test_every_notice_names_the_dossier_and_leads_to_it(
    kind: str, language: str, facts: dict[str, Any]
) -> None:
    words = words_of(kind, language, facts)
    assert facts["code"] in words.subject
    assert facts["code"] in words.short
    for told in (words.text, words.html):
        assert facts["code"] in told
        assert facts["url"] in told
        assert facts["procedure"] in told
        assert "{{" not in told
        assert "None" not in told
    assert "\n\n\n" not in words.text
    html5lib.HTMLParser(strict=True).parse(words.html)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_notice_fits_into_one_sms_with_its_link(kind: str, language: str) -> None:
    sms = sms_of(short_of(kind, language, FACTS), FACTS["url"])
    assert len(sms) <= SMS_ROOM
    assert sms.isascii()
    assert sms.endswith(FACTS["url"])
    assert FACTS["code"] in sms.removesuffix(FACTS["url"])
    assert ".. http" not in sms, "nothing has to be cut short in an ordinary case"


@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if kind.important])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_asks_for_something_says_by_when_or_why(kind: str, language: str) -> None:
    text = words_of(kind, language, FACTS).text
    told = ("08/11/2024" in text, FACTS["reason"] in text, "UBND" in text)
    assert any(told)


def test_wordings_and_kinds_belong_together() -> None:
    for language in LANGUAGES:
        found = {path.stem for path in (FOLDER / language).glob("[!_]*.txt")}
        assert found == set(KINDS)


def test_nothing_that_people_typed_is_a_template_a_tag_a_list_or_a_header() -> None:
    evil = (
        "{{ 7 * 7 }}{% for x in y %}<script>alert(1)</script>\r\nBcc: a@b.vn\n\n- x\n\nhttp://evil"
    )
    words = words_of("supplement-requested", "vi", FACTS | {"name": evil, "reason": evil})
    assert "{{ 7 * 7 }}" in words.text
    assert "<script>" not in words.html
    assert 'href="http://evil"' not in words.html
    assert "\n" not in words_of("step-warned", "vi", FACTS | {"step": evil}).subject


def test_other_news_stand_in_the_same_message() -> None:
    words = words_of("dossier-received", "vi", FACTS | {"others": ["Việc một", "Việc hai"]})
    assert "- Việc một\n- Việc hai\n" in words.text


def test_a_submitter_is_told_whose_dossier_it_is() -> None:
    text = words_of("dossier-received", "vi", FACTS | {"name": "Lê Văn An"}).text
    assert "Lê Văn An" in text
    assert "hồ sơ của Nguyễn Thị Mai" in text


def test_officers_are_not_addressed_as_applicants() -> None:
    for key, kind in KINDS.items():
        text = words_of(key, "vi", FACTS).text
        assert ("Mở hồ sơ tại" in text) is (kind.audience is not Audience.APPLICANT)


def test_the_edition_follows_the_wording() -> None:
    editions = {edition_of(kind, language) for kind, language in EVERY}
    assert len(editions) == len(EVERY)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Đường Nguyễn Huệ", "Duong Nguyen Hue"), ("“a” – b…", '"a" - b..'), ("ok 你", "ok ?")],
)
def test_accents_are_taken_off(text: str, bare: str) -> None:
    assert unaccented(text) == bare


def test_an_sms_is_cut_before_its_link() -> None:
    sms = sms_of("x" * 300, FACTS["url"])
    assert len(sms) == SMS_ROOM
    assert sms.endswith(f".. {FACTS['url']}")
    assert len(sms_of("short", "https://" + "x" * 200)) <= SMS_ROOM


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_is_said_to_wait_only_where_it_does(language: str) -> None:
    waits = {"vi": "tạm dừng", "en": "clock waits"}[language]
    assert waits in words_of("payment-requested", language, FACTS).text
    against_the_result = words_of("payment-requested", language, FACTS | {"awaits_payment": False})
    assert waits not in against_the_result.text
    assert "08/11/2024" in against_the_result.text
