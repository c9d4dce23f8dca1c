"""Whatever is sent, the API answers and never fails by itself; a refused body changes nothing."""

import base64
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.api.support import BIRTH, RECEPTION, Caller

#: One application serves all examples: a refused request leaves nothing behind.
patient = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
numbers = st.integers() | st.floats() | st.sampled_from([2**63, -(2**64), 10**400, 1e308])
scalars = st.none() | st.booleans() | numbers | st.text(max_size=30)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
bodies = values | st.fixed_dictionaries(
    {}, optional={"procedure": st.just(BIRTH) | values, "data": values, "applicant": values}
)


def raw(value: Any) -> bytes:
    """JSON as sloppy clients write it: NaN, lone surrogates and huge numbers included."""
    return json.dumps(value).encode()


def keys_of(form: dict[str, Any]) -> list[str]:
    """Every name a form's answers may have, at any depth."""
    found, waiting = [], list(form["components"])
    while waiting:
        part = waiting.pop()
        waiting += part.get("components", [])
        found += [part[name] for name in ("key", "path") if part.get(name)]
    return found


@pytest.fixture
def task(birth: dict[str, Any], desk: Caller) -> int:
    """An open task of the desk."""
    return desk.open_task(birth["code"])


@patient
@given(body=bodies)
def test_any_application_is_answered(mai: Caller, body: Any) -> None:
    answer = mai.post("/dossiers", data=raw(body), content_type="application/json")
    assert answer.status_code in {400, 422}


@patient
@given(body=bodies)
def test_any_answer_to_a_task_is_answered(desk: Caller, task: int, body: Any) -> None:
    path = f"/inbox/{task}/complete"
    answer = desk.post(path, data=raw(body), content_type="application/json")
    assert answer.status_code in {400, 422}


@patient
@given(data=st.data())
def test_wrong_answers_to_real_questions_are_answered(mai: Caller, data: st.DataObject) -> None:
    form = mai.get(f"/procedures/{BIRTH}").json["form"]
    answers = mai.application(BIRTH)
    for key in data.draw(st.lists(st.sampled_from(keys_of(form)), min_size=1, max_size=4)):
        answers[key] = data.draw(values)
    body = {"procedure": BIRTH, "data": answers}
    answer = mai.post("/dossiers", data=raw(body), content_type="application/json")
    assert answer.status_code in {201, 400, 422}


@patient
@given(data=st.data())
def test_wrong_decisions_are_answered(
    desk: Caller, birth: dict[str, Any], task: int, data: st.DataObject
) -> None:
    form = desk.get(f"/inbox/{task}").json["form"]
    answers = desk.answers(task)
    for key in data.draw(st.lists(st.sampled_from(keys_of(form)), min_size=1, max_size=3)):
        answers[key] = data.draw(values)
    path = f"/inbox/{task}/complete"
    answer = desk.post(path, data=raw({"data": answers}), content_type="application/json")
    assert answer.status_code in {200, 400, 409, 422}


@patient
@given(
    block=st.dictionaries(
        st.sampled_from(["name", "kind", "identity_number", "phone", "email", "address", "odd"]),
        values,
    )
)
def test_any_applicant_is_answered(mai: Caller, block: dict[str, Any]) -> None:
    body = {"procedure": BIRTH, "applicant": block, "data": {}}
    answer = mai.post("/dossiers", data=raw(body), content_type="application/json")
    assert answer.status_code in {400, 422}


@patient
@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered(mai: Caller, body: bytes) -> None:
    for path in ("/dossiers", "/inbox/1/complete"):
        answer = mai.post(path, data=body, content_type="application/json")
        assert answer.status_code in {400, 422}
    answer = mai.post("/files", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 422}


@patient
@given(text=st.text(max_size=60))
def test_any_query_and_any_path_is_answered(desk: Caller, text: str) -> None:
    encoded = orjson.dumps(text).decode()
    for query in (text, encoded):
        assert desk.get("/inbox", cursor=query, limit=query, mine=query).status_code < 500
    for path in ("/inbox/", "/dossiers/", "/procedures/", "/files/"):
        assert desk.get(path + text.replace("?", "")).status_code in {200, 404, 308}


def test_nothing_reaches_postgresql_that_it_cannot_store(
    any_app: Flask, every_caller: Callable[[str], Caller]
) -> None:
    mai, desk = every_caller("congdan1"), every_caller(RECEPTION)
    for text in ("a\0b", "x" * 100_000, "\u202e", "9" * 400):
        for field in ("procedure", "unit", "case"):
            body = {"procedure": BIRTH, "data": {}, field: text}
            assert mai.post("/dossiers", body).status_code == 422
        for field in ("name", "identity_number", "phone", "email", "address"):
            owner = {"name": "Nguyễn Thị Mai", "identity_number": "042000000001", field: text}
            assert mai.submit(BIRTH, applicant=owner).status_code in {201, 422}
    for number in (2**31, 2**63 - 1):
        assert desk.get(f"/inbox/{number}").status_code == 404
    for place in ([0, "2024-01-01", 1e30], [1e15, "2024-01-01", 1], [0, "0001-01-01T00+14:00", 1]):
        forged = base64.urlsafe_b64encode(orjson.dumps(place)).decode()
        assert desk.get("/inbox", cursor=forged).status_code in {200, 422}
