"""What is asked of the address that a result is sent to."""

import pytest
from flask import Flask

from app.domain.postal.choice import PostalAddress, ReturnChoice, ReturnMethod, read_choice, tidy
from app.foundation.errors import Invalid
from tests.support.postal import POST


@pytest.fixture(autouse=True)
def _language(app: Flask) -> object:
    with app.test_request_context():
        yield None


def refused(**told: object) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        read_choice(POST | told)
    return set(refusal.value.errors)


def test_the_counter_needs_no_address() -> None:
    assert read_choice({"method": "counter"}) == ReturnChoice(method=ReturnMethod.COUNTER)
    assert read_choice(POST | {"method": "counter"}).address is None, "what was typed is left"


def test_the_post_needs_every_line() -> None:
    assert read_choice(POST).address == PostalAddress(
        **{name: text for name, text in POST.items() if name != "method"}
    )
    with pytest.raises(Invalid) as refusal:
        read_choice({"method": "post"})
    assert set(refusal.value.errors) == set(POST) - {"method"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("method", ""),
        ("method", "dove"),
        ("method", None),
        ("recipient", "x" * 101),
        ("recipient", "…?"),
        ("recipient", ["a list"]),
        ("phone", "12345"),
        ("phone", "84900000001"),
        ("phone", "0900 abc 001"),
        ("phone", "0٩00000001"),
        ("province", " "),
        ("province", "x" * 81),
        ("commune", "\u200b"),
        ("commune", "x" * 81),
        ("street", "-"),
        ("street", "x" * 201),
        ("street", None),
    ],
)
def test_each_line_is_checked_under_its_name(name: str, value: object) -> None:
    assert refused(**{name: value}) == {name}


def test_a_line_is_one_line_without_stray_signs() -> None:
    assert tidy("street", "  Số 7\r\n\tThôn\u202e Đông ") == "Số 7 Thôn Đông"
    assert tidy("phone", "+84 900.000-001") == "+84900000001"
    assert read_choice(POST | {"phone": "0900 000 001"}).address.phone == "0900000001"


def test_a_choice_reads_as_it_was_kept() -> None:
    for told in (POST, {"method": "counter"}):
        assert read_choice(read_choice(told).as_dict()) == read_choice(told)
