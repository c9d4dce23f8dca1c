"""`procedures versions` and `procedures migrate` at a terminal."""

from typing import Any

import orjson
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.actions import migrate_procedure
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.foundation.db import db
from tests.support.second_version import BIRTH, deploy, second_files
from tests.support.story import Story

REGISTRAR = "tai.cambinh"


@pytest.fixture
def town(app: Flask) -> list[Story]:
    """Three dossiers of version 1, the first of them in the step that is renamed in version 2."""
    stories = [Story(app) for _ in range(3)]
    for story in stories:
        story.submit(BIRTH)
    stories[0].complete("reception", "quyen.cambinh")
    deploy(app, second_files())
    return stories


def run(app: Flask, *words: str, answer: str | None = None) -> Result:
    """Run a command; what goes wrong without being foreseen is raised."""
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["procedures", *words], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def migrate(app: Flask, *words: str, answer: str | None = None) -> Result:
    return run(app, "migrate", BIRTH, "--to", "2", *words, answer=answer)


def told(result: Result) -> Any:
    return orjson.loads(result.stdout)


def moved(app: Flask) -> int:
    """How many moves the journals tell of."""
    with app.app_context():
        wanted = select(JournalEntry.seq).where(JournalEntry.event == Event.VERSION_MIGRATED)
        return len(db.session().scalars(wanted).all())


def test_versions_are_listed_with_what_runs_on_them(app: Flask, town: list[Story]) -> None:
    lines = run(app, "versions", BIRTH).output.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["2", "1"]
    assert lines[1].endswith("current")
    second, first = told(run(app, "versions", BIRTH, "--json"))
    assert (first["running"], second["running"], second["current"]) == (3, 0, True)
    assert len(first["content_hash"]) == 64
    assert run(app, "versions", "nothing").exit_code == 1


def test_a_plan_changes_nothing_and_tells_all(app: Flask, town: list[Story]) -> None:
    result = migrate(app, "--plan", "--json")
    plan = told(result)
    assert result.exit_code == 3
    assert plan["counts"] == {"movable": 2, "stays": 1, "there": 0}
    assert plan["proposals"] == [
        {"old": "verification", "new": "appraisal", "name": "Thẩm tra nội dung khai sinh"}
    ]
    held = next(one for one in plan["dossiers"] if one["verdict"] == "stays")
    assert (held["code"], held["steps"]) == (town[0].code, ["verification"])
    assert held["reasons"][0]["code"] == "step-gone"
    assert plan["by_step"] == {"reception": {"movable": 2}, "verification": {"stays": 1}}
    assert moved(app) == 0
    words = migrate(app, "--plan").output
    assert "2 can move, 1 stay, 0 are there" in words
    assert "proposed (--accept takes it): verification = appraisal" in words
    assert (
        f"[step-gone]\n         Say which step it is now: --map old=new.\n         {held['code']}"
        in (words)
    )


def test_it_asks_before_it_moves(app: Flask, town: list[Story]) -> None:
    refused = migrate(app, "--map", "verification=appraisal", answer="n\n")
    assert (refused.exit_code, moved(app)) == (1, 0)
    assert "Move 3 dossiers to version 2? [y/N]" in refused.output
    done = migrate(app, "--map", "verification=appraisal", answer="y\n")
    assert (done.exit_code, moved(app)) == (0, 3)
    assert "mapped: verification = appraisal" in done.output
    assert done.output.endswith("3 moved, 0 stay, 0 failed; 0 drafts moved\n")
    again = migrate(app, "--map", "verification=appraisal")
    assert (again.exit_code, moved(app)) == (0, 3)
    assert "0 can move, 0 stay, 3 are there" in again.output


def test_what_cannot_move_is_told_and_has_its_own_exit_code(app: Flask, town: list[Story]) -> None:
    result = migrate(app, "--yes", "--json", "--batch", "1")
    assert result.exit_code == 3
    report = told(result)
    assert report["moved"] == [story.code for story in town[1:]]
    assert list(report["stay"]) == [town[0].code]
    rest = migrate(app, "--yes", "--accept", "--by", REGISTRAR)
    assert (rest.exit_code, moved(app)) == (0, 3)
    with app.app_context():
        names = select(JournalEntry.actor_name).where(JournalEntry.event == Event.VERSION_MIGRATED)
        assert set(db.session().scalars(names)) == {"Hệ thống", "Dương Văn Tài"}


def test_it_stops_after_as_many_as_wanted(app: Flask, town: list[Story]) -> None:
    assert migrate(app, "--yes", "--at-most", "1").exit_code == 3
    assert moved(app) == 1
    assert migrate(app, "--yes", "--accept", "--from", "1").exit_code == 0
    assert moved(app) == 3


@pytest.mark.parametrize("stop", [True, False])
def test_a_dossier_that_fails_keeps_the_others_from_nothing(
    app: Flask, town: list[Story], monkeypatch: pytest.MonkeyPatch, *, stop: bool
) -> None:
    real = migrate_procedure.migrate_dossier

    def failing(session: Any, number: int, *args: Any, **kwargs: Any) -> Any:
        result = real(session, number, *args, **kwargs)
        if number == 1:
            raise OSError("the disk is full")
        return result

    monkeypatch.setattr(migrate_procedure, "migrate_dossier", failing)
    result = migrate(app, "--yes", "--accept", *(["--stop"] if stop else []))
    assert result.exit_code == 1
    assert f"{town[0].code} failed: OSError" in result.output
    assert moved(app) == (0 if stop else 2)
    monkeypatch.undo()
    assert migrate(app, "--yes", "--accept").exit_code == 0
    assert moved(app) == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--map", "verification"], 2, "write it as old=new"),
        (["--map", "x=appraisal", "--map", "verification=y"], 1, "x: No version that is left"),
        (["--map", "verification=y"], 1, "verification: The version to move to has no “y”."),
        (["--map", "verification=flow_start"], 1, "not of the same sort"),
        (["--from", "7"], 1, "has no version 7."),
        (["--by", "nobody"], 1, "nobody"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_words(
    app: Flask, town: list[Story], words: list[str], code: int, said: str
) -> None:
    result = migrate(app, "--yes", *words)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert moved(app) == 0


def test_a_damaged_state_is_told_in_the_plan(app: Flask, town: list[Story]) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE processes SET snapshot = CAST('x' AS BLOB) WHERE dossier_id = 2"
        )
    plan = told(migrate(app, "--plan", "--json"))
    codes = {one["code"]: [r["code"] for r in one["reasons"]] for one in plan["dossiers"]}
    assert codes[town[1].code] == ["damaged"]
    assert f"{town[1].code} failed: SnapshotUnreadable" in migrate(app, "--yes").output
