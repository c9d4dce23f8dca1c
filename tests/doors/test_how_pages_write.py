"""How pages write times, hours, money, sizes and fixed values, and where they find their styles."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from flask import Flask

from app.domain.dossiers.status import ApplicantKind, Channel, Status
from app.domain.procedures.model import Level, OnlineLevel
from app.web import filters
from app.web.assets import AssetsMissing, asset_css, asset_url
from app.web.words import status_mood, status_word, word_for


@pytest.fixture(autouse=True)
def a_page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def test_a_moment_is_written_in_legal_time() -> None:
    assert filters.datetime_vn(datetime(2024, 11, 5, 10, 30, tzinfo=UTC)) == "17:30 ngày 05/11/2024"


def test_a_moment_late_in_the_evening_of_utc_belongs_to_the_next_local_day() -> None:
    late = datetime(2024, 11, 5, 18, 0, tzinfo=UTC)
    assert filters.date_vn(late) == "06/11/2024"
    assert filters.time_vn(late) == "01:00"
    assert filters.iso(late) == "2024-11-06T01:00:00+07:00"


def test_a_day_stays_the_day_it_is() -> None:
    assert filters.date_vn(date(2024, 11, 5)) == "05/11/2024"
    assert filters.iso(date(2024, 11, 5)) == "2024-11-05"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filters.datetime_vn(datetime(2024, 11, 5, 10, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("write", filters.FILTERS)
def test_nothing_is_written_as_nothing(write: object) -> None:
    assert callable(write)
    assert write(None) == ""


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (4, "4 giờ làm việc"),
        (8, "8 giờ làm việc (1 ngày làm việc)"),
        (Decimal(160), "160 giờ làm việc (20 ngày làm việc)"),
        (12, "12 giờ làm việc"),
        (3.25, "3 giờ 15 phút"),
        (timedelta(minutes=30), "30 phút"),
        (timedelta(hours=-2), "2 giờ làm việc"),
        (0, "0 giờ làm việc"),
    ],
)
def test_hours_are_written_in_words(hours: float | Decimal | timedelta, words: str) -> None:
    assert filters.hours_vn(hours) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Miễn phí"), (2_000, "2.000 đ"), (1_200_000, "1.200.000 đ")],
)
def test_money_is_written_in_whole_dong(amount: int, words: str) -> None:
    assert filters.money_vn(amount) == words


@pytest.mark.parametrize(
    ("size", "words"), [(812, "812 B"), (34_000, "33 KB"), (1_500_000, "1,4 MB")]
)
def test_sizes_are_written_for_people(size: int, words: str) -> None:
    assert filters.size_vn(size) == words


@pytest.mark.parametrize(
    "member", [*Channel, *Level, *OnlineLevel, *ApplicantKind, *Status], ids=str
)
def test_every_fixed_value_has_words(member: Enum) -> None:
    assert word_for(member)


@pytest.mark.parametrize("status", [*Status, "DRAFT"], ids=str)
def test_every_status_has_a_word_and_a_colour(status: Status | str) -> None:
    assert status_word(status)
    assert status_mood(status) in {"blue", "green", "grey", "purple", "red", "yellow"}


def test_a_built_entry_is_found_by_its_name(built: Path) -> None:
    del built
    assert asset_url("app") == "/static/dist/assets/app-1.js"
    assert asset_css("app") == ["/static/dist/assets/shared-3.css", "/static/dist/assets/app-2.css"]
    assert asset_url("letters.woff2") == "/static/dist/assets/letters-4.woff2"


def test_an_unknown_entry_says_which_are_known(built: Path) -> None:
    del built
    with pytest.raises(AssetsMissing, match=r"known: .*app.*make install"):
        asset_url("nothing")


def test_a_missing_build_says_what_to_do(app: Flask, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    with pytest.raises(AssetsMissing, match="run `make install`"):
        asset_url("app")


@pytest.fixture
def built(app: Flask, tmp_path: Path) -> Path:
    """A build of our own, so that the test needs no npm."""
    manifest = tmp_path / "dist" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text(
        '{"src/app.js": {"file": "assets/app-1.js", "name": "app", "isEntry": true,'
        ' "imports": ["_shared.js"], "css": ["assets/app-2.css"]},'
        ' "_shared.js": {"file": "assets/shared.js", "css": ["assets/shared-3.css"]},'
        ' "fonts/letters.woff2": {"file": "assets/letters-4.woff2"}}',
        encoding="utf-8",
    )
    app.static_folder = str(tmp_path)
    return manifest
