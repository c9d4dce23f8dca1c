"""Proposals are days the calendar does not know; only documents confirm one."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.calendars.proposing import (
    FIRST_YEAR,
    LAST_YEAR,
    WORKED_OUT,
    last_year_with_days,
    proposed_days,
    unconfirmed_years,
)
from app.worktime import DayException, ExceptionKind, WorkingCalendar, preset, vietnam_holidays

OFFICE = preset("HT-8H")
BARE = replace(OFFICE, exceptions=())


def found(year: int, above: WorkingCalendar | None = None) -> dict[date, DayException]:
    return {one.day: one for one in proposed_days(year, BARE, above)}


def test_a_calendar_that_knows_a_year_gets_no_proposal_the_data_contradict() -> None:
    known = {one.day for one in vietnam_holidays()}
    for year in (2023, 2024, 2025, 2026, 2027):
        assert {one.day for one in proposed_days(year, OFFICE)} & known == set()


def test_known_days_are_proposed_with_their_source() -> None:
    swap = found(2026)[date(2026, 1, 2)]
    assert (swap.kind, swap.confirmed) == (ExceptionKind.SWAP_OFF, True)
    assert "12729/VPCP-KGVX" in swap.source


def test_worked_out_days_are_estimates() -> None:
    days = found(2030)
    assert date(2030, 9, 2) in days
    assert {(one.confirmed, one.source) for one in days.values()} == {(False, WORKED_OUT)}


def test_a_day_off_in_exchange_proposes_the_day_that_is_worked_for_it() -> None:
    bare_of_data = {one.day: one for one in proposed_days(2022, BARE)}
    swaps = [one for one in bare_of_data.values() if one.kind is ExceptionKind.SWAP_OFF]
    worked = [one for one in bare_of_data.values() if one.kind is ExceptionKind.SWAP_WORK]
    assert len(swaps) == len(worked)
    assert all(f"{one.day:%d/%m/%Y}" in " ".join(w.name for w in worked) for one in swaps)


def test_what_the_calendar_above_decided_comes_first() -> None:
    decided = DayException(
        day=date(2030, 9, 2), kind=ExceptionKind.HOLIDAY, name="Quốc khánh", source="TB 1"
    )
    above = replace(BARE, exceptions=(decided,))
    assert found(2030, above)[decided.day] == decided


def test_proposals_come_in_order_and_only_of_that_year() -> None:
    days = [one.day for one in proposed_days(2028, BARE)]
    assert days == sorted(days)
    assert {day.year for day in days} == {2028}


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, -1, 99999])
def test_years_nobody_can_tell_have_no_proposals(year: int) -> None:
    assert proposed_days(year, OFFICE) == []


def test_years_that_are_not_settled_are_named() -> None:
    assert unconfirmed_years(OFFICE) == [2027]
    assert last_year_with_days(OFFICE) == 2027
    assert unconfirmed_years(BARE) == []
    assert last_year_with_days(BARE) is None
