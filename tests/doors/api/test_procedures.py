"""The public catalogue."""

from collections.abc import Callable

from tests.doors.api.support import BIRTH, Caller


def test_a_visitor_sees_every_procedure_on_offer(caller: Callable[..., Caller]) -> None:
    rows = caller().get("/procedures").json["items"]
    birth = next(row for row in rows if row["key"] == BIRTH)
    assert birth["code"] == "1.001193"
    assert birth["level"] == "COMMUNE"
    assert birth["online_level"] == "PARTIAL"
    assert birth["fee_vnd"] == 0
    assert [case["default"] for case in birth["cases"]] == [True]


def test_a_procedure_comes_with_papers_units_and_forms(caller: Callable[..., Caller]) -> None:
    told = caller().get(f"/procedures/{BIRTH}").json
    assert told["offers"] == [{"unit": "H27.30.01", "unit_name": "UBND xã Cẩm Bình"}]
    assert told["papers"][0]["required"] is True
    assert told["form"]["components"] == told["cases"][0]["form"]["components"]
    assert told["version"] == 1
    assert len(told["content_hash"]) == 64


def test_an_unknown_procedure_is_not_found(caller: Callable[..., Caller]) -> None:
    answer = caller().get("/procedures/no-such-thing")
    assert answer.status_code == 404
    assert answer.json["code"] == "UnknownProcedure"
    assert "no-such-thing" in answer.json["detail"]


def test_a_key_that_cannot_be_one_is_not_found(caller: Callable[..., Caller]) -> None:
    assert caller().get("/procedures/%00").status_code == 404
    assert caller().get("/procedures/" + "x" * 4000).status_code == 404


def test_the_service_says_that_it_is_ready(caller: Callable[..., Caller]) -> None:
    assert caller().get("/health").json == {"status": "ok", "database": "ok"}
