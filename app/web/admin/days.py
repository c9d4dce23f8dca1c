"""One exceptional day: a holiday, a swapped day, a half day or other hours."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.calendars.editing import day_of, with_day, without_day
from app.domain.calendars.reading import read_day
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.text import gettext
from app.web.admin.draft import Errors, back, change, opened
from app.web.admin.room import blueprint
from app.web.admin.typed import MAX_TYPED, read_intervals
from app.web.admin.year import typed
from app.web.words import word_for
from app.worktime import CalendarInvalid, DayException, ExceptionKind, WorkingCalendar

FIELDS = ("day", "kind", "name", "source", "confirmed", "intervals")
_DAY = "<string(length=10):day>"


@blueprint.get("/quan-tri/lich/<key>/sua/ngay")
def new_day(key: str) -> str:
    """A day to be entered."""
    opened(db.session(), key)
    told = dict.fromkeys(FIELDS, "") | {"confirmed": "yes", "day": request.args.get("ngay", "")}
    return _page(key, None, told, {})


@blueprint.get(f"/quan-tri/lich/<key>/sua/ngay/{_DAY}")
def day(key: str, day: str) -> str:
    """A day that was entered."""
    found = day_of(opened(db.session(), key).kept, _date(day))
    if found is None:
        raise NotFound
    return _page(key, found.day, _told(found), {})


@blueprint.post("/quan-tri/lich/<key>/sua/ngay")
def add_day(key: str) -> tuple[str, int] | Response:
    """Enter the day."""
    return _write(key, None)


@blueprint.post(f"/quan-tri/lich/<key>/sua/ngay/{_DAY}")
def write_day(key: str, day: str) -> tuple[str, int] | Response:
    """Change the day."""
    return _write(key, _date(day))


@blueprint.post(f"/quan-tri/lich/<key>/sua/ngay/{_DAY}/xoa")
def remove_day(key: str, day: str) -> tuple[str, int] | Response:
    """The day is like any other again."""
    wanted = _date(day)
    if errors := change(key, lambda calendar: without_day(calendar, wanted)):
        found = day_of(opened(db.session(), key).kept, wanted)
        return _page(key, wanted, _told(found) if found else {}, errors), 422
    return back(key, wanted.year, "days")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error


def _write(key: str, instead_of: date | None) -> tuple[str, int] | Response:
    told = {name: request.form.get(name, "").strip()[:MAX_TYPED] for name in FIELDS}
    year: list[int] = []

    def enter(calendar: WorkingCalendar) -> WorkingCalendar:
        read = read_day(_content(told))
        year.append(read.day.year)
        return with_day(calendar, read, instead_of)

    if errors := change(key, enter, fields=FIELDS):
        opened(db.session(), key)
        return _page(key, instead_of, told, errors), 422
    return back(key, year[0], "days")


def _content(told: dict[str, str]) -> dict[str, Any]:
    errors = {}
    if not told["day"]:
        errors["day"] = [gettext("Enter the day.")]
    if not told["kind"]:
        errors["kind"] = [gettext("Choose what kind of day it is.")]
    if errors:
        raise CalendarInvalid(errors=errors)
    return {
        "day": told["day"],
        "kind": told["kind"],
        "name": told["name"],
        "source": told["source"],
        "confirmed": told["confirmed"] == "yes",
        "intervals": read_intervals(told["intervals"], "intervals") or None,
    }


def _told(found: DayException) -> dict[str, str]:
    return {
        "day": found.day.isoformat(),
        "kind": found.kind.value,
        "name": found.name,
        "source": found.source,
        "confirmed": "yes" if found.confirmed else "no",
        "intervals": typed(found.intervals or ()),
    }


def _page(key: str, entered: date | None, told: dict[str, str], errors: Errors) -> str:
    remove = url_for("admin.remove_day", key=key, day=entered.isoformat()) if entered else None
    return render_template(
        "admin/day.html",
        key=key,
        told=told,
        errors=errors,
        kinds=[(kind.value, word_for(kind)) for kind in ExceptionKind],
        entered=entered,
        remove_url=remove,
        year=(told.get("day") or "")[:4],
    )
