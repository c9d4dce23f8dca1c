"""The record of a dossier, read page by page and verified from outside."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson

from tests.doors.api.support import RECEPTION, Caller

COVERED = (
    "actor_id",
    "actor_name",
    "unit",
    "unit_name",
    "role",
    "version_id",
    "calendar_version_id",
    "payload_digest",
    "previous_hash",
)


def worked_on(birth: dict[str, Any], caller: Callable[..., Caller]) -> str:
    """Code of a dossier whose first steps are done."""
    desk = caller(RECEPTION)
    task = desk.open_task(birth["code"])
    assert desk.post(f"/inbox/{task}/claim").status_code == 200
    assert desk.complete(task).status_code == 200
    return str(birth["code"])


def test_entries_come_page_by_page(birth: dict[str, Any], caller: Callable[..., Caller]) -> None:
    code = worked_on(birth, caller)
    auditor = caller("kiemtra")
    whole = auditor.get(f"/dossiers/{code}/journal").json
    assert [entry["event"] for entry in whole["items"]] == [
        "dossier_submitted",
        "reception_started",
        "task_claimed",
        "task_completed",
        "reception_met",
        "due_date_set",
    ]
    assert whole["next"] is None
    paged, after = [], 0
    while after is not None:
        page = auditor.get(f"/dossiers/{code}/journal", after=after, limit=1).json
        paged += page["items"]
        after = page["next"]
    assert paged == whole["items"]


def test_whoever_holds_the_pages_can_verify_the_chain(
    birth: dict[str, Any], caller: Callable[..., Caller]
) -> None:
    page = caller("kiemtra").get(f"/dossiers/{worked_on(birth, caller)}/journal").json
    previous = "0" * 64
    for entry in page["items"]:
        assert entry["previous_hash"] == previous
        payload = orjson.dumps(entry["payload"], option=orjson.OPT_SORT_KEYS)
        digest = hashlib.sha256(bytes.fromhex(entry["salt"]) + payload).hexdigest()
        assert digest == entry["payload_digest"]
        told = [entry["hash_format"], page["dossier_id"], entry["seq"], entry["event"], entry["at"]]
        told += [entry[name] for name in COVERED]
        assert hashlib.sha256(orjson.dumps(told)).hexdigest() == entry["hash"]
        previous = entry["hash"]


def test_an_applicant_sees_own_answers_but_not_the_inner_side_of_the_office(
    birth: dict[str, Any], mai: Caller, caller: Callable[..., Caller]
) -> None:
    code = worked_on(birth, caller)
    mine, _, _, theirs, *_ = mai.get(f"/dossiers/{code}/journal").json["items"]
    assert mine["payload"]["data"]
    assert not mine["redacted"]
    assert theirs["redacted"]
    assert theirs["salt"] is None
    assert not theirs["payload"].keys() & {"data", "variables", "state", "files"}
    assert theirs["payload"]["step"] == "reception"


def test_a_page_that_cannot_be_is_refused(birth: dict[str, Any], mai: Caller) -> None:
    for query in ({"after": "-1"}, {"after": "9" * 30}, {"limit": "0"}, {"limit": "x"}):
        assert mai.get(f"/dossiers/{birth['code']}/journal", **query).status_code == 422
