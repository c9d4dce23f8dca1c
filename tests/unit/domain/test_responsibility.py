"""Whose time it was: every working second belongs to one holder, and they sum to the whole."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossiers.clock import Pause
from app.domain.dossiers.responsibility import Holder, Wait, Work, shares, stretches
from app.foundation.clock import LOCAL_ZONE
from app.worktime import preset, working_seconds_between

CALENDAR = preset("HT-8H")
OWN = "Phòng Tài chính"


def at(text: str) -> datetime:
    """A moment of November 2024 in legal time: `04 09:00`."""
    local = datetime.strptime(f"2024-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL_ZONE)
    return local.astimezone(UTC)


def work(
    opened: str,
    done: str | None,
    *,
    holder: Holder = Holder.OFFICE,
    person: str = "An",
    unit: str = OWN,
) -> Work:
    return Work(
        opened_at=at(opened),
        done_at=at(done) if done else None,
        holder=holder,
        unit=unit,
        person=person,
        step="check",
    )


def hours(begins: str, ends: str, works: list[Work], *waits: Wait) -> dict[str, float]:
    """Working hours by holder and person."""
    found = stretches(CALENDAR, at(begins), at(ends), works, waits, own_unit=OWN)
    return {
        " ".join(filter(None, (one.holder.value, one.person))): one.seconds / 3600
        for one in shares(found)
    }


def test_steps_one_after_another_share_the_time_between_them() -> None:
    works = [work("04 08:00", "04 10:00"), work("04 10:00", "05 08:30", person="Bình")]
    assert hours("04 08:00", "05 08:30", works) == {"office An": 2, "office Bình": 6.5}


def test_of_parallel_steps_the_one_done_last_held_the_dossier_up() -> None:
    other = work("04 08:00", "05 10:00", holder=Holder.AGENCY, person="Chi", unit="Công an tỉnh")
    works = [work("04 08:00", "04 10:00"), other]
    assert hours("04 08:00", "05 10:00", works) == {"agency Chi": 10}


def test_of_steps_still_open_the_oldest_holds_it_up() -> None:
    works = [
        work("04 09:00", None, person="Bình"),
        work("04 08:00", None),
        work("04 08:00", "04 10:00", person="Chi"),
    ]
    assert hours("04 08:00", "04 11:00", works) == {"office An": 3}


@pytest.mark.parametrize(
    ("pause", "holder"),
    [(Pause.SUPPLEMENT, "applicant"), (Pause.PAYMENT, "payment"), (Pause.STEP, "office An")],
)
def test_what_waits_for_somebody_is_his(pause: Pause, holder: str) -> None:
    wait = Wait(begins=at("04 09:00"), ends=at("04 10:00"), pause=pause)
    found = hours("04 08:00", "04 11:00", [work("04 08:00", None)], wait)
    assert found.get(holder) == (3 if pause is Pause.STEP else 1)
    assert sum(found.values()) == 3


def test_a_pause_that_lasts_is_his_until_now() -> None:
    wait = Wait(begins=at("04 09:00"), ends=None, pause=Pause.SUPPLEMENT)
    assert hours("04 08:00", "05 09:00", [work("04 08:00", "04 09:00")], wait) == {
        "office An": 1,
        "applicant": 8,
    }


def test_where_nobody_has_a_step_the_handling_unit_has_the_time() -> None:
    found = stretches(CALENDAR, at("04 08:00"), at("04 09:00"), [], [], own_unit=OWN)
    assert [(one.holder, one.unit, one.person) for one in found] == [(Holder.OFFICE, OWN, "")]


def test_nights_and_weekends_are_nobodys_burden() -> None:
    works = [work("08 17:30", "11 07:30"), work("11 07:30", "11 08:30", person="Bình")]
    assert hours("08 17:30", "11 08:30", works) == {"office Bình": 1}


MINUTES = st.integers(0, 20 * 24 * 60)
START = at("01 00:00")


@st.composite
def spans(draw: st.DrawFn) -> tuple[datetime, datetime | None]:
    first, last = sorted((draw(MINUTES), draw(MINUTES)))
    ends = None if draw(st.booleans()) else START + timedelta(minutes=last)
    return START + timedelta(minutes=first), ends


@given(
    st.lists(st.tuples(spans(), st.sampled_from(Holder), st.sampled_from("AB")), max_size=6),
    st.lists(st.tuples(spans(), st.sampled_from(Pause)), max_size=3),
    MINUTES,
    MINUTES,
)
def test_the_shares_sum_to_the_whole_without_a_gap(
    drawn_works: list[tuple[tuple[datetime, datetime | None], Holder, str]],
    drawn_waits: list[tuple[tuple[datetime, datetime | None], Pause]],
    one: int,
    other: int,
) -> None:
    begins, ends = (START + timedelta(minutes=minutes) for minutes in sorted((one, other)))
    works = [
        Work(opened_at=span[0], done_at=span[1], holder=holder, unit="", person=who, step="")
        for span, holder, who in drawn_works
    ]
    waits = [Wait(begins=span[0], ends=span[1], pause=pause) for span, pause in drawn_waits]
    found = stretches(CALENDAR, begins, ends, works, waits, own_unit=OWN)
    whole = working_seconds_between(CALENDAR, begins, ends)
    assert sum(part.seconds for part in found) == sum(s.seconds for s in shares(found)) == whole
    assert all(first.ends == second.begins for first, second in pairwise(found))
    if begins < ends:
        assert (found[0].begins, found[-1].ends) == (begins, ends)
