"""How words are compared when somebody looks for a procedure."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.procedures.model import OnlineLevel
from app.domain.procedures.search.entry import Findable, entry_text
from app.domain.procedures.search.guessing import guesses
from app.domain.procedures.search.synonyms import groups, other_words
from app.domain.procedures.search.words import (
    asked_words,
    distance,
    fold,
    grams,
    marked,
    sound,
    words_of,
)

WORDS = st.text(alphabet="abcdeghiklmnopqrstuvxy", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        (unicodedata.normalize("NFD", "Hộ tịch"), "ho tich"),
        ("ĐẤT ĐAI", "dat dai"),
        ("Ủy ban; ủy quyền", "uy ban; uy quyen"),
    ],
)
def test_marks_and_capitals_do_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Tôi muốn làm giấy khai sinh", ("giay", "khai", "sinh")),
        ("thủ tục đất đai", ("dat", "dai")),
        ("thu tuc dat dai", ("dat", "dai")),
        ("thu hồi đất", ("thu", "hoi", "dat")),
        ("căn cước", ("can", "cuoc")),
        ("cần căn cước", ("can", "cuoc")),
        ("1.001193.000.00.00.H27", ("1.001193",)),
        ("CT01", ("ct01",)),
        ("của và là", ("cua", "va", "la")),
        ("khai khai sinh", ("khai", "sinh")),
        ("…", ()),
    ],
)
def test_only_words_that_narrow_down_are_asked(asked: str, words: tuple[str, ...]) -> None:
    assert asked_words(asked) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tru", "chu"),
        ("ly", "li"),
        ("xay", "say"),
        ("giay", "day"),
        ("fep", "phep"),
        ("ngi", "nghi"),
    ],
)
def test_common_slips_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("sinh", "sinh", 0),
        ("sih", "sinh", 1),
        ("khia", "khai", 1),
        ("khaii", "khai", 1),
        ("dugn", "dung", 1),
        ("truogn", "truong", 1),
        ("doanh", "danh", 1),
        ("abc", "xyz", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways_and_none_only_for_the_same(
    one: str, other: str
) -> None:
    there = distance(one, other, 8)
    assert there == distance(other, one, 8)
    assert (there == 0) == (one == other)
    assert min(there, 3) == min(distance(one, other, 2), 3)


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(text: str) -> None:
    for word in asked_words(text):
        assert word.isascii()
        assert grams(word)
        assert words_of(word) == (word,)


def test_guesses_are_near_and_known() -> None:
    known = {word: sound(word) for word in ("khai", "kho", "sinh", "thuong", "tru", "binh")}
    assert guesses("khia", known) == ("khai",)
    assert guesses("chu", known) == ("tru",)
    assert guesses("sih", known) == ("sinh",)
    assert guesses("khaisinh", known, frozenset(known)) == ("khai sinh",)
    assert guesses("xyz", known) == ()


def test_synonyms_mind_the_marks() -> None:
    assert "khai sinh" in other_words(["Sinh con, đẻ con"])
    assert "khai sinh" not in other_words(["Giấy tờ để lại"])


def test_no_phrase_stands_in_two_groups() -> None:
    every = [phrase for group in groups() for phrase in group]
    assert sorted(every) == sorted(set(every))
    assert all(marked(phrase) == phrase for phrase in every)


def test_an_entry_is_found_by_the_old_names_of_its_online_level() -> None:
    told = Findable(
        name="Đăng ký thường trú",
        code="1.004222",
        field="Cư trú",
        online_level=OnlineLevel.FULL,
        summary="",
        keywords=(),
        units=("A", "B", "C", "D"),
    )
    name, aliases, rest, _summary = entry_text(told).text.split("\n")
    assert name == " dang ky thuong tru "
    assert " muc do 4 " in aliases
    assert " ho khau " in aliases
    assert " 1004222 " in rest
    assert " a " not in rest
