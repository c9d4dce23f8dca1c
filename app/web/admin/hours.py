"""The hours of a week: for ever, or for a season."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.calendars.editing import hours_at, with_hours, without_hours
from app.foundation.db import db
from app.web.admin.draft import Errors, back, change, errors_of, opened
from app.web.admin.room import blueprint
from app.web.admin.typed import MAX_TYPED, read_intervals
from app.web.admin.year import LONG, typed
from app.worktime import WEEKDAYS, CalendarInvalid, Hours, WorkingCalendar, read_edition

FIELDS = ("name", "valid_from", "valid_to", *WEEKDAYS)
_PLACE = "<int(max=10000):place>"


@blueprint.get("/quan-tri/lich/<key>/sua/gio")
def new_hours(key: str) -> str:
    """Other hours, beginning with those in force last."""
    kept = opened(db.session(), key).kept
    told = _told(kept.hours[-1]) if kept.hours else {}
    return _page(key, None, told | {"name": "", "valid_from": "", "valid_to": ""}, {})


@blueprint.get(f"/quan-tri/lich/<key>/sua/gio/{_PLACE}")
def hours(key: str, place: int) -> str:
    """The hours at that place."""
    return _page(key, place, _told(hours_at(opened(db.session(), key).kept, place)), {})


@blueprint.post("/quan-tri/lich/<key>/sua/gio")
def add_hours(key: str) -> tuple[str, int] | Response:
    """Add hours; they win over those before them."""
    return _write(key, None)


@blueprint.post(f"/quan-tri/lich/<key>/sua/gio/{_PLACE}")
def write_hours(key: str, place: int) -> tuple[str, int] | Response:
    """Change the hours at that place."""
    return _write(key, place)


@blueprint.post(f"/quan-tri/lich/<key>/sua/gio/{_PLACE}/xoa")
def remove_hours(key: str, place: int) -> tuple[str, int] | Response:
    """Remove the hours at that place."""
    if errors := change(key, lambda calendar: without_hours(calendar, place)):
        told = _told(hours_at(opened(db.session(), key).kept, place))
        return _page(key, place, told, errors), 422
    return back(key, anchor="hours")


def _write(key: str, place: int | None) -> tuple[str, int] | Response:
    told = {name: request.form.get(name, "").strip()[:MAX_TYPED] for name in FIELDS}
    errors = change(key, lambda calendar: _with(calendar, told, place), fields=FIELDS)
    if errors:
        opened(db.session(), key)
        return _page(key, place, told, errors), 422
    return back(key, anchor="hours")


def _with(calendar: WorkingCalendar, told: dict[str, str], place: int | None) -> WorkingCalendar:
    return with_hours(calendar, _read(told), place)


def _read(told: dict[str, str]) -> Hours:
    """The hours as typed; raises CalendarInvalid, telling everything that is wrong at once."""
    errors: Errors = {}
    weekly: dict[str, Any] = {}
    for day in WEEKDAYS:
        try:
            weekly[day] = read_intervals(told[day], day)
        except CalendarInvalid as refusal:
            errors |= errors_of(refusal, FIELDS)
    content = {
        "name": told["name"],
        "valid_from": told["valid_from"],
        "valid_to": told["valid_to"] or None,
        "weekly": weekly,
    }
    try:
        read = read_edition({"hours": [content]}).hours[0]
    except CalendarInvalid as refusal:
        raise CalendarInvalid(errors={**errors_of(refusal, FIELDS), **errors}) from refusal
    if errors:
        raise CalendarInvalid(errors=errors)
    return read


def _told(hours: Hours) -> dict[str, str]:
    week = zip(WEEKDAYS, hours.weekly, strict=True)
    return {
        "name": hours.name,
        "valid_from": hours.valid_from.isoformat(),
        "valid_to": hours.valid_to.isoformat() if hours.valid_to else "",
        **{day: typed(intervals) for day, intervals in week},
    }


def _page(key: str, place: int | None, told: dict[str, str], errors: Errors) -> str:
    return render_template(
        "admin/hours.html",
        key=key,
        told=told,
        errors=errors,
        weekdays=list(zip(WEEKDAYS, LONG, strict=True)),
        is_new=place is None,
        remove_url=None if place is None else url_for("admin.remove_hours", key=key, place=place),
    )
