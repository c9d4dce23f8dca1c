"""An edition being written: what it says so far, and what it would change."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.draft_edition import (
    begin_edition,
    carry_over,
    change_edition,
    drop_draft,
    own_draft,
)
from app.domain.calendars.differences import Differences, differences
from app.domain.calendars.model import Calendar, CalendarDraft, CalendarEdition
from app.domain.calendars.proposing import proposed_days
from app.domain.calendars.queries import loaded_edition, newest_edition
from app.domain.calendars.reading import working_calendar
from app.domain.calendars.rules import ensure_may_edit
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.calendar_pages import calendar_by_key, parent_calendar
from app.web.admin.calendars import shown
from app.web.admin.room import blueprint
from app.web.admin.year import year_asked
from app.web.session import current_actor
from app.worktime import WorkingCalendar

Errors = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Writing:
    """The reader's draft with what it was begun from and what has been saved since."""

    calendar: Calendar
    draft: CalendarDraft
    kept: WorkingCalendar
    base: WorkingCalendar | None
    newest: CalendarEdition | None

    @property
    def changes(self) -> Differences:
        """What the draft would change."""
        return differences(self.base, self.kept)

    @property
    def meanwhile(self) -> Differences | None:
        """What somebody else has changed since; None when nobody saved anything."""
        if self.newest is None or self.newest.id == self.draft.base_id:
            return None
        return differences(self.base, working_calendar(self.newest.content))


def opened(session: Session, key: str) -> Writing:
    """The reader's draft; raises NoSuchCalendar, NotTheAdministrator and NoDraft."""
    calendar, actor = calendar_by_key(session, key), current_actor()
    ensure_may_edit(calendar, actor)
    draft = own_draft(session, calendar, actor)
    base = loaded_edition(session, draft.base_id).calendar if draft.base_id else None
    return Writing(
        calendar=calendar,
        draft=draft,
        kept=working_calendar(draft.content),
        base=base,
        newest=newest_edition(session, calendar.id),
    )


@blueprint.get("/quan-tri/lich/<key>/sua")
def draft(key: str) -> str:
    """Everything the edition says so far, each part with a way to change it."""
    session = db.session()
    writing = opened(session, key)
    year = year_asked(request.args.get("nam"), local_date(now()))
    above = parent_calendar(session, writing.calendar, now())
    return render_template(
        "admin/draft.html",
        calendar=writing.calendar,
        writing=writing,
        changes=writing.changes,
        lacking=len(proposed_days(year, writing.kept, above)),
        **shown(writing.kept, year),
    )


@blueprint.post("/quan-tri/lich/<key>/sua")
def begin(key: str) -> Response:
    """Begin to write, or go on."""
    with transaction() as session:
        begin_edition(session, calendar_by_key(session, key), actor=current_actor(), at=now())
    return redirect(url_for("admin.draft", key=key, nam=request.form.get("nam") or None), 303)


@blueprint.post("/quan-tri/lich/<key>/bo")
def drop(key: str) -> Response:
    """Forget what was written."""
    with transaction() as session:
        drop_draft(session, calendar_by_key(session, key), actor=current_actor())
    flash(gettext("Your changes are gone; the calendar is as it was."), "success")
    return redirect(url_for("admin.calendars"), 303)


@blueprint.post("/quan-tri/lich/<key>/noi-tiep")
def continue_from_newest(key: str) -> Response:
    """Take the reader's changes over to what somebody else has saved meanwhile."""
    with transaction() as session:
        carry_over(session, calendar_by_key(session, key), actor=current_actor(), at=now())
    flash(gettext("Your changes now continue the newest edition. Check them once more."), "success")
    return redirect(url_for("admin.draft", key=key), 303)


def change(
    key: str,
    how: Callable[[WorkingCalendar], WorkingCalendar],
    *,
    fields: Collection[str] = (),
) -> Errors:
    """Change the draft; returns what is wrong by field, and nothing is changed then."""
    try:
        with transaction() as session:
            calendar = calendar_by_key(session, key)
            change_edition(session, calendar, how, actor=current_actor(), at=now())
    except Invalid as refusal:
        return errors_of(refusal, fields)
    return {}


def errors_of(refusal: Invalid, fields: Collection[str]) -> Errors:
    """What is wrong by field of the page: the first part of a path that names one."""
    if not refusal.errors:
        return {"": [str(refusal)]}
    found: Errors = {}
    for path, messages in refusal.errors.items():
        field = next((part for part in path.split(".") if part in fields), "")
        found.setdefault(field, []).extend(messages)
    return found


def back(key: str, year: int | None = None, anchor: str | None = None) -> Response:
    """To the draft, after a change."""
    return redirect(url_for("admin.draft", key=key, nam=year, _anchor=anchor), 303)
