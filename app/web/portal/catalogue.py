"""Finding a procedure, and what to know before starting it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.clock_rules import expected_at
from app.domain.dossiers.status import Channel
from app.domain.people.model import Unit
from app.domain.procedures.cases import Case
from app.domain.procedures.model import Level, OnlineLevel
from app.domain.procedures.queries import offers_on, procedure_by_key
from app.engine import Definition
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.queries.catalogue_pages import Listed, listed_procedures, search
from app.queries.citizen_pages import open_drafts
from app.queries.clocks import law_for
from app.queries.definitions import LoadedVersion, current_version
from app.queries.journey import hours_of, way_to_result
from app.web.portal.room import blueprint
from app.web.session import current_actor, remembered_drafts
from app.worktime import WorkingCalendar, unconfirmed

#: Procedures on one page of the list, and on the home page.
PAGE = 20
POPULAR = 6


@blueprint.get("/")
def home() -> str:
    """The welcome."""
    procedures = listed_procedures(db.session())
    online = sorted(procedures, key=lambda one: one.online_level is not OnlineLevel.FULL)
    fields = sorted({one.field for one in procedures})
    return render_template(
        "portal/home.html",
        popular=[card(one) for one in online[:POPULAR]],
        fields=[(name, url_for("portal.procedures", field=name)) for name in fields],
    )


@blueprint.get("/thu-tuc")
def procedures() -> str:
    """The catalogue, searched with or without marks."""
    every = listed_procedures(db.session())
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("q", "field", "level")}
    found = search(every, asked["q"], asked["field"], asked["level"])
    first = max(request.args.get("from", 0, int), 0)
    return render_template(
        "portal/procedures.html",
        **asked,
        fields=sorted({one.field for one in every}),
        levels=list(Level),
        procedures=[card(one) for one in found[first : first + PAGE]],
        previous_url=_page(asked, first - PAGE) if first else None,
        next_url=_page(asked, first + PAGE) if first + PAGE < len(found) else None,
    )


@blueprint.get("/thu-tuc/<key>")
def procedure(key: str) -> str:
    """What you need before you start; steps and hours come from the diagram that really runs."""
    session = db.session()
    found = procedure_by_key(session, key)
    version = current_version(session, found)
    offers = offers_on(session, found, local_date(now()))
    calendar = calendar_today(session, [unit for _, unit in offers])
    open_to_start = bool(offers) and found.online_level is not OnlineLevel.INFO_ONLY
    drafts = open_drafts(session, current_actor(), remembered_drafts(), procedure_id=found.id)
    return render_template(
        "portal/procedure.html",
        catalogue=version.catalogue,
        units=[unit.name for _, unit in offers],
        offers=[(unit.code, unit.name) for _, unit in offers],
        cases=[
            _case(version, case, calendar, startable=open_to_start)
            for case in version.catalogue.cases
        ],
        drafts=[
            {"url": url_for("portal.apply", draft_id=one.id), "updated_at": one.updated_at}
            for one in drafts
        ],
    )


def card(one: Listed) -> dict[str, Any]:
    """A procedure as `components/procedures.html` draws it."""
    return {
        "name": one.name,
        "url": url_for("portal.procedure", key=one.key),
        "field": one.field,
        "level": one.level,
        "online_level": one.online_level,
        "term_text": one.term_text,
    }


def calendar_today(session: Session, units: Sequence[Unit]) -> WorkingCalendar:
    """The calendar in force now for the one unit that would settle it, else the province's."""
    unit_id = units[0].id if len(units) == 1 else None
    return calendar_for(session, unit_id, now()).calendar


def due_if_sent_now(case: Case, calendar: WorkingCalendar) -> tuple[datetime, tuple[int, ...]]:
    """The latest date of the result for what is sent online at this moment.

    With the years whose holidays are not announced yet, if the date runs across them.
    """
    due_at = expected_at(now(), law_for(case, Channel.ONLINE, calendar))
    return due_at, unconfirmed(calendar, now(), due_at).all_years


def _page(asked: dict[str, str], first: int) -> str:
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    if first > 0:
        kept["from"] = first
    return url_for("portal.procedures", **kept)


def _case(
    version: LoadedVersion, case: Case, calendar: WorkingCalendar, *, startable: bool
) -> dict[str, Any]:
    start = url_for("portal.start", key=version.key) if startable else None
    due_at, estimated = due_if_sent_now(case, calendar)
    return {
        "case": case,
        "start_url": start,
        "expected_at": due_at,
        "estimated": estimated,
        "steps": _steps(version.diagram(case.diagram), case),
    }


def _steps(definition: Definition, case: Case) -> list[dict[str, Any]]:
    return [
        {"name": step.name, "who": step.lane or "", "hours": hours_of(step, case.key)}
        for step in way_to_result(definition)
    ]
