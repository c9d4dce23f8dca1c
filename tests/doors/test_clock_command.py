"""Deadlines at the prompt, one by one and by the table."""

import csv
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from tests.support import apps

CASES = Path(__file__).parents[3] / "shared" / "domain" / "sla_cases.csv"
PRESETS = ["HT-8H", "TD-8H", "OFF-7H30", "SAT-AM"]
HEAD = "calendar,submitted_at,start_strict,due_strict,start_lenient,due_lenient"


def typed(app: Flask, *arguments: str, table: str | bytes | None = None) -> Result:
    """What comes of `flask clock ...`."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=["clock", *arguments], input=table)


def test_one_deadline_is_told_under_each_reading(app: Flask) -> None:
    result = typed(app, "due", "HT-8H", "2024-11-04T11:30")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "reading  start                due",
        "strict   2024-11-04T13:30:00  2024-11-05T11:30:00  (the rule of this calendar)",
        "lenient  2024-11-04T14:30:00  2024-11-05T14:30:00",
        "hard     2024-11-04T13:30:00  2024-11-04T14:30:00",
    ]


def test_other_hours_and_a_moment_with_a_zone(app: Flask) -> None:
    result = typed(app, "due", "SAT-AM", "2024-11-04T02:00:00+00:00", "--hours", "2.5")
    assert "strict   2024-11-04T09:00:00  2024-11-04T11:30:00" in result.output


@pytest.mark.parametrize(
    ("moments", "hours"),
    [
        (("2024-11-04T09:00", "2024-11-05T09:00"), "8"),
        (("2024-11-04T09:00", "2024-11-04T09:45"), "0.75"),
        (("2024-11-05T09:00", "2024-11-04T09:00"), "-8"),
        (("2024-01-01", "2034-01-01"), "20512"),
    ],
)
def test_hours_between_two_moments(app: Flask, moments: tuple[str, str], hours: str) -> None:
    assert typed(app, "between", "HT-8H", *moments).output == f"{hours}\n"


@pytest.mark.skipif(not CASES.exists(), reason="the worked cases are not part of the project")
def test_a_table_of_the_worked_cases_comes_out_as_written(app: Flask) -> None:
    cases = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))
    rows = [f"HT-8H,{case['submitted_at']}" for case in cases]
    table = "\n".join(("calendar,submitted_at", *rows))
    result = typed(app, "due", "--batch", table=table)
    columns = HEAD.split(",")[1:]
    wanted = [",".join(("HT-8H", *(case[column] for column in columns))) for case in cases]
    assert result.exit_code == 0
    assert result.output.splitlines() == [HEAD, *wanted]


def test_a_table_may_have_more_columns_in_any_order_and_come_from_a_spreadsheet(app: Flask) -> None:
    table = "\ufeffnote,submitted_at,calendar\r\n,2024-11-04T09:00:00,OFF-7H30\r\n\r\n"
    result = typed(app, "due", "--batch", table=table)
    moments = ("2024-11-04T09:00:00", "2024-11-05T09:30:00")
    assert result.stdout.splitlines() == [
        HEAD,
        ",".join(("OFF-7H30", "2024-11-04T09:00:00", *moments, *moments)),
    ]


def test_wrong_rows_keep_their_place_and_are_named(app: Flask) -> None:
    rows = (
        "calendar,submitted_at",
        "HT-8H,2024-11-04",
        "HT,2024-11-04T09:00:00",
        "HT-8H",
        "HT-8H,2024-11-04T09:00:00",
        '"a"b,',
        "HT-8H,2300-01-01T00:00:00",
        "HT-8H,tomorrow",
    )
    result = typed(app, "due", "--batch", table="\n".join(rows))
    told = result.stderr.splitlines()
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in told] == [
        "line 2, submitted_at",
        "line 3, calendar",
        "line 4, submitted_at",
        "line 6, calendar",
        "line 7, submitted_at",
        "line 8, submitted_at",
    ]
    answered = result.stdout.splitlines()
    assert len(answered) == len(rows)
    assert answered[4].endswith("2024-11-05T09:00:00")
    assert answered[1] == "HT-8H,2024-11-04,,,,"


def test_rows_that_rest_on_estimates_are_counted(app: Flask) -> None:
    table = "calendar,submitted_at\nHT-8H,2027-02-03T20:00\nHT-8H,2028-02-03T20:00\n"
    result = typed(app, "due", "--batch", table=table)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 3)
    assert result.stderr.splitlines() == [
        "1 rows: no days off are entered for 2028.",
        "1 rows rest on days that no document confirms yet.",
    ]
    one = typed(app, "due", "HT-8H", "2027-11-23T16:00")
    assert "not confirmed yet: 2027-11-24 Ngày Văn hóa Việt Nam" in one.output


def test_a_deadline_is_explained_stretch_by_stretch(app: Flask) -> None:
    result = typed(app, "due", "HT-8H", "2024-02-07T16:00:30", "--explain")
    explained = [" ".join(line.split()) for line in result.output.splitlines()[5:]]
    assert explained == [
        "from to kind counted in all",
        "2024-02-07T16:00:30 2024-02-07T17:30:00 working 1:29:30 1:29:30",
        (
            "2024-02-07T17:30:00 2024-02-15T07:30:00 holiday Tết Nguyên đán, Bộ luật Lao động "
            "2019, Điều 112; Thông báo 5015/TB-LĐTBXH ngày 22/11/2023"
        ),
        "2024-02-15T07:30:00 2024-02-15T11:30:00 working 4:00 5:29:30",
        "2024-02-15T11:30:00 2024-02-15T13:30:00 lunch",
        "2024-02-15T13:30:00 2024-02-15T16:00:30 working 2:30:30 8:00",
    ]
    assert "not confirmed yet" in typed(app, "due", "HT-8H", "2027-11-23T16:00", "--explain").output


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"", "missing: calendar, submitted_at"),
        (b"calendar,sent\n", "missing: submitted_at"),
        (b"calendar,submitted_at\n\xff\xfe,\n", "line 2: the table is not written in UTF-8"),
        (b'"calendar"x,submitted_at\n', "line 1: this is no CSV"),
    ],
)
def test_what_is_no_table_is_refused(app: Flask, table: bytes, told: str) -> None:
    result = typed(app, "due", "--batch", table=table)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["due"], 2, "Give CALENDAR and INSTANT"),
        (["due", "HT-8H", "2024-11-04T09:00", "--batch"], 2, "standard input"),
        (["due", "--batch", "--explain"], 2, "explains none"),
        (["due", "HT-8H", "soon"], 2, "no moment"),
        (["due", "HT-8H", "2024-11-04T09:00", "--hours", "x"], 2, "no number of hours"),
        (["due", "HT-8H", "2024-11-04T09:00", "--hours", "-1"], 1, "cannot be counted"),
        (["due", "NOWHERE", "2024-11-04T09:00"], 1, "There is no calendar “NOWHERE”"),
        (["due", "HT-8H", "1980-11-04T09:00"], 1, "1990 to 2100"),
    ],
)
def test_what_cannot_be_answered_is_said(
    app: Flask, arguments: list[str], code: int, told: str
) -> None:
    result = typed(app, *arguments)
    assert (result.exit_code, told in result.output) == (code, True)


def test_stored_calendars_are_found_by_their_key(app: Flask) -> None:
    listed = typed(app, "calendars").output.split()
    assert listed[:4] == PRESETS
    result = typed(app, "due", listed[4], "2024-11-04T09:00")
    assert "strict   2024-11-04T09:00:00  2024-11-05T09:00:00" in result.output


def test_presets_need_no_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nothing.sqlite3'}"
    with apps.closing(create_app(apps.test_config(url, tmp_path))) as bare:
        assert typed(bare, "calendars").output.split() == PRESETS
        assert typed(bare, "due", "HT-8H", "2024-11-04T09:00").exit_code == 0
        assert typed(bare, "due", "ha-tinh", "2024-11-04T09:00").exit_code == 1
