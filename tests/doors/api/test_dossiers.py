"""Handing in a dossier and asking where it stands."""

from collections.abc import Callable
from typing import Any

from tests.doors.api.support import BIRTH, RECEPTION, Caller

SOMEBODY = {"name": "Trần Văn Bình", "identity_number": "042000000077"}


def test_a_citizen_hands_in_a_dossier(mai: Caller) -> None:
    answer = mai.submit(BIRTH)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/dossiers/{answer.json['code']}"
    told = mai.get(f"/dossiers/{answer.json['code']}").json
    assert told["procedure"] == BIRTH
    assert told["status"] == answer.json["status"] == 1
    assert told["status_name"] == "SUBMITTED"
    assert told["channel"] == "online"
    assert told["state"] == "running"
    assert told["due_at"] == answer.json["due_at"]
    assert told["due_at_original"] is None, "nothing is promised before it is received"
    assert told["clock"] == "waiting"
    assert told["reception_due_at"] < told["due_at"]
    assert [step["step"] for step in told["current_steps"]] == ["reception"]
    assert told["results"] == []


def test_what_the_account_knows_need_not_be_told(mai: Caller) -> None:
    code = mai.submit(BIRTH, applicant={"address": "Xã Cẩm Bình"}).json["code"]
    assert mai.get(f"/dossiers/{code}").json["owner_name"] == "Nguyễn Thị Mai"


def test_another_owner_is_never_mixed_with_the_account(mai: Caller) -> None:
    answer = mai.submit(BIRTH, applicant={"name": SOMEBODY["name"]})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["applicant.identity_number"]
    code = mai.submit(BIRTH, applicant=SOMEBODY).json["code"]
    assert mai.get(f"/dossiers/{code}").json["owner_name"] == SOMEBODY["name"]


def test_an_officer_at_the_counter_must_say_for_whom(desk: Caller) -> None:
    assert "applicant.name" in desk.submit(BIRTH).json["errors"]
    code = desk.submit(BIRTH, applicant=SOMEBODY).json["code"]
    assert desk.get(f"/dossiers/{code}").json["channel"] == "counter"


def test_the_same_key_gives_the_same_dossier(mai: Caller) -> None:
    first, second = mai.submit(BIRTH, key="k-1"), mai.submit(BIRTH, key="k-1")
    assert (second.status_code, second.json) == (201, first.json)
    assert mai.submit(BIRTH, key="k-2").json["code"] != first.json["code"]


def test_keys_of_different_people_never_meet(mai: Caller, caller: Callable[..., Caller]) -> None:
    other = caller("congdan2")
    assert mai.submit(BIRTH, key="k").json["code"] != other.submit(BIRTH, key="k").json["code"]


def test_a_key_that_cannot_be_kept_is_refused(mai: Caller) -> None:
    answer = mai.submit(BIRTH, key="k" * 57)
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["Idempotency-Key"]


def test_wrong_answers_are_named_one_by_one(mai: Caller) -> None:
    body = {"procedure": BIRTH, "data": mai.application(BIRTH) | {"no_such_field": 1}}
    assert list(mai.post("/dossiers", body).json["errors"]) == ["no_such_field"]
    empty = mai.post("/dossiers", {"procedure": BIRTH, "data": {}})
    assert empty.status_code == 422
    assert len(empty.json["errors"]) > 5


def test_unknown_procedure_case_and_unit_are_errors_of_their_fields(mai: Caller) -> None:
    for field in ("procedure", "case", "unit"):
        answer = mai.submit(BIRTH, **{field: "no-such"})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_nobody_else_learns_that_a_dossier_exists(
    birth: dict[str, Any], caller: Callable[..., Caller]
) -> None:
    for stranger in ("congdan2", "minh.sngv"):
        answer = caller(stranger).get(f"/dossiers/{birth['code']}")
        assert answer.status_code == 404
        assert caller(stranger).get(f"/dossiers/{birth['code']}/journal").status_code == 404
    for reader in (RECEPTION, "kiemtra"):
        assert caller(reader).get(f"/dossiers/{birth['code']}").status_code == 200


def test_a_code_that_cannot_be_one_is_not_found(mai: Caller) -> None:
    for code in ("H27.01-241101-0001", "%00", "H27", "9" * 500):
        assert mai.get(f"/dossiers/{code}").status_code == 404
