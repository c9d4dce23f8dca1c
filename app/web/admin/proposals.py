"""The days of a year that are not known yet, and those that are only estimated: one by one."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from app.domain.calendars.editing import with_day, without_day
from app.domain.calendars.proposing import WORKED_OUT, proposed_days
from app.domain.calendars.reading import ensure_told
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.foundation.text import ngettext
from app.queries.calendar_pages import parent_calendar
from app.web.admin.draft import Writing, back, change, opened
from app.web.admin.room import blueprint
from app.web.admin.typed import MAX_TYPED
from app.web.admin.year import year_asked
from app.worktime import DayException, WorkingCalendar

#: What can be decided about a day: leave it, enter it as estimated, as confirmed, or remove it.
LEAVE, ESTIMATE, CONFIRM, REMOVE = "leave", "estimate", "confirm", "remove"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One day to decide about."""

    day: DayException
    #: Whether the calendar has it already, as an estimate.
    known: bool

    @property
    def field(self) -> str:
        """Name of its choice."""
        return f"d-{self.day.day.isoformat()}"


@blueprint.get("/quan-tri/lich/<key>/sua/de-xuat")
def proposals(key: str) -> str:
    """What is proposed for the year; nothing counts before somebody decides."""
    year = year_asked(request.args.get("nam"), local_date(now()))
    return _page(key, year, _rows(opened(db.session(), key), year), {}, {})


@blueprint.post("/quan-tri/lich/<key>/sua/de-xuat")
def decide(key: str) -> tuple[str, int] | Response:
    """Do with each day what was chosen."""
    year = year_asked(request.form.get("nam"), local_date(now()))
    rows = _rows(opened(db.session(), key), year)
    told = {name: value[:MAX_TYPED] for name, value in request.form.items()}
    source = told.get("source", "").strip()
    every = CONFIRM if told.get("every") == CONFIRM else None
    chosen = [(row, every or told.get(row.field, LEAVE)) for row in rows]

    def decided(calendar: WorkingCalendar) -> WorkingCalendar:
        for row, choice in chosen:
            calendar = _decided(calendar, row, choice, source)
        return calendar

    if errors := change(key, decided, fields=("source",)):
        return _page(key, year, _rows(opened(db.session(), key), year), told, errors), 422
    count = sum(choice in (ESTIMATE, CONFIRM, REMOVE) for _row, choice in chosen)
    flash(ngettext("%(num)s day decided.", "%(num)s days decided.", count), "success")
    return back(key, year, "days")


def _decided(calendar: WorkingCalendar, row: Row, choice: str, source: str) -> WorkingCalendar:
    day = row.day.day
    if choice == REMOVE and row.known:
        return without_day(calendar, day)
    if choice == CONFIRM:
        told = replace(row.day, confirmed=True, source=_source(row, source))
        ensure_told(told)
        return with_day(calendar, told, day)
    if choice == ESTIMATE and not row.known:
        return with_day(calendar, replace(row.day, confirmed=False), day)
    return calendar


def _source(row: Row, document: str) -> str:
    """The law behind an estimate, and the document that confirms it.

    A program is no source, and a day that came with its document needs no other.
    """
    if row.day.confirmed and not document:
        return row.day.source
    law = "" if row.day.source == WORKED_OUT else row.day.source
    return "; ".join(part for part in (law, document) if part) if document else ""


def _rows(writing: Writing, year: int) -> list[Row]:
    above = parent_calendar(db.session(), writing.calendar, now())
    rows = [
        Row(day=one, known=True)
        for one in writing.kept.exceptions
        if one.day.year == year and not one.confirmed
    ]
    rows += [Row(day=one, known=False) for one in proposed_days(year, writing.kept, above)]
    return sorted(rows, key=lambda row: row.day.day)


def _page(
    key: str, year: int, rows: list[Row], told: dict[str, str], errors: dict[str, Any]
) -> str:
    return render_template(
        "admin/proposals.html", key=key, year=year, rows=rows, told=told, errors=errors
    )
