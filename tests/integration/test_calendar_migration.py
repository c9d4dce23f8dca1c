"""Hours kept before editions become editions under the same numbers, and hold as evidence."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.orm import undefer

from app.domain.calendars.model import CalendarEdition
from app.domain.calendars.rules import FIRST, hash_of
from app.foundation.db import db
from tests.support.old_rows import MADE, database_at, insert

WEEK = {"mon": [["07:30", "11:30"]], "tue": [["13:30", "17:30"]]}
LONGER = {"mon": [["07:00", "11:30"]]}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def old_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of the first house."""
    with database_at("0001", request, tmp_path) as app:
        yield app


def old_version(number: int, valid_from: date, weekly: object) -> None:
    insert(
        "calendar_versions",
        id=number,
        calendar_id=5,
        valid_from=valid_from,
        weekly=orjson.dumps(weekly),
    )


def fill() -> None:
    insert("calendars", id=5, key="ha-tinh", name="Giờ", unit_id=None)
    old_version(7, date(2020, 1, 1), WEEK)
    old_version(9, date(2024, 12, 1), LONGER)
    insert("units", id=1, code="H27", name="x", level="PROVINCE", parent_id=None)
    insert("procedures", id=1)
    entry = '[[case]]\nkey = "x"\nterm_hours = 24'
    files = orjson.dumps({"procedure.toml": entry})
    insert("procedure_versions", id=1, procedure_id=1, files=files)
    known = {"calendar_version_id": 9, "status": 1, "receiving_unit_id": 1, "handling_unit_id": 1}
    insert("dossiers", id=1, **known, owner_kind="citizen", channel="online")
    insert("inbox_items", id=1, dossier_id=1, unit_id=1, state="open")


def editions() -> list[CalendarEdition]:
    return list(
        db.session().scalars(
            sa.select(CalendarEdition)
            .order_by(CalendarEdition.number)
            .options(undefer(CalendarEdition.content))
        )
    )


def test_versions_become_editions_under_their_numbers(old_app: Flask) -> None:
    fill()
    upgrade()
    first, second = editions()
    assert [(one.id, one.number, one.created_at) for one in (first, second)] == [
        (7, 1, MADE),
        (9, 2, MADE),
    ]
    assert [one["weekly"] for one in first.content["hours"]] == [WEEK]
    assert [(one["valid_from"], one["weekly"]) for one in second.content["hours"]] == [
        ("2020-01-01", WEEK),
        ("2024-12-01", LONGER),
    ]
    assert first.hash == hash_of(first, FIRST)
    assert second.hash == hash_of(second, first.hash)


def test_open_work_names_the_edition_of_its_dossier(old_app: Flask) -> None:
    fill()
    upgrade()
    told = db.session().execute(sa.text("SELECT calendar_version_id, hours FROM inbox_items"))
    assert told.all() == [(9, None)]


def test_going_back_keeps_the_hours(old_app: Flask) -> None:
    fill()
    upgrade()
    downgrade(revision="0001")
    with db.engine.connect() as connection:
        told = connection.execute(
            sa.text("SELECT id, weekly FROM calendar_versions ORDER BY id")
        ).all()
    assert [(number, orjson.loads(weekly)) for number, weekly in told] == [(7, WEEK), (9, LONGER)]


def test_a_database_without_calendars_is_brought_up_too(old_app: Flask) -> None:
    upgrade()
    assert editions() == []
