"""The rule of the eight working hours, on the worked cases and in every reading."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.worktime import (
    OutOfHours,
    Rules,
    WorkingCalendar,
    add_working_hours,
    next_opening,
    preset,
    reception_deadline,
)
from tests.unit.worktime.times import calendars, local, starts, told

#: The worked cases lie beside the project, with the law.
CASES = Path(__file__).parents[4] / "shared" / "domain" / "sla_cases.csv"
LENIENT = Rules(out_of_hours=OutOfHours.LENIENT)
HARD = Rules(out_of_hours=OutOfHours.HARD)


def answers(calendar: WorkingCalendar, submitted_at: datetime) -> list[str]:
    strict = reception_deadline(calendar, submitted_at)
    lenient = reception_deadline(calendar, submitted_at, rules=LENIENT)
    return [told(at) for at in (strict.start, strict.due, lenient.start, lenient.due)]


@pytest.mark.skipif(not CASES.exists(), reason="the worked cases are not part of the project")
def test_every_worked_case_comes_out_as_written() -> None:
    office = preset("HT-8H")
    rows = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))
    columns = ("start_strict", "due_strict", "start_lenient", "due_lenient")
    wrong = {
        row["case"]: (found, wanted)
        for row in rows
        if (found := answers(office, local(row["submitted_at"])))
        != (wanted := [row[column] for column in columns])
    }
    assert wrong == {}
    assert len(rows) >= 25


#: Spec §4.4: sent, strict start and due, lenient start and due.
TABLE = """
2024-11-04T09:00 2024-11-04T09:00 2024-11-05T09:00 2024-11-04T09:00 2024-11-05T09:00
2024-11-04T07:30 2024-11-04T07:30 2024-11-04T17:30 2024-11-04T07:30 2024-11-04T17:30
2024-11-04T11:30 2024-11-04T13:30 2024-11-05T11:30 2024-11-04T14:30 2024-11-05T14:30
2024-11-04T17:29 2024-11-04T17:29 2024-11-05T17:29 2024-11-04T17:29 2024-11-05T17:29
2024-11-04T17:30 2024-11-05T07:30 2024-11-05T17:30 2024-11-05T08:30 2024-11-06T08:30
2024-11-08T20:00 2024-11-11T07:30 2024-11-11T17:30 2024-11-11T08:30 2024-11-12T08:30
2024-02-07T18:00 2024-02-15T07:30 2024-02-15T17:30 2024-02-15T08:30 2024-02-16T08:30
2024-05-03T15:00 2024-05-03T15:00 2024-05-04T15:00 2024-05-03T15:00 2024-05-04T15:00
2026-01-02T09:00 2026-01-05T07:30 2026-01-05T17:30 2026-01-05T08:30 2026-01-06T08:30
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_the_table_of_the_specification(line: str) -> None:
    submitted, *wanted = line.split()
    assert answers(preset("HT-8H"), local(submitted)) == [f"{at}:00" for at in wanted]


#: Counted by hand: calendar, sent, strict start and due, lenient start and due.
BY_HAND = """
TD-8H 2024-11-04T07:00 2024-11-04T07:00 2024-11-04T17:00 2024-11-04T07:00 2024-11-04T17:00
TD-8H 2024-11-04T06:59:59 2024-11-04T07:00 2024-11-04T17:00 2024-11-04T08:00 2024-11-05T08:00
TD-8H 2024-11-04T12:15 2024-11-04T13:30 2024-11-05T11:30 2024-11-04T14:30 2024-11-05T14:30
TD-8H 2024-11-08T16:30 2024-11-08T16:30 2024-11-11T16:30 2024-11-08T16:30 2024-11-11T16:30
TD-8H 2024-11-08T17:00 2024-11-11T07:00 2024-11-11T17:00 2024-11-11T08:00 2024-11-12T08:00
TD-8H 2024-05-04T07:15 2024-05-04T07:15 2024-05-06T07:15 2024-05-04T07:15 2024-05-06T07:15
OFF-7H30 2024-11-04T09:00 2024-11-04T09:00 2024-11-05T09:30 2024-11-04T09:00 2024-11-05T09:30
OFF-7H30 2024-11-04T07:30 2024-11-04T07:30 2024-11-05T08:00 2024-11-04T07:30 2024-11-05T08:00
OFF-7H30 2024-11-04T17:00 2024-11-05T07:30 2024-11-06T08:00 2024-11-05T08:30 2024-11-06T09:00
OFF-7H30 2024-11-08T11:00 2024-11-08T11:00 2024-11-11T11:30 2024-11-08T11:00 2024-11-11T11:30
SAT-AM 2024-11-08T15:00 2024-11-08T15:00 2024-11-11T09:00 2024-11-08T15:00 2024-11-11T09:00
SAT-AM 2024-11-09T08:00 2024-11-09T08:00 2024-11-11T14:00 2024-11-09T08:00 2024-11-11T14:00
SAT-AM 2024-11-09T11:30 2024-11-11T07:30 2024-11-11T17:30 2024-11-11T08:30 2024-11-12T08:30
SAT-AM 2024-11-08T17:30 2024-11-09T07:30 2024-11-11T11:30 2024-11-09T08:30 2024-11-11T14:30
SAT-AM 2024-05-03T15:00 2024-05-03T15:00 2024-05-04T15:00 2024-05-03T15:00 2024-05-04T15:00
SAT-AM 2025-02-01T08:00 2025-02-03T07:30 2025-02-03T17:30 2025-02-03T08:30 2025-02-04T08:30
"""


