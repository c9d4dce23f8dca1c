"""After a new edition open dossiers are dated again, each with a reason in its journal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.redatings import STRAGGLERS_AFTER, work_off_redating
from app.domain.calendars.queries import loaded_edition
from app.domain.calendars.rules import DossiersUndated
from app.domain.deadlines.model import Deadline, DeadlineKind
from app.domain.deadlines.redating import Redating
from app.domain.dossiers.clock_rules import expected_at
from app.domain.dossiers.model import Dossier
from app.domain.journal.queries import entries_of
from app.foundation.db import db, transaction
from app.queries.clocks import law_of
from app.worktime import Hours, WorkingCalendar, unconfirmed
from tests.integration.calendars.changing import (
    NEXT_MONDAY,
    back_to_work,
    day_off,
    preview,
    save,
    settle,
)
from tests.support.apps import MONDAY
from tests.support.procedures import publish_changed
from tests.support.story import Story

BUSINESS = "thanh-lap-ho-kinh-doanh"
BIRTH = "dang-ky-khai-sinh"
CONFERENCE = "hoi-nghi-quoc-te"


def dues(app: Flask) -> dict[str, object]:
    with app.app_context():
        rows = db.session().execute(select(Dossier.code, Dossier.due_at_current))
        return {row.code: row.due_at_current for row in rows}


def test_a_storm_day_moves_what_runs_across_it_and_the_journal_says_why(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(CONFERENCE)
    with any_app.app_context():
        before = story.dossier().due_at_current
        first = story.dossier().calendar_version_id
    story.wait(hours=1)
    number = save(any_app, day_off(NEXT_MONDAY), at=story.at)
    assert settle(story) == 3, "listed, for a calendar below too, and dated again"
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.due_at_original is None, "nobody has received it yet"
        assert dossier.due_at_current == before + timedelta(days=1)
        assert dossier.calendar_version_id == number
        entry = entries_of(db.session(), dossier.id)[-1]
        told = entry.payload
        assert entry.event.value == "due_dates_moved"
        assert (told["reason"], told["legal_document"]) == ("Nghỉ bão", "CV 1/UBND")
        assert (told["edition_before"], told["edition"]) == (first, number)
        assert told["due_before"] == before.isoformat()
    assert story.replayed().identical
    result = any_app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 0, result.output


def test_a_step_moves_with_its_dossier_and_is_not_late_any_more(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(BUSINESS)
    with any_app.app_context():
        before = story.item("reception").due_at
    story.wait(hours=5)
    settle(story)
    assert "step_overdue" in story.events()
    save(any_app, day_off(MONDAY.date()), at=story.at)
    settle(story)
    with any_app.app_context():
        item = story.item("reception")
        assert item.due_at > story.at > before
        assert item.overdue_at is None
    story.wait(days=1, hours=8)
    settle(story)
    flagged = [event for event in story.events() if event in {"step_overdue", "due_dates_moved"}]
    assert flagged == ["step_overdue", "due_dates_moved", "step_overdue"]
    assert story.replayed().identical


def test_the_preview_tells_what_dating_again_does(any_app: Flask) -> None:
    story = Story(any_app)
    for procedure in (CONFERENCE, BUSINESS, BIRTH, CONFERENCE, BUSINESS):
        story.submit(procedure)
        story.wait(hours=3)
    before = dues(any_app)
    change = day_off(NEXT_MONDAY, NEXT_MONDAY + timedelta(days=3))
    told = preview(any_app, change, story.at)
    assert dues(any_app) == before, "looking changes nothing"
    save(any_app, change, at=story.at)
    settle(story)
    after = dues(any_app)
    moved = {code: due for code, due in after.items() if due != before[code]}
    assert {one.code: one.after for one in told.examples} == moved
    assert (told.later, told.earlier) == (len(moved), 0)
    # The commune keeps a calendar of its own, which takes over what the province decides.
    assert (told.dossiers, len(told.followers)) == (5, 1)
    assert told.unchanged == told.dossiers - len(moved)


def test_deleted_holidays_bring_dates_forward(any_app: Flask) -> None:
    story = Story(any_app)
    story.at = MONDAY + timedelta(days=77)  # 20/01/2025, a week before Tết
    story.submit(CONFERENCE)
    told = preview(any_app, back_to_work, story.at)
    assert (told.later, told.earlier) == (0, 1)
    save(any_app, back_to_work, at=story.at)
    settle(story)
    assert dues(any_app)[story.code] == told.examples[0].after


def test_a_closed_dossier_and_one_that_is_done_keep_their_dates(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(BUSINESS)
    closed = story.code
    for step, who in (
        ("reception", "linh.camxuyen"),
        ("appraisal", "nam.camxuyen"),
        ("approval", "oanh.camxuyen"),
    ):
        story.complete(step, who)
    settle(story)
    story.complete("stamping", "phuc.camxuyen")
    before = dues(any_app)[closed]
    save(any_app, day_off(MONDAY.date(), date(2024, 11, 5), date(2024, 11, 6)), at=story.at)
    settle(story)
    assert dues(any_app)[closed] == before


def test_dating_again_twice_leaves_one_trace(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(CONFERENCE)
    save(any_app, day_off(NEXT_MONDAY), at=story.at)
    story.wait(seconds=1)
    settle(story)
    with any_app.app_context():
        redating = (
            db.session().scalars(select(Redating).where(Redating.dossier_id.is_not(None))).one()
        )
        assert redating.moved
        number = redating.id
        with transaction() as session:
            assert not work_off_redating(session, number, at=story.at), "done is done"
    story.wait(minutes=6)
    settle(story)
    assert story.events().count("due_dates_moved") == 1


def test_a_dossier_on_its_way_when_the_edition_was_saved_is_found_later(any_app: Flask) -> None:
    story = Story(any_app)
    save(any_app, day_off(NEXT_MONDAY), at=MONDAY + timedelta(seconds=1))
    story.wait(seconds=2)
    settle(story)
    # As if its transaction had begun before and ended only now: it does not know the edition.
    story.at = MONDAY
    story.submit(CONFERENCE)
    with any_app.app_context():
        before = story.dossier().due_at_current
    story.at = MONDAY + timedelta(seconds=1) + STRAGGLERS_AFTER
    settle(story)
    with any_app.app_context():
        assert story.dossier().due_at_current == before + timedelta(days=1)


def test_only_the_newest_of_several_editions_counts(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(CONFERENCE)
    with any_app.app_context():
        before = story.dossier().due_at_current
    save(any_app, day_off(NEXT_MONDAY), at=story.at)
    save(any_app, day_off(NEXT_MONDAY + timedelta(days=1)), at=story.at)
    story.wait(minutes=1)
    settle(story)
    with any_app.app_context():
        assert story.dossier().due_at_current == before + timedelta(days=2)
    assert story.events().count("due_dates_moved") == 1


def test_later_editions_do_not_change_what_an_earlier_one_gives(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(CONFERENCE)
    for week in range(4):
        save(any_app, day_off(NEXT_MONDAY + timedelta(weeks=week)), at=story.at)
        story.wait(minutes=1)
        settle(story)
    with any_app.app_context():
        session, dossier = db.session(), story.dossier()
        for entry in entries_of(session, dossier.id):
            edition = loaded_edition(session, entry.calendar_version_id)
            law = law_of(dossier, edition.calendar)
            again = expected_at(dossier.submitted_at, law).isoformat()
            assert again == entry.payload.get("expected_at", entry.payload["due_at"])


def _stops_soon(calendar: WorkingCalendar) -> WorkingCalendar:
    """Time goes on for ever, but only from 2080 on, too far away for any term."""
    week = calendar.hours[0].weekly
    return WorkingCalendar(
        hours=(
            Hours(weekly=week, valid_from=date(2020, 1, 1), valid_to=MONDAY.date()),
            Hours(weekly=(week[0], *((),) * 6), valid_from=date(2100, 12, 20)),
        )
    )


def test_an_edition_that_leaves_a_dossier_without_a_date_is_refused(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(CONFERENCE)
    told = preview(any_app, _stops_soon, story.at)
    assert [one.code for one in told.undatable] == [story.code]
    before = dues(any_app)
    with pytest.raises(DossiersUndated) as refusal:
        save(any_app, _stops_soon, at=story.at)
    assert refusal.value.facts["codes"] == story.code
    assert dues(any_app) == before


def test_every_clock_is_dated_again_with_the_pauses_it_had(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(BUSINESS)
    story.wait(hours=1)
    received = story.at
    story.complete("reception", "linh.camxuyen")
    story.wait(hours=1)
    story.complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")
    story.wait(days=1)
    story.complete("supplement_in_process", "congdan1")
    with any_app.app_context():
        before = story.dossier().due_at_current
        promised = story.dossier().due_at_original
    assert promised == received + timedelta(days=3)
    assert before == promised + timedelta(days=1, minutes=1), "asked at 11:01, answered at 11:02"
    save(any_app, day_off(date(2024, 11, 6)), at=story.at)
    story.wait(seconds=1)
    settle(story)
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.due_at_current == before + timedelta(days=3), "a day off before a weekend"
        assert dossier.due_at_original == promised
        wanted = select(Deadline.due_at).where(
            Deadline.dossier_id == dossier.id, Deadline.settled_at.is_(None)
        )
        assert db.session().scalars(wanted).all() == [dossier.due_at_current]
    assert story.replayed().identical


def test_the_time_for_reception_moves_with_its_dossier(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(BUSINESS)
    with any_app.app_context():
        before = story.dossier().reception_due_at
    assert before == MONDAY + timedelta(days=1)
    save(any_app, day_off(date(2024, 11, 5)), at=story.at)
    story.wait(seconds=1)
    settle(story)
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.reception_due_at == MONDAY + timedelta(days=2)
        wanted = select(Deadline.due_at).where(
            Deadline.dossier_id == dossier.id, Deadline.kind == DeadlineKind.RECEPTION
        )
        assert db.session().scalars(wanted).all() == [dossier.reception_due_at]
    assert story.replayed().identical


def _confirmed(calendar: WorkingCalendar) -> WorkingCalendar:
    return replace(
        calendar,
        exceptions=tuple(
            replace(one, confirmed=True, source="TB 1") for one in calendar.exceptions
        ),
    )


def test_a_date_that_rested_on_estimates_is_settled_once_they_are_confirmed(
    any_app: Flask,
) -> None:
    story = Story(any_app)
    story.at = datetime(2027, 1, 25, 2, 0, tzinfo=UTC)
    story.submit(CONFERENCE)
    with any_app.app_context():
        before = story.dossier().due_at_current
        edition = loaded_edition(db.session(), story.dossier().calendar_version_id)
        assert unconfirmed(edition.calendar, story.at, before).all_years == (2027,)
    number = save(any_app, _confirmed, at=story.at)
    story.wait(seconds=1)
    settle(story)
    with any_app.app_context():
        dossier = story.dossier()
        assert (dossier.due_at_current, dossier.calendar_version_id) == (before, number)
        assert not unconfirmed(loaded_edition(db.session(), number).calendar, story.at, before)
        redating = db.session().scalars(select(Redating).where(Redating.moved.is_(True))).all()
        assert redating == [], "nothing has moved"
    assert story.events()[-1] == "due_dates_moved"
    assert story.replayed().identical
    assert any_app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


@pytest.mark.parametrize(
    ("waited", "before", "after"),
    [(5, "17:30 04", "17:30 04"), (7, "07:30 05", "07:30 06")],
    ids=["by 15:00", "after 15:00"],
)
def test_a_hand_over_is_dated_again_as_the_law_ends_it(
    any_app: Flask, waited: int, before: str, after: str
) -> None:
    hours = 'name="workingHours" value="2" />'
    handover = f'{hours}<zeebe:property name="deadline" value="handover" />'
    publish_changed(any_app, {"bpmn/process.bpmn": {hours: handover}})
    story = Story(any_app)
    story.wait(hours=waited)
    story.submit(BUSINESS)

    def due() -> str:
        with any_app.app_context():
            return f"{story.item('reception').due_at + timedelta(hours=7):%H:%M %d}"

    assert due() == before
    change = day_off(date(2024, 11, 5))
    told = preview(any_app, change, story.at)
    save(any_app, change, at=story.at)
    story.wait(seconds=1)
    settle(story)
    assert due() == after
    assert told.dossiers == 1
    assert story.replayed().identical
