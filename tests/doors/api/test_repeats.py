"""Two callers at once: one dossier for one key, one success for one task."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.dossiers.model import Dossier
from app.foundation.db import db
from tests.doors.api.support import BIRTH, RECEPTION, V1, Caller

TWINS = 4


def at_once(send: Callable[[], TestResponse]) -> list[TestResponse]:
    with ThreadPoolExecutor(TWINS) as pool:
        return [twin.result() for twin in [pool.submit(send) for _ in range(TWINS)]]


def test_one_key_sent_by_four_makes_one_dossier(
    any_app: Flask, every_caller: Callable[[str], Caller]
) -> None:
    mai = every_caller("congdan1")
    body: dict[str, Any] = {"procedure": BIRTH, "data": mai.application(BIRTH)}
    headers = mai.headers | {"Idempotency-Key": "twins"}
    answers = at_once(
        lambda: any_app.test_client().post(f"{V1}/dossiers", json=body, headers=headers)
    )
    assert [answer.status_code for answer in answers] == [201] * TWINS
    assert len({answer.json["code"] for answer in answers}) == 1
    with any_app.app_context():
        assert db.session().scalar(select(func.count()).select_from(Dossier)) == 1


def test_one_task_completed_by_four_is_done_once(
    any_app: Flask, every_caller: Callable[[str], Caller]
) -> None:
    code = every_caller("congdan1").submit(BIRTH).json["code"]
    desk = every_caller(RECEPTION)
    task = desk.open_task(code)
    body = {"data": desk.answers(task)}
    answers = at_once(
        lambda: any_app.test_client().post(
            f"{V1}/inbox/{task}/complete", json=body, headers=desk.headers
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    journal = desk.get(f"/dossiers/{code}/journal").json["items"]
    assert [entry["event"] for entry in journal] == [
        "dossier_submitted",
        "reception_started",
        "task_completed",
        "reception_met",
        "due_date_set",
    ]
