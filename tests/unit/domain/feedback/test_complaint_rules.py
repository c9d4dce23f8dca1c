"""Whom a complaint is about, who may handle it, and what a form has to say."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.feedback.complaint_chain import chain_holds, digest, next_entry, told_of
from app.domain.feedback.complaint_rules import (
    handling_seat,
    is_late,
    named_among,
    read_answer,
    read_message,
    tells_a_title,
)
from app.domain.feedback.complaints import Act, Complaint, ComplaintEntry, ComplaintState, Concern
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.errors import Invalid

AT = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)
UNIT, ABOVE, ELSEWHERE = 3, 1, 7


@pytest.mark.parametrize(
    ("typed", "text", "named"),
    [
        ("Lê Thị Oanh", "", True),
        ("le thi oanh", "", True),
        ("bà Oanh, phó phòng", "", True),
        ("Thị Oanh", "", True),
        ("Lê Thị", "", True),
        ("ông Lê Thị Oanh ở quầy 3", "", True),
        ("Trần Hoài Nam", "", False),
        ("công chức một cửa", "", False),
        ("", "Hôm qua bà LÊ THỊ OANH không tiếp tôi.", True),
        ("", "Lê Thị Oanhh", False),
        ("", "bà Oanh không tiếp tôi", False),
        ("", "", False),
    ],
)
def test_who_may_be_meant(typed: str, text: str, *, named: bool) -> None:
    assert named_among({7: "Lê Thị Oanh", 8: ""}, typed, text) == ({7} if named else set())


def test_a_nameless_person_is_never_meant() -> None:
    assert not named_among({8: ""}, "Oanh", "Oanh")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("ông Phó Chủ tịch xã", True),
        ("GIÁM ĐỐC", True),
        ("Trưởng phòng một cửa", True),
        ("the head of the office", True),
        ("công chức một cửa", False),
        ("bà Chủ", False),
        ("trưởng thôn", False),
        ("", False),
    ],
)
def test_an_office_led_is_told_from_other_words(said: str, *, title: bool) -> None:
    assert tells_a_title(said) is title
    assert tells_a_title("", said) is title


def complaint(**changed: Any) -> Complaint:
    told: dict[str, Any] = {
        "id": 1,
        "code": "PA-241104-0001",
        "concern": Concern.OFFICER,
        "unit_id": UNIT,
        "officer": "Oanh",
        "subject": "Thái độ",
        "text": "Không tiếp",
        "sender_id": 50,
        "state": ComplaintState.RECEIVED,
        "sent_at": AT,
    }
    return Complaint(**told | changed)


def leader(role: str = "director", unit: int = UNIT, person: int | None = 9) -> Actor:
    seat = Seat(unit_id=unit, unit_code="H", unit_name="Sở", role=role)
    return Actor(kind=ActorKind.PERSON, name="Lãnh đạo", person_id=person, seats=(seat,))


@pytest.mark.parametrize(
    ("actor", "concerned", "allowed"),
    [
        (leader(), (), True),
        (leader("division_head"), (), True),
        (leader("committee_chair", ABOVE), (), True),
        (leader("province_admin", ABOVE), (), True),
        (leader("director", ELSEWHERE), (), False),
        (leader("specialist"), (), False),
        (leader("reception_officer"), (), False),
        (leader("auditor"), (), False),
        (leader("unit_admin"), (), False),
        (leader(), (9,), False),  # it is about him
        (leader("province_admin", ABOVE), (9, 10), False),
        (leader(), (10,), True),
        (leader(person=50), (), False),  # nobody answers himself
        (leader(person=None), (), False),
    ],
)
def test_who_handles_it(actor: Actor, concerned: tuple[int, ...], *, allowed: bool) -> None:
    seat = handling_seat(complaint(), actor, concerned, {UNIT, ABOVE})
    assert (seat is not None) is allowed


@pytest.mark.parametrize(
    ("due", "answered", "late"),
    [
        (25, None, False),
        (3, None, True),
        (4, None, False),  # days are compared: at night it is still the day
        (4, 5, True),
        (6, 5, False),
        (None, None, False),
    ],
)
def test_an_answer_is_late_after_its_day(
    due: int | None, answered: int | None, *, late: bool
) -> None:
    told = complaint(
        due_at=due and AT.replace(day=due, hour=0),
        answered_at=answered and AT.replace(day=answered),
    )
    assert is_late(told, AT.replace(hour=16)) is late


def form(**changed: str) -> dict[str, str]:
    told = {
        "concern": "officer",
        "unit": "H27.30",
        "subject": "Thái độ",
        "text": "Dòng một\r\nDòng hai",
        "name": "Lê Văn Tám",
        "email": " TAM@Example.VN ",
    }
    return told | changed


def test_a_message_is_read_from_a_form() -> None:
    message = read_message(form(dossier=" h27.30-1 "), has_account=False)
    assert (message.concern, message.unit, message.dossier) == (
        Concern.OFFICER, "H27.30", "H27.30-1",
    )  # fmt: skip
    assert message.text == "Dòng một\nDòng hai"
    assert message.email == "tam@example.vn"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"concern": ""}, "concern"),
        ({"concern": "war"}, "concern"),
        ({"unit": ""}, "unit"),
        ({"concern": "dossier"}, "dossier"),
        ({"subject": "  \n "}, "subject"),
        ({"subject": "a" * 201}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"officer": "a" * 121}, "officer"),
        ({"name": ""}, "name"),
        ({"email": "tam@"}, "email"),
        ({"email": "a@example.vn\nBcc: b@example.vn"}, "email"),
    ],
)
def test_every_wrong_field_is_named(changed: dict[str, str], wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_message(form(**changed), has_account=False)
    assert set(refused.value.errors) == {wrong}


def test_wrong_fields_are_told_in_the_order_of_the_page() -> None:
    with pytest.raises(Invalid) as refused:
        read_message({}, has_account=False)
    assert list(refused.value.errors) == ["concern", "unit", "subject", "text", "name", "email"]


def test_an_account_is_asked_neither_name_nor_address() -> None:
    message = read_message(form(name="", email=""), has_account=True)
    assert (message.name, message.email) == ("", "")


@pytest.mark.parametrize("answer", ["", "  ", "a" * 5001])
def test_an_answer_says_something_and_ends(answer: str) -> None:
    with pytest.raises(Invalid):
        read_answer({"answer": answer})


def chain(told: Complaint) -> list[ComplaintEntry]:
    entries: list[ComplaintEntry] = []
    acts: list[tuple[Act, dict[str, Any]]] = [
        (Act.SENT, told_of(told, [4])),
        (Act.TAKEN_UP, {}),
        (Act.ANSWERED, {"answer": digest("Xin lỗi")}),
    ]
    for act, fields in acts:
        last = entries[-1] if entries else None
        entries.append(next_entry(1, last, act, fields, actor=leader(), seat=None, at=AT))
    told.state, told.answer, told.answered_at = ComplaintState.ANSWERED, "Xin lỗi", AT
    return entries


def test_an_untouched_record_holds() -> None:
    told = complaint()
    assert chain_holds(told, {4}, chain(told))
    assert not chain_holds(told, {4}, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Rất tốt"},
        {"subject": "Khen"},
        {"officer": ""},
        {"unit_id": 8},
        {"sender_id": 51},
        {"answer": "Không"},
        {"answer": None},
        {"state": ComplaintState.RECEIVED},
        {"sent_at": AT.replace(hour=1)},
        {"answered_at": AT.replace(hour=1)},
        {"due_at": AT},
    ],
)
def test_a_changed_row_does_not_hold(changed: dict[str, Any]) -> None:
    told = complaint()
    entries = chain(told)
    for name, value in changed.items():
        setattr(told, name, value)
    assert not chain_holds(told, {4}, entries)


@pytest.mark.parametrize("officers", [set(), {4, 5}, {5}])
def test_who_must_not_see_it_cannot_be_changed(officers: set[int]) -> None:
    told = complaint()
    assert not chain_holds(told, officers, chain(told))


def test_a_changed_or_missing_entry_does_not_hold() -> None:
    told = complaint()
    entries = chain(told)
    assert not chain_holds(told, {4}, [entries[0], entries[2]])
    entries[1].actor_name = "Ai đó"
    assert not chain_holds(told, {4}, entries)
