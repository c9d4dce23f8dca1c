"""How dates are counted, over the API."""

from collections.abc import Callable

from tests.doors.api.support import BIRTH, Caller


def test_an_applicant_is_told_the_clocks_of_the_whole_dossier(mai: Caller) -> None:
    code = mai.submit(BIRTH).json["code"]
    told = mai.get(f"/dossiers/{code}/clock").json
    assert [one["kind"] for one in told["accounts"]] == ["reception"]
    reception = told["accounts"][0]
    assert reception["due_at"] == mai.get(f"/dossiers/{code}").json["reception_due_at"]
    assert reception["working_seconds"] == 8 * 3600
    spans = reception["stretches"]
    assert (spans[0]["begins"], spans[-1]["ends"]) == (reception["starts_at"], reception["due_at"])
    assert sum(one["seconds"] for one in spans if one["kind"] == "working") == 8 * 3600
    assert told["shares"] == []


def test_strangers_are_not_told_that_the_dossier_exists(
    mai: Caller, caller: Callable[..., Caller]
) -> None:
    code = mai.submit(BIRTH).json["code"]
    assert caller("congdan2").get(f"/dossiers/{code}/clock").status_code == 404


def test_officers_are_told_steps_and_whose_time_it_was(mai: Caller, desk: Caller) -> None:
    code = mai.submit(BIRTH).json["code"]
    told = desk.get(f"/dossiers/{code}/clock").json
    assert [one["kind"] for one in told["accounts"]] == ["reception", "step"]
    assert {one["holder"] for one in told["shares"]} <= {"office"}
