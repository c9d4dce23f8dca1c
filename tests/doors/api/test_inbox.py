"""Finding work and doing it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.foundation import clock
from tests.doors.api.support import BIRTH, RECEPTION, Caller


def test_the_inbox_comes_page_by_page(mai: Caller, desk: Caller) -> None:
    codes = [mai.submit(BIRTH).json["code"] for _ in range(5)]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = desk.get("/inbox", **query).json
        seen += [row["code"] for row in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == codes


def test_the_inbox_is_narrowed_by_step_and_channel(birth: dict[str, Any], desk: Caller) -> None:
    for query, found in (
        ({"step": "reception"}, [birth["code"]]),
        ({"step": "verification"}, []),
        ({"channel": "online"}, [birth["code"]]),
        ({"channel": "counter"}, []),
    ):
        assert [row["code"] for row in desk.get("/inbox", **query).json["items"]] == found
    assert desk.get("/inbox", channel="pigeon").status_code == 422


def test_a_row_says_what_is_to_be_done(birth: dict[str, Any], desk: Caller) -> None:
    row = desk.get("/inbox").json["items"][0]
    assert row["code"] == birth["code"]
    assert row["step"] == row["form_id"] == "reception"
    assert row["procedure"] == BIRTH
    assert row["owner_name"] == "Nguyễn Thị Mai"
    assert row["overdue"] is False
    assert row["assignee"] is None


def test_a_task_brings_its_form_and_its_dossier(birth: dict[str, Any], desk: Caller) -> None:
    told = desk.get(f"/inbox/{desk.open_task(birth['code'])}").json
    assert told["state"] == "open"
    assert told["can_complete"] is True
    assert told["form"]["id"]
    assert told["dossier"]["code"] == birth["code"]
    assert told["application"]["data"]


def test_a_task_of_others_is_not_found(
    birth: dict[str, Any], desk: Caller, caller: Callable[..., Caller]
) -> None:
    task = desk.open_task(birth["code"])
    for stranger in ("congdan1", "congdan2", "tai.cambinh", "lan.sngv"):
        assert caller(stranger).get(f"/inbox/{task}").status_code == 404


def test_numbers_that_no_task_has_are_not_found(desk: Caller) -> None:
    for number in ("0", "-1", "987654321", str(2**63), "9" * 19, "9" * 5000, "1e3", "%00"):
        assert desk.get(f"/inbox/{number}").status_code == 404
        assert desk.post(f"/inbox/{number}/claim").status_code == 404
        assert desk.post(f"/inbox/{number}/complete", {"data": {}}).status_code == 404


def test_a_task_is_taken_and_given_back(birth: dict[str, Any], desk: Caller) -> None:
    task = desk.open_task(birth["code"])
    taken = desk.post(f"/inbox/{task}/claim").json
    assert taken["state"] == "open"
    assert taken["assignee_id"] is not None
    assert [row["id"] for row in desk.get("/inbox", mine="true").json["items"]] == [task]
    assert desk.post(f"/inbox/{task}/release").json["assignee_id"] is None
    assert desk.get("/inbox", mine="true").json["items"] == []


def test_a_completed_task_moves_the_dossier_on(birth: dict[str, Any], desk: Caller) -> None:
    task = desk.open_task(birth["code"])
    answer = desk.complete(task)
    assert answer.status_code == 200
    assert answer.json["code"] == birth["code"]
    assert answer.json["state"] == "done"
    told = desk.get(f"/dossiers/{birth['code']}").json
    assert told["status"] == answer.json["status"]
    assert [step["step"] for step in told["current_steps"]] == ["verification"]
    done = desk.get(f"/inbox/{task}").json
    assert (done["state"], done["can_complete"]) == ("done", False)


def test_a_task_is_done_once(birth: dict[str, Any], desk: Caller) -> None:
    task = desk.open_task(birth["code"])
    first = desk.complete(task, key="once")
    assert desk.complete(task, key="once").json == first.json
    for key in (None, "twice"):
        answer = desk.complete(task, key=key)
        assert (answer.status_code, answer.json["code"]) == (409, "TaskAlreadyDone")


def test_a_task_of_another_unit_cannot_be_done(
    birth: dict[str, Any], desk: Caller, caller: Callable[..., Caller]
) -> None:
    task = desk.open_task(birth["code"])
    for verb in ("claim", "release", "complete"):
        answer = caller("lan.sngv").post(f"/inbox/{task}/{verb}", {"data": {}})
        assert (answer.status_code, answer.json["code"]) == (403, "TaskOfAnotherUnit")


def test_wrong_answers_are_named(birth: dict[str, Any], desk: Caller) -> None:
    task = desk.open_task(birth["code"])
    answer = desk.post(f"/inbox/{task}/complete", {"data": {"no_such": 1}})
    assert answer.status_code == 422
    assert "no_such" in answer.json["errors"]
    assert desk.complete(task).status_code == 200


def test_a_citizen_finds_the_own_task_and_answers_it(
    birth: dict[str, Any], mai: Caller, desk: Caller
) -> None:
    desk.complete(desk.open_task(birth["code"]), reception_decision="supplement")
    task = mai.open_task(birth["code"])
    assert mai.get(f"/inbox/{task}").json["role"] == "applicant"
    assert mai.complete(task).status_code == 200


def test_the_whole_matter_ends_with_a_result(
    birth: dict[str, Any], caller: Callable[..., Caller]
) -> None:
    for officer in (
        RECEPTION,
        "tai.cambinh",
        "tai.cambinh",
        "tai.cambinh",
        "vinh.cambinh",
        "xuan.cambinh",
        RECEPTION,
    ):
        worker = caller(officer)
        assert worker.complete(worker.open_task(birth["code"])).status_code == 200
    told = caller("congdan1").get(f"/dossiers/{birth['code']}").json
    assert (told["state"], told["status_name"]) == ("completed", "RETURNED_RESULT")
    assert told["current_steps"] == []
    assert told["closed_at"] is not None


def test_a_forged_page_marker_is_refused(desk: Caller) -> None:
    forged = ("x", "AAAA", "WzAsIjIwMjQtMDEtMDFUMDA6MDA6MDArMDA6MDAiLDFlMzBd", "%00", "é")
    for cursor in forged:
        assert desk.get("/inbox", cursor=cursor).status_code == 422
    for query in ({"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"mine": "perhaps"}):
        assert desk.get("/inbox", **query).status_code == 422


def test_what_is_due_is_late_even_before_the_watch_has_flagged_it(
    birth: dict[str, Any], desk: Caller
) -> None:
    task = desk.open_task(birth["code"])
    with clock.at(clock.now() + timedelta(days=30)):
        assert desk.get("/inbox").json["items"][0]["overdue"] is True
        assert desk.get(f"/inbox/{task}").json["overdue"] is True
        step = desk.get(f"/dossiers/{birth['code']}").json["current_steps"][0]
    assert step["overdue"] is True
