"""The deadlines of a dossier over Tết 2024, explained to the second, and whose time it was."""

from decimal import Decimal
from itertools import pairwise

from flask import Flask

from app.domain.calendars.queries import loaded_edition
from app.domain.journal.queries import entries_of
from app.foundation.db import db
from app.queries.clock_accounts import AccountKind, ClockAccounts, clock_accounts
from app.worktime import OutOfHours, WorkingCalendar, working_seconds_between
from tests.stories.test_three_clocks import P6, Tet, moment, told


def accounts(story: Tet) -> ClockAccounts:
    with story.app.app_context():
        session, dossier = db.session(), story.dossier()
        return clock_accounts(session, dossier, entries_of(session, dossier.id), story.at)


def _calendar(story: Tet) -> WorkingCalendar:
    with story.app.app_context():
        return loaded_edition(db.session(), story.dossier().calendar_version_id).calendar


def over_tet(app: Flask) -> Tet:
    """Sent before the feast, supplemented over it, done after it."""
    story = Tet(app)
    story.on("05/02 18:00").submit(P6)
    story.on("06/02 14:00").complete("reception", "linh.camxuyen")
    story.on("07/02 10:00").complete("appraisal", "nam.camxuyen", appraisal_decision="supplement")
    story.on("16/02 09:00").complete("supplement_in_process", "congdan1")
    story.on("19/02 08:00")
    return story


def test_every_second_of_a_term_over_tet_has_its_kind(any_app: Flask) -> None:
    story = over_tet(any_app)
    term = accounts(story).of(AccountKind.TERM)
    assert term is not None
    assert (told(term.caused_at), told(term.due_at)) == ("06/02 14:00", "20/02 11:00")
    entries = term.ledger.entries
    assert entries[0].begins == term.caused_at
    assert entries[-1].ends == term.due_at
    assert all(one.ends == two.begins for one, two in pairwise(entries))
    assert sum(entry.seconds for entry in entries) == (term.due_at - term.caused_at).total_seconds()
    # Three working days, and the fifteen working hours that waited for the citizen.
    assert (term.ledger.working / 3600, term.ledger.paused / 3600) == (24, 15)
    # Tết lies within the pause, which is what kept its working days from counting.
    assert [(entry.kind.value, told(entry.begins), told(entry.ends)) for entry in entries[:4]] == [
        ("working", "06/02 14:00", "06/02 17:30"),
        ("night", "06/02 17:30", "07/02 07:30"),
        ("working", "07/02 07:30", "07/02 10:00"),
        ("pause", "07/02 10:00", "16/02 09:00"),
    ]
    days = {f"{day.day:%d/%m}": (day.working / 3600, day.paused / 3600) for day in term.ledger.days}
    assert days["07/02"] == (2.5, 5.5)
    assert days["12/02"] == (0, 0)
    assert days["16/02"] == (6.5, 1.5)


def test_a_reception_out_of_hours_shows_every_reading(any_app: Flask) -> None:
    story = over_tet(any_app)
    reception = accounts(story).of(AccountKind.RECEPTION)
    assert reception is not None
    assert (told(reception.caused_at), told(reception.ledger.start)) == (
        "05/02 18:00",
        "06/02 07:30",
    )
    assert {one.value: told(due) for one, due in reception.readings.items()} == {
        "strict": "06/02 17:30",
        "lenient": "07/02 08:30",
        "hard": "06/02 08:30",
    }
    assert reception.due_at == reception.readings[OutOfHours.STRICT]
    assert told(reception.ended_at) == "06/02 14:00"
    assert reception.ledger.working == 8 * 3600


def test_each_working_hour_is_somebodys(any_app: Flask) -> None:
    story = over_tet(any_app)
    found = accounts(story)
    held = {
        (share.holder.value, share.person): Decimal(share.seconds) / 3600 for share in found.shares
    }
    # Linh until 06/02 14:00, Nam until 07/02 10:00; what is open since 16/02 09:00 nobody took.
    assert held == {
        ("office", "Hoàng Thùy Linh"): Decimal("4.5"),
        ("office", "Trần Hoài Nam"): 6,
        ("applicant", ""): 15,
        ("office", ""): 7,
    }
    assert sum(held.values()) * 3600 == found.seconds
    whole = working_seconds_between(_calendar(story), moment("05/02 18:00"), story.at)
    assert found.seconds == whole


def test_a_late_step_shows_how_late(any_app: Flask) -> None:
    story = over_tet(any_app)
    story.on("26/02 08:00")
    steps = [one for one in accounts(story).accounts if one.kind is AccountKind.STEP]
    open_now = [one for one in steps if one.ended_at is None]
    assert [one.name for one in open_now] == ["Thẩm định hồ sơ, dự thảo kết quả"]
    late = open_now[0].late
    assert late
    assert (late.start, late.end) == (open_now[0].due_at, story.at)
    assert late.working == working_seconds_between(_calendar(story), late.start, late.end) > 0
    assert open_now[0].ledger.working == 12 * 3600
