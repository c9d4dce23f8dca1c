"""One search on two databases: what people type, and what they must find first."""

from pathlib import Path

import pytest
from flask import Flask

from app.foundation.db import db, transaction
from app.queries.catalogue_search import Closeness, matches
from app.queries.catalogue_shelf import shelf
from tests.support.apps import MONDAY
from tests.support.many_procedures import WELL_KNOWN, invented, store
from tests.support.postgres_apps import postgres_app

#: What is typed, and the key of what comes first.
FIRST = (
    # with marks, without, in capitals, decomposed
    ("khai sinh", "dang-ky-khai-sinh"),
    ("Đăng ký khai sinh", "dang-ky-khai-sinh"),
    ("DANG KY KHAI SINH", "dang-ky-khai-sinh"),
    ("đăng ký lại khai sinh", "lai-khai-sinh"),
    ("dang ky thuong tru", "thuong-tru"),
    ("Đăng ký kết hôn", "ket-hon"),
    # typing errors: dropped, doubled, changed, swapped letters
    ("khai sih", "dang-ky-khai-sinh"),
    ("khaii sinh", "dang-ky-khai-sinh"),
    ("khia sinh", "dang-ky-khai-sinh"),
    ("ket honn", "ket-hon"),
    ("dnag ky ket hon", "ket-hon"),
    ("ho kinh doah", "thanh-lap-ho-kinh-doanh"),
    ("giay phep xay dugn", "xay-nha"),
    # letters that sound alike
    ("thuong chu", "thuong-tru"),
    ("li lich tu phap", "ly-lich"),
    ("sây nhà", "xay-nha"),
    ("giay fep lai xe", "gplx"),
    # blanks forgotten
    ("khaisinh", "dang-ky-khai-sinh"),
    ("kethon", "ket-hon"),
    # any order, and words that mean nothing here
    ("sinh khai dang ky", "dang-ky-khai-sinh"),
    ("hon ket", "ket-hon"),
    ("tôi muốn làm giấy khai sinh cho con", "dang-ky-khai-sinh"),
    ("thủ tục cần để mở quán ở đâu", "thanh-lap-ho-kinh-doanh"),
    # other words for it
    ("làm giấy tờ cho con mới đẻ", "dang-ky-khai-sinh"),
    ("hộ khẩu", "thuong-tru"),
    ("nhap khau", "thuong-tru"),
    ("sổ đỏ", "bien-dong"),
    ("độc thân", "xac-nhan-hon-nhan"),
    ("bang lai xe", "gplx"),
    ("cưới", "ket-hon"),
    ("công chứng", "sao-y"),
    # abbreviations
    ("CMND", "can-cuoc"),
    ("CCCD", "can-cuoc"),
    ("làm cccd", "can-cuoc"),
    ("gplx", "gplx"),
    ("btxh", "mai-tang"),
    ("LLTP", "ly-lich"),
    # codes: national, with the province's tail, without point, digits alone
    ("1.001193", "dang-ky-khai-sinh"),
    ("1.001193.000.00.00.H27", "dang-ky-khai-sinh"),
    ("1001193", "dang-ky-khai-sinh"),
    ("001193", "dang-ky-khai-sinh"),
    ("2.002312", "hoi-nghi-quoc-te"),
    # fields, agencies, online levels of then and now
    ("sở ngoại vụ", "hoi-nghi-quoc-te"),
    ("hội nghị toàn trình", "hoi-nghi-quoc-te"),
    ("hoi nghi muc do 4", "hoi-nghi-quoc-te"),
    ("khai sinh mức độ 3", "dang-ky-khai-sinh"),
    ("khai sinh mức độ 4", "lai-khai-sinh"),
    # marks tell words apart that are alike without them
    ("đẻ", "dang-ky-khai-sinh"),
    ("để lại tài sản", "de-nghi"),
)
#: What finds nothing at all.
NOTHING = ("", "  ", "…", "qwrtzp", "zzz 123456789")


@pytest.fixture
def searched(any_app: Flask) -> Flask:
    """The demo province with the well-known procedures beside its own."""
    with any_app.app_context(), transaction() as session:
        store(session, WELL_KNOWN)
    return any_app


def found(asked: str, *, typing: bool = False) -> list[str]:
    """Keys in order; needs an application context."""
    session = db.session()
    known = shelf(session, MONDAY.date()).by_id
    return [known[number].key for number in matches(session, asked, typing=typing).ids]


def test_what_people_type_finds_what_they_mean(searched: Flask) -> None:
    with searched.app_context():
        first = {asked: next(iter(found(asked)), None) for asked, _ in FIRST}
    assert first == dict(FIRST)


def test_nonsense_finds_nothing(searched: Flask) -> None:
    with searched.app_context():
        assert {asked: found(asked) for asked in NOTHING} == {asked: [] for asked in NOTHING}


def test_what_has_only_most_of_the_words_is_said_to_be_so(searched: Flask) -> None:
    with searched.app_context():
        answer = matches(db.session(), "đăng ký kết hôn trên mặt trăng")
        assert answer.closeness is Closeness.SOME
        assert matches(db.session(), "đăng ký kết hôn").closeness is Closeness.ALL


def test_a_word_taken_for_another_is_told(searched: Flask) -> None:
    with searched.app_context():
        assert matches(db.session(), "khai sih").understood == "khai sinh"
        assert matches(db.session(), "khai sinh").understood == ""


@pytest.mark.parametrize("typed", ["kha", "khai si", "đăng ký kh", "dang-ky kha"])
def test_a_word_that_is_still_typed_may_go_on(searched: Flask, typed: str) -> None:
    with searched.app_context():
        assert "dang-ky-khai-sinh" in found(typed, typing=True)


@pytest.mark.parametrize("asked", ['"', "a' OR 1=1 --", "khai* NEAR(sinh)", "100%", "_", "(", "\\"])
def test_signs_of_query_languages_are_only_signs(searched: Flask, asked: str) -> None:
    with searched.app_context():
        found(asked)


@pytest.mark.postgres
def test_both_databases_find_the_same_in_the_same_order(
    app: Flask, postgres_server: str, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    told = [*WELL_KNOWN, *invented(2000)]
    questions = [asked for asked, _ in FIRST] + [
        _mistyped(one.name, at) for at, one in enumerate(told[::40])
    ]
    answers = []
    with postgres_app(postgres_server, tmp_path / "files") as other:
        for one in (app, other):
            with one.app_context():
                with transaction() as session:
                    store(session, told)
                answers.append({asked: found(asked) for asked in questions})
    assert answers[0] == answers[1]
    assert sum(map(bool, answers[0].values())) > len(questions) * 0.9


def _mistyped(name: str, at: int) -> str:
    """The name as it is typed in a hurry: now a letter is missing, now two are swapped."""
    place = 3 + at % max(len(name) - 5, 1)
    if at % 3 == 0:
        return name[:place] + name[place + 1 :]
    if at % 3 == 1:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + name[place] + name[place:]
