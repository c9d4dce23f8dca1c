"""Papers in, papers and results out."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.doors.api.support import BIRTH, RECEPTION, Caller
from tests.support.papers import HTML, PDF


def upload(who: Caller, name: str = "giấy chứng sinh.pdf", content: bytes = PDF) -> TestResponse:
    return who.post("/files", data={"file": (BytesIO(content), name)})


def file_field(who: Caller) -> str:
    """A file question of the application that takes a file in any case."""
    form = who.get(f"/procedures/{BIRTH}").json["form"]
    waiting = list(form["components"])
    while waiting:
        part = waiting.pop(0)
        waiting = part.get("components", []) + waiting
        if part["type"] == "filepicker" and "conditional" not in part:
            return str(part["key"])
    raise AssertionError("the form asks for no file")


def test_a_paper_goes_in_and_comes_out_unchanged(mai: Caller) -> None:
    answer = upload(mai)
    assert answer.status_code == 201
    assert answer.json["media_type"] == "application/pdf"
    assert answer.json["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert answer.headers["Location"] == answer.json["url"]
    back = mai.get(f"/files/{answer.json['id']}")
    assert back.data == PDF


def test_part_of_a_paper_is_sent_where_it_is_asked_for(mai: Caller) -> None:
    address = f"/files/{upload(mai).json['id']}"

    def ask(asked: str) -> TestResponse:
        mai.headers["Range"] = asked
        return mai.get(address)

    part = ask("bytes=-10")
    assert (part.status_code, part.data) == (206, PDF[-10:])
    beyond = ask(f"bytes={len(PDF)}-")
    assert beyond.status_code == 416
    assert beyond.json["status"] == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(PDF)}"
    several = ask("bytes=0-9,20-29")
    assert (several.status_code, several.data) == (200, PDF)


def test_a_download_is_never_shown_by_a_browser(mai: Caller) -> None:
    back = mai.get(f"/files/{upload(mai).json['id']}")
    assert back.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in back.headers["Cache-Control"]
    assert "default-src" in back.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in back.headers


def test_a_paper_of_a_dossier_is_read_by_who_may_read_the_dossier(
    mai: Caller, caller: Callable[..., Caller]
) -> None:
    paper = upload(mai).json["id"]
    assert caller(RECEPTION).get(f"/files/{paper}").status_code == 404
    data = mai.application(BIRTH) | {file_field(mai): [paper]}
    assert mai.post("/dossiers", {"procedure": BIRTH, "data": data}).status_code == 201
    for reader in (RECEPTION, "kiemtra", "congdan1"):
        assert caller(reader).get(f"/files/{paper}").status_code == 200
    for stranger in ("congdan2", "minh.sngv"):
        assert caller(stranger).get(f"/files/{paper}").status_code == 404


def test_a_paper_of_somebody_else_cannot_be_handed_in(
    mai: Caller, caller: Callable[..., Caller]
) -> None:
    paper = upload(caller("congdan2")).json["id"]
    field = file_field(mai)
    data = mai.application(BIRTH) | {field: [paper]}
    answer = mai.post("/dossiers", {"procedure": BIRTH, "data": data})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_what_is_no_paper_is_refused(app: Flask, mai: Caller) -> None:
    app.config["MAX_FILE_SIZE"] = 1000
    cases: dict[str, tuple[str, bytes]] = {
        "FileEmpty": ("a.pdf", b""),
        "FileOfWrongType": ("a.pdf", b"MZ and so on"),
        "FileIsWebPage": ("a.pdf", HTML),
        "FileTooLarge": ("a.pdf", PDF + bytes(1000)),
    }
    for code, (name, content) in cases.items():
        answer = upload(mai, name, content)
        assert (answer.status_code, answer.json["code"]) == (422, code)


def test_a_body_of_another_shape_is_refused(mai: Caller) -> None:
    def send(**more: Any) -> TestResponse:
        return mai.post("/files", **more)

    assert send(data={"file": "text"}).status_code == 415
    assert send(body={"file": "text"}).status_code == 415
    assert send(data=b"no parts", content_type="multipart/form-data").status_code == 422
    assert send(data={"other": (BytesIO(PDF), "a.pdf")}).status_code == 422


def test_strange_names_do_no_harm(mai: Caller) -> None:
    names = ("../../etc/passwd.pdf", "a\tb.pdf", '";x="', "C:\\x\\b.pdf", "ả" * 400)
    for name in names:
        answer = upload(mai, name)
        assert answer.status_code == 201, (name, answer.text)
        assert "/" not in answer.json["name"]
        assert mai.get(f"/files/{answer.json['id']}").data == PDF


def test_names_that_no_file_has_are_not_found(mai: Caller) -> None:
    for name in ("0" * 32, "x", "../secret", "%00" * 32):
        assert mai.get(f"/files/{name}").status_code == 404
