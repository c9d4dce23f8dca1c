"""Reading calendars: all of them, one with its year, and its earlier editions."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.draft_edition import begin_edition, draft_of, make_calendar
from app.domain.calendars.differences import Differences, differences
from app.domain.calendars.model import Calendar, CalendarEdition
from app.domain.calendars.proposing import proposed_days, unconfirmed_years
from app.domain.calendars.reading import working_calendar
from app.domain.calendars.rules import can_edit
from app.domain.people.queries import unit_by_code
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.queries.calendar_pages import (
    calendar_by_key,
    calendar_with_edition,
    editions_of,
    listed_calendars,
    parent_calendar,
    redating_counts,
    units_without,
)
from app.web.admin.room import blueprint
from app.web.admin.year import FIRST_YEAR, LAST_YEAR, hours_a_week, months_of, week_of, year_asked
from app.web.session import current_actor
from app.worktime import Hours, WorkingCalendar


@blueprint.get("/quan-tri/lich")
def calendars() -> str:
    """Every calendar, and what next year still lacks."""
    session = db.session()
    return render_template(
        "admin/calendars.html",
        calendars=listed_calendars(session),
        next_year=local_date(now()).year + 1,
        units=units_without(session, current_actor()),
    )


@blueprint.post("/quan-tri/lich")
def make() -> Response:
    """Give a unit a calendar of its own, and begin its first edition."""
    with transaction() as session:
        unit = unit_by_code(session, request.form.get("unit", ""))
        calendar = make_calendar(session, unit, actor=current_actor())
        begin_edition(session, calendar, actor=current_actor(), at=now())
    return redirect(url_for("admin.draft", key=calendar.key), 303)


@blueprint.get("/quan-tri/lich/<key>")
def calendar(key: str) -> str | Response:
    """The edition in force, with its year and the editions before it."""
    session, actor = db.session(), current_actor()
    found = calendar_by_key(session, key)
    editions = editions_of(session, found)
    mine = draft_of(session, found.id, actor) if can_edit(found, actor) else None
    if not editions and mine:
        return redirect(url_for("admin.draft", key=key), 303)
    _, edition = calendar_with_edition(session, key, None)
    kept = working_calendar(edition.content)
    year = year_asked(request.args.get("nam"), local_date(now()))
    return render_template(
        "admin/calendar.html",
        calendar=found,
        edition=edition,
        editions=editions,
        redatings=redating_counts(session, found),
        may_edit=can_edit(found, actor),
        draft=mine,
        lacking=len(proposed_days(year, kept, parent_calendar(session, found, now()))),
        **shown(kept, year),
    )


@blueprint.get("/quan-tri/lich/<key>/ban/<int(max=1000000):number>")
def edition(key: str, number: int) -> str:
    """An edition as it was, and what it changed."""
    session = db.session()
    found, told = calendar_with_edition(session, key, number)
    year = year_asked(request.args.get("nam"), local_date(now()))
    return render_template(
        "admin/edition.html",
        calendar=found,
        edition=told,
        changes=_changes(found, told),
        **shown(working_calendar(told.content), year),
    )


def _changes(calendar: Calendar, edition: CalendarEdition) -> Differences | None:
    """What it changed; None for the first, which changed nothing."""
    if edition.number == 1:
        return None
    _, before = calendar_with_edition(db.session(), calendar.key, edition.number - 1)
    return differences(working_calendar(before.content), working_calendar(edition.content))


def shown(kept: WorkingCalendar, year: int) -> dict[str, Any]:
    """What every page says about a calendar in a year."""
    return {
        "year": year,
        "years": (year - 1 if year > FIRST_YEAR else None, year + 1 if year < LAST_YEAR else None),
        "months": months_of(kept, year, local_date(now())),
        "days": [one for one in kept.exceptions if one.day.year == year],
        "unconfirmed": unconfirmed_years(kept),
        "hours": [_hours(one) for one in kept.hours],
        "rules": kept.rules,
    }


def _hours(hours: Hours) -> dict[str, Any]:
    return {"told": hours, "week": week_of(hours), "length": hours_a_week(hours)}
