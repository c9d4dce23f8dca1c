"""A ledger tells every stretch of a span, without gaps, and its sums are exact."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.worktime import (
    DayException,
    ExceptionKind,
    Hours,
    Ledger,
    Pause,
    StretchKind,
    WorkingCalendar,
    add_working_hours,
    extended_due,
    ledger,
    preset,
    working_seconds_between,
)
from tests.unit.worktime.times import calendars, hours, local, starts, told

OFFICE = preset("HT-8H")
FRIDAY = date(2024, 11, 8)


def lines(found: Ledger) -> list[str]:
    """One line a stretch: kind, end without its year, name."""
    return [f"{e.kind.value} {told(e.ends)[5:16]} {e.name}".strip() for e in found.entries]


def test_a_weekend_and_the_nights_beside_it_are_one() -> None:
    found = ledger(OFFICE, local("2024-11-08T16:30"), local("2024-11-11T08:30"))
    assert lines(found) == ["working 11-08T17:30", "weekend 11-11T07:30", "working 11-11T08:30"]
    assert (found.working, found.seconds) == (2 * 3600, 64 * 3600)


def test_tet_is_one_feast_with_its_sources() -> None:
    found = ledger(OFFICE, local("2024-02-07T17:00"), local("2024-02-15T08:00"))
    assert lines(found)[1] == "holiday 02-15T07:30 Tết Nguyên đán"
    assert "Điều 112" in found.entries[1].source
    assert found.of(StretchKind.HOLIDAY) == (8 * 24 - 10) * 3600


def test_swapped_days_are_told_with_the_document_behind_them() -> None:
    found = ledger(OFFICE, local("2024-04-26T17:10"), local("2024-05-04T08:00"))
    assert lines(found)[:4] == [
        "working 04-26T17:30",
        "weekend 04-29T00:00",
        "swap_off 04-30T00:00 Hoán đổi (làm bù 04/5/2024)",
        "holiday 05-01T00:00 Ngày Chiến thắng",
    ]
    last = found.entries[-1]
    assert (last.kind, last.name) == (StretchKind.WORKING, "Thứ Bảy làm bù cho 29/4/2024")
    assert "2450/VPCP-KGVX" in last.source


def test_lunch_and_night_are_told_apart() -> None:
    found = ledger(OFFICE, local("2024-11-04T11:00"), local("2024-11-05T08:00"))
    assert lines(found) == [
        "working 11-04T11:30",
        "lunch 11-04T13:30",
        "working 11-04T17:30",
        "night 11-05T07:30",
        "working 11-05T08:00",
    ]


def test_the_rest_of_a_short_saturday_is_weekend() -> None:
    found = ledger(preset("SAT-AM"), local("2024-11-09T10:00"), local("2024-11-11T08:00"))
    assert lines(found) == ["working 11-09T11:30", "weekend 11-11T07:30", "working 11-11T08:00"]


@pytest.mark.parametrize(
    ("kind", "clocks", "wanted"),
    [
        (
            ExceptionKind.HALF_DAY,
            ("07:30", "11:30"),
            ["working 11-08T11:30 Bão", "off_hours 11-08T17:30 Bão", "night 11-08T20:00"],
        ),
        (
            ExceptionKind.SPECIAL,
            ("09:00", "10:00", "11:00", "18:00"),
            [
                "night 11-08T07:30",
                "off_hours 11-08T09:00 Bão",
                "working 11-08T10:00 Bão",
                "lunch 11-08T11:00",
                "working 11-08T18:00 Bão",
                "night 11-08T20:00",
            ],
        ),
    ],
)
def test_a_day_with_other_hours_says_what_is_left_out(
    kind: ExceptionKind, clocks: tuple[str, ...], wanted: list[str]
) -> None:
    storm = DayException(day=FRIDAY, kind=kind, name="Bão", intervals=hours(*clocks))
    calendar = WorkingCalendar(hours=OFFICE.hours, exceptions=(storm,))
    begin = "2024-11-08T07:30" if kind is ExceptionKind.HALF_DAY else "2024-11-08T06:00"
    assert lines(ledger(calendar, local(begin), local("2024-11-08T20:00"))) == wanted


def test_a_closed_weekday_is_no_weekend() -> None:
    monday = hours("08:00", "12:00")
    calendar = WorkingCalendar(hours=(Hours(weekly=(monday, (), *[()] * 5)),))
    found = ledger(calendar, local("2024-11-04T11:00"), local("2024-11-11T09:00"))
    assert lines(found)[1:-1] == ["off_hours 11-09T00:00", "weekend 11-11T08:00"]


def test_a_pause_is_told_with_its_reason_and_its_cost() -> None:
    pause = Pause(
        begins=local("2024-11-08T16:00"), ends=local("2024-11-11T09:00"), reason="supplement"
    )
    start, due = local("2024-11-08T10:00"), local("2024-11-11T10:00")
    found = ledger(
        OFFICE, start, extended_due(OFFICE, due, pause.begins, local("2024-11-11T09:00")), [pause]
    )
    assert lines(found)[3] == "pause 11-11T09:00 supplement"
    assert (found.entries[3].seconds, found.entries[3].working) == (65 * 3600, 3 * 3600)
    assert (found.working, found.paused) == (8 * 3600, 3 * 3600)


def test_an_open_pause_lasts_to_the_end_and_others_are_cut_to_the_span() -> None:
    early = Pause(begins=local("2024-11-01"), ends=local("2024-11-04T08:00"), reason="a")
    still = Pause(begins=local("2024-11-04T09:00"), ends=None, reason="b")
    found = ledger(OFFICE, local("2024-11-04T07:30"), local("2024-11-04T11:30"), [still, early])
    assert lines(found) == ["pause 11-04T08:00 a", "working 11-04T09:00", "pause 11-04T11:30 b"]


def test_what_comes_after_the_due_instant_is_late() -> None:
    due = local("2024-11-05T09:00")
    found = ledger(OFFICE, local("2024-11-04T16:30"), local("2024-11-05T10:30"), due=due)
    assert [(told(e.ends)[11:16], e.late) for e in found.entries] == [
        ("17:30", False),
        ("07:30", False),
        ("09:00", False),
        ("10:30", True),
    ]
    assert (found.working, found.late) == (4 * 3600, 5400)


def test_the_same_by_days() -> None:
    pause = Pause(begins=local("2024-11-08T15:30"), ends=local("2024-11-08T16:30"), reason="pay")
    days = ledger(OFFICE, local("2024-11-08T13:30"), local("2024-11-11T08:30"), [pause]).days
    assert [(f"{day.day:%d}", day.working, day.paused) for day in days] == [
        ("08", 3 * 3600, 3600),
        ("09", 0, 0),
        ("10", 0, 0),
        ("11", 3600, 0),
    ]
    assert days[0].names == ("pay",)


def test_an_estimate_shows() -> None:
    found = ledger(OFFICE, local("2027-02-03T16:00"), local("2027-02-11T08:00"))
    assert [entry.confirmed for entry in found.entries] == [True, False, True]


def test_spans_that_run_backwards_are_refused() -> None:
    start, end = local("2024-11-05"), local("2024-11-04")
    with pytest.raises(ValueError, match="cannot end"):
        ledger(OFFICE, start, end)
    with pytest.raises(ValueError, match="cannot end"):
        ledger(OFFICE, end, start, [Pause(begins=start, ends=end, reason="")])
    assert ledger(OFFICE, start, start).entries == ()


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        begins = draw(starts())
        length = draw(st.none() | st.integers(0, 10**6))
        ends = None if length is None else begins + timedelta(seconds=length)
        found.append(Pause(begins=begins, ends=ends, reason=draw(st.sampled_from("ab"))))
    return found


@settings(max_examples=80)
@given(
    calendar=calendars(),
    start=starts(),
    length=st.integers(0, 40 * 86_400 * 10**6),
    stops=pauses(),
    due=st.none() | starts(),
    detailed=st.booleans(),
)
def test_the_stretches_cover_the_span_and_add_up(
    *,
    calendar: WorkingCalendar,
    start: datetime,
    length: int,
    stops: list[Pause],
    due: datetime | None,
    detailed: bool,
) -> None:
    end = start + timedelta(microseconds=length)
    found = ledger(calendar, start, end, stops, due, detailed=detailed)
    entries = found.entries
    if entries:
        assert (entries[0].begins, entries[-1].ends) == (start, end)
    assert all(before.ends == after.begins for before, after in pairwise(entries))
    assert all(entry.begins < entry.ends for entry in entries)
    assert found.working + found.paused == working_seconds_between(calendar, start, end)
    assert sum(found.of(kind) for kind in StretchKind) == found.seconds
    assert abs(found.seconds - length / 10**6) < 1
    assert sum(day.working for day in found.days) == found.working
    assert sum(day.paused for day in found.days) == found.paused
    for entry in entries:
        worked = working_seconds_between(calendar, entry.begins, entry.ends)
        assert entry.working == worked
        if entry.kind not in {StretchKind.WORKING, StretchKind.PAUSE}:
            assert worked == 0
        if due:
            assert entry.late == (entry.begins >= due)


@settings(max_examples=80)
@given(
    calendar=calendars(), start=starts(), term=st.integers(1, 10**6), length=st.integers(0, 10**6)
)
def test_a_due_date_moves_by_what_its_ledger_says(
    calendar: WorkingCalendar, start: datetime, term: int, length: int
) -> None:
    due = add_working_hours(calendar, start, term // 3600 + 1)
    begins = start + (due - start) / 2
    pause = Pause(begins=begins, ends=begins + timedelta(seconds=length), reason="supplement")
    assert pause.ends
    moved = extended_due(calendar, due, begins, pause.ends)
    found = ledger(calendar, start, max(moved, pause.ends), [pause])
    assert abs(working_seconds_between(calendar, due, moved) - found.paused) <= 1
