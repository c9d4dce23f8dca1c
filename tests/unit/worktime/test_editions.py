"""The stored form of a calendar can be read and written, and says where it is wrong."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.foundation.errors import Invalid
from app.worktime import (
    CalendarInvalid,
    OutOfHours,
    Rules,
    WorkingCalendar,
    edition_content,
    preset,
    read_calendar,
    read_edition,
)
from tests.unit.worktime.times import calendars

WEEK = {"mon": [["07:30", "11:30"], ["13:30", "17:30"]]}
HOURS = {"valid_from": "2023-01-01", "valid_to": None, "name": "", "weekly": WEEK}
TET = {
    "day": "2024-02-08",
    "kind": "holiday",
    "name": "Tết",
    "source": "TB 5015",
    "confirmed": True,
    "intervals": None,
}


@pytest.mark.parametrize("key", ["HT-8H", "SAT-AM"])
def test_what_was_written_is_read_again(key: str) -> None:
    calendar = preset(key)
    assert read_edition(json.loads(json.dumps(edition_content(calendar)))) == calendar


@settings(max_examples=50)
@given(calendar=calendars())
def test_any_calendar_can_be_stored(calendar: WorkingCalendar) -> None:
    assert read_edition(json.loads(json.dumps(edition_content(calendar)))) == calendar


def test_rules_are_stored_exactly() -> None:
    rules = Rules(
        out_of_hours=OutOfHours.HARD,
        lunch_is_out_of_hours=False,
        handover_cutoff=None,
        warn_ratios=(Decimal("0.5"), Decimal("0.9"), Decimal(1)),
        escalation_roles=("director",),
        escalation_hours=Decimal("4.5"),
        apology_hours=Decimal(16),
    )
    calendar = WorkingCalendar(hours=preset("HT-8H").hours, rules=rules)
    assert read_edition(edition_content(calendar)).rules == rules


def test_what_is_left_out_is_as_by_default() -> None:
    calendar = read_edition({"hours": [{"valid_from": "2023-01-01", "weekly": WEEK}]})
    assert (calendar.exceptions, calendar.rules) == ((), Rules())
    told = {"out_of_hours": "lenient", "warn_ratios": [0.75, 1]}
    lenient = read_edition({"hours": [HOURS], "rules": told}).rules
    assert lenient == Rules(out_of_hours=OutOfHours.LENIENT)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ([], "content"),
        ({}, "hours"),
        ({"hours": [HOURS], "holidays": []}, "holidays"),
        ({"hours": [HOURS | {"valid_from": "soon"}]}, "hours.0.valid_from"),
        ({"hours": [HOURS | {"valid_from": "1066-10-14"}]}, "hours.0.valid_from"),
        ({"hours": [HOURS | {"valid_to": "2022-01-01"}]}, "hours.0.valid_to"),
        ({"hours": [HOURS | {"weekly": {"mo": []}}]}, "hours.0.weekly.mo"),
        ({"hours": [HOURS | {"weekly": {"mon": [["07:30"]]}}]}, "hours.0.weekly.mon.0"),
        ({"hours": [HOURS | {"weekly": {"mon": [["7:30", "09:00"]]}}]}, "hours.0.weekly.mon.0.0"),
        ({"hours": [HOURS | {"weekly": {"mon": [["09:00", "24:00"]]}}]}, "hours.0.weekly.mon.0.1"),
        ({"hours": [HOURS | {"weekly": {"mon": [["09:00", "08:00"]]}}]}, "hours.0.weekly.mon.0"),
        (
            {"hours": [HOURS | {"weekly": {"mon": [["07:30", "11:30"], ["11:00", "12:00"]]}}]},
            "hours.0.weekly.mon",
        ),
        ({"hours": [HOURS], "exceptions": [TET | {"kind": "feast"}]}, "exceptions.0.kind"),
        ({"hours": [HOURS], "exceptions": [TET | {"day": 5}]}, "exceptions.0.day"),
        ({"hours": [HOURS], "exceptions": [TET | {"confirmed": 1}]}, "exceptions.0.confirmed"),
        ({"hours": [HOURS], "exceptions": [TET | {"name": "x" * 301}]}, "exceptions.0.name"),
        ({"hours": [HOURS], "exceptions": [TET | {"kind": "special"}]}, "exceptions.0.intervals"),
        ({"hours": [HOURS], "exceptions": [TET, TET]}, "exceptions.1.day"),
        ({"hours": [HOURS], "exceptions": [TET] * 5001}, "exceptions"),
        ({"hours": [HOURS], "rules": []}, "rules"),
        ({"hours": [HOURS], "rules": {"out_of_hours": "kind"}}, "rules.out_of_hours"),
        ({"hours": [HOURS], "rules": {"handover_cutoff": "15h"}}, "rules.handover_cutoff"),
        ({"hours": [HOURS], "rules": {"warn_ratios": [1, 0.5]}}, "rules.warn_ratios"),
        ({"hours": [HOURS], "rules": {"apology_hours": "NaN"}}, "rules.apology_hours"),
        ({"hours": [HOURS], "rules": {"apology_hours": -1}}, "rules.apology_hours"),
        ({"hours": [HOURS], "rules": {"escalation_hours": "eight"}}, "rules.escalation_hours"),
        ({"hours": [HOURS], "rules": {"escalation_roles": "director"}}, "rules.escalation_roles"),
    ],
)
def test_a_mistake_is_named_by_its_path(content: Any, where: str) -> None:
    with pytest.raises(CalendarInvalid) as refused:
        read_edition(content)
    assert list(refused.value.errors) == [where]


def test_all_mistakes_are_named_at_once() -> None:
    wrong = {"hours": [HOURS | {"name": 3}], "exceptions": [TET | {"day": "x", "kind": "y"}]}
    with pytest.raises(CalendarInvalid) as refused:
        read_edition(wrong)
    assert list(refused.value.errors) == ["hours.0.name", "exceptions.0.day", "exceptions.0.kind"]


def test_the_stored_week_of_old_is_read_too() -> None:
    assert read_calendar(WEEK).hours[0].weekly[0] == preset("HT-8H").hours[0].weekly[0]
    with pytest.raises(CalendarInvalid) as refused:
        read_calendar({"mon": [["07:30", "25:00"]]})
    assert list(refused.value.errors) == ["mon.0.1"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["07:30", "11:30", "2024-02-08", "holiday", "half_day", "strict"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*HOURS, *TET, "mon", "sun", "hours", "exceptions", "rules"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=80)
@given(content=JSON, hours=JSON, entry=JSON, rules=JSON)
def test_anything_at_all_is_read_or_refused_in_words(
    content: Any, hours: Any, entry: Any, rules: Any
) -> None:
    for told in (content, {"hours": [HOURS, hours], "exceptions": [entry, TET], "rules": rules}):
        found = read_or_refused(told)
        if isinstance(found, WorkingCalendar):
            assert read_edition(edition_content(found)) == found
        else:
            assert str(found)


def read_or_refused(content: Any) -> WorkingCalendar | Invalid:
    try:
        return read_edition(content)
    except Invalid as refused:
        return refused


SHAPES = st.fixed_dictionaries(
    {},
    optional={
        "day": JSON | st.just("2024-05-04"),
        "kind": JSON | st.sampled_from(["swap_work", "half_day", "special"]),
        "intervals": st.lists(st.lists(st.sampled_from(["07:30", "11:30", "x"]), max_size=3)),
        "name": JSON,
    },
)


@settings(max_examples=80)
@given(entries=st.lists(SHAPES, max_size=4))
def test_entries_that_are_nearly_right_are_read_or_refused(entries: Any) -> None:
    found = read_or_refused({"hours": [HOURS], "exceptions": entries})
    if isinstance(found, Invalid):
        assert found.errors
        assert all(path.startswith("exceptions.") for path in found.errors)
