"""What to know before starting a procedure; steps and hours come from the diagram that runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from sqlalchemy.orm import Session

from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.clock_rules import expected_at
from app.domain.dossiers.status import Channel
from app.domain.people.model import Unit
from app.domain.procedures.cases import Case
from app.domain.procedures.model import OnlineLevel
from app.domain.procedures.queries import offers_on, procedure_by_key
from app.engine import Definition
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.queries.citizen_pages import open_drafts
from app.queries.clocks import law_for
from app.queries.definitions import LoadedVersion, current_version
from app.queries.journey import hours_of, way_to_result
from app.web.payments import fee_rows
from app.web.portal.room import blueprint
from app.web.session import current_actor, remembered_drafts
from app.worktime import WorkingCalendar, unconfirmed


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
        fees=fee_rows(version.catalogue.fees),
        drafts=[
            {"url": url_for("portal.apply", draft_id=one.id), "updated_at": one.updated_at}
            for one in drafts
        ],
    )


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
