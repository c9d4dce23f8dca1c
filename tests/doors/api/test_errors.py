"""How the API fails: as problem documents, in the caller's language, telling no secrets."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.api.v1 import procedures
from app.domain.people.queries import person_by_username
from tests.doors.api.support import BIRTH, Caller

GUARDED = (
    ("POST", "/dossiers"),
    ("GET", "/dossiers/H27.30.01-241104-0001"),
    ("GET", "/dossiers/H27.30.01-241104-0001/journal"),
    ("GET", "/inbox"),
    ("GET", "/inbox/1"),
    ("POST", "/inbox/1/claim"),
    ("POST", "/inbox/1/release"),
    ("POST", "/inbox/1/complete"),
    ("GET", "/files/" + "0" * 32),
)


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_without_a_token_nobody_gets_in(client: FlaskClient, method: str, path: str) -> None:
    for header in (None, "Bearer", "Bearer x", "Bearer " + "é" * 30, "Basic YTpi", "x" * 9000):
        headers = {"Authorization": header} if header else {}
        answer = client.open("/api/v1" + path, method=method, headers=headers)
        assert answer.status_code == 401
        assert answer.content_type == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_upload_needs_a_token(client: FlaskClient) -> None:
    answer = client.post("/api/v1/files", data={}, content_type="multipart/form-data")
    assert answer.status_code == 401


def test_a_cookie_is_no_token(client: FlaskClient, session: Session) -> None:
    person = person_by_username(session, "congdan1")
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(person.id)
        cookie["_fresh"] = True
    assert client.get("/api/v1/inbox").status_code == 401


def test_addresses_and_methods_that_do_not_exist(caller: Callable[..., Caller]) -> None:
    assert caller().get("/no-such").status_code == 404
    answer = caller().post("/procedures", {})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_bodies_that_are_no_json(mai: Caller) -> None:
    for raw in (b"{", b"\xff", b"[NaN]", b'{"a":"\\ud800"}', b"[" * 5000, b"1e999"):
        answer = mai.post("/dossiers", data=raw, content_type="application/json")
        assert answer.status_code == 400, raw[:20]


def test_bodies_of_another_type_or_size(mai: Caller) -> None:
    assert mai.post("/dossiers", data=b"a=1", content_type="text/plain").status_code == 415
    large = b'{"data":"' + b"x" * 1024 * 1024 + b'"}'
    answer = mai.post("/dossiers", data=large, content_type="application/json")
    assert answer.status_code == 413


def test_bodies_that_are_no_application(mai: Caller) -> None:
    for body in ([], "text", 5, {}, {"procedure": 5, "data": []}, [[[]]]):
        answer = mai.post("/dossiers", body)
        assert answer.status_code == 422
        assert answer.json["errors"]
    answer = mai.submit(BIRTH, odd=1)
    assert answer.json["errors"] == {"odd": ["This field is not known."]}


def test_values_that_cannot_be_kept_are_refused_with_their_place(mai: Caller) -> None:
    deep: object = 1
    for _ in range(200):
        deep = [deep]
    for data, path in (
        ({"a": {"b": ["x", "y\0"]}}, "data.a.b[1]"),
        ({"a\0": 1}, "data"),
        ({"n": [0] * 30_000}, "body"),
    ):
        answer = mai.post("/dossiers", {"procedure": BIRTH, "data": data})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [path])
    assert mai.post("/dossiers", {"procedure": BIRTH, "data": {"d": deep}}).status_code == 422


def test_failures_speak_the_callers_language(caller: Callable[..., Caller]) -> None:
    assert caller(language="en").get("/no-such").json["detail"] == "Not found."
    vietnamese = caller(language="vi").get("/no-such").json["detail"]
    assert caller(language="fr").get("/no-such").json["detail"] == vietnamese


def test_our_own_failure_tells_nothing_of_the_inside(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(procedures, "catalogue_list", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/api/v1/procedures")
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