@pytest.mark.parametrize("line", BY_HAND.strip().splitlines())
def test_the_other_calendars_by_hand(line: str) -> None:
    key, submitted, *wanted = line.split()
    assert answers(preset(key), local(submitted)) == [f"{at}:00" for at in wanted]


@pytest.mark.parametrize(
    ("sent", "start", "due"),
    [
        ("2024-11-04T09:00", "2024-11-04T09:00", "2024-11-05T09:00"),
        ("2024-11-04T17:30", "2024-11-05T07:30", "2024-11-05T08:30"),
        ("2024-11-04T12:00", "2024-11-04T13:30", "2024-11-04T14:30"),
        ("2024-11-09T10:00", "2024-11-11T07:30", "2024-11-11T08:30"),
    ],
)
def test_the_hard_reading_wants_the_reception_within_an_hour(
    sent: str, start: str, due: str
) -> None:
    found = reception_deadline(preset("HT-8H"), local(sent), rules=HARD)
    assert (found.start, found.due) == (local(start), local(due))


@pytest.mark.parametrize("reading", OutOfHours)
def test_where_lunch_is_no_time_out_of_hours_it_only_moves_the_start(reading: OutOfHours) -> None:
    rules = Rules(out_of_hours=reading, lunch_is_out_of_hours=False)
    for sent in ("2024-11-04T11:30", "2024-11-04T12:59:59"):
        found = reception_deadline(preset("HT-8H"), local(sent), rules=rules)
        assert (told(found.start), told(found.due)) == (
            "2024-11-04T13:30:00",
            "2024-11-05T11:30:00",
        )
    evening = local("2024-11-04T17:30")
    same = Rules(out_of_hours=reading)
    assert reception_deadline(preset("HT-8H"), evening, rules=rules) == reception_deadline(
        preset("HT-8H"), evening, rules=same
    )


def test_the_calendar_brings_its_own_rules() -> None:
    office = preset("HT-8H")
    lenient = WorkingCalendar(hours=office.hours, exceptions=office.exceptions, rules=LENIENT)
    evening = local("2024-11-04T17:30")
    assert reception_deadline(lenient, evening) == reception_deadline(
        office, evening, rules=LENIENT
    )


@settings(max_examples=60)
@given(calendar=calendars(), sent=starts())
def test_no_reading_gives_less_than_the_next_and_all_agree_in_working_time(
    calendar: WorkingCalendar, sent: datetime
) -> None:
    strict = reception_deadline(calendar, sent)
    lenient = reception_deadline(calendar, sent, rules=LENIENT)
    hard = reception_deadline(calendar, sent, rules=HARD)
    assert hard.due <= strict.due <= lenient.due
    assert strict.start == next_opening(calendar, sent)
    assert strict.due == add_working_hours(calendar, sent, 8)
    if strict.start == sent:
        assert strict == lenient == hard
    else:
        assert lenient.due == add_working_hours(calendar, sent, 9)
        assert hard.due == add_working_hours(calendar, sent, 1)


def test_another_term_than_eight_hours() -> None:
    found = reception_deadline(preset("HT-8H"), local("2024-11-04T09:00"), Decimal("2.5"))
    assert found.due == local("2024-11-04T11:30")
