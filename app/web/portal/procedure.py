"""What to know before starting a procedure; steps and hours come from the diagram that runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from app.domain.calendars.queries import calendar_for
from app.domain.dossiers.clock_rules import expected_at
from app.domain.dossiers.drafts import is_begun
from app.domain.dossiers.status import Channel
from app.domain.people.model import Unit
from app.domain.procedures.cases import Case
from app.domain.procedures.model import OnlineLevel
from app.domain.procedures.queries import offers_on, procedure_by_key
from app.engine import Definition
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.queries.agency_pages import reached_at
from app.queries.citizen_pages import open_drafts
from app.queries.clocks import law_for
from app.queries.definitions import LoadedVersion, current_version
from app.queries.journey import hours_of, way_to_result
from app.web.payments import fee_rows
from app.web.portal.begun import begun
from app.web.portal.blanks import public_forms
from app.web.portal.room import blueprint
from app.web.session import current_actor, remembered_drafts
from app.worktime import WorkingCalendar, reception_deadline, unconfirmed

#: Of more agencies only how many there are is told, with a way to all of them.
_MOST_AGENCIES = 4


@blueprint.get("/thu-tuc/<key>")
def procedure(key: str) -> str:
    """What you need before you start; `agency` is the code of the unit it was found under."""
    session = db.session()
    found = procedure_by_key(session, key)
    version = current_version(session, found)
    units = [unit for _, unit in offers_on(session, found, local_date(now()))]
    chosen = [unit for unit in units if unit.code == request.args.get("agency")]
    calendar = calendar_today(session, chosen or units)
    open_to_start = bool(units) and found.online_level is not OnlineLevel.INFO_ONLY
    drafts = open_drafts(session, current_actor(), remembered_drafts(), procedure_id=found.id)
    address = url_for("portal.procedure", key=key, agency=chosen[0].code if chosen else None)
    return render_template(
        "portal/procedure.html",
        catalogue=version.catalogue,
        offers=[(unit.code, unit.name) for unit in units],
        chosen=chosen[0].code if chosen else "",
        agencies=_agencies(session, chosen or units),
        public_url=url_for("portal.procedure", key=key, _external=True),
        login_url=_log_in_first(address) if open_to_start else None,
        blanks=_blanks(version),
        cases=[
            _case(version, case, calendar, startable=open_to_start)
            for case in version.catalogue.cases
        ],
        fees=fee_rows(version.catalogue.fees),
        drafts=[begun(session, one, current_actor()) for one in drafts if is_begun(one)],
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


def _agencies(session: Session, units: Sequence[Unit]) -> list[dict[str, Any]]:
    """Those that take it, with how to reach them; none if there are too many to tell."""
    if len(units) > _MOST_AGENCIES:
        return []
    contacts = reached_at(session, [unit.id for unit in units])
    return [
        {
            "name": unit.name,
            "url": url_for("portal.agency", code=unit.code),
            "contact": contacts.get(unit.id),
        }
        for unit in units
    ]


def _blanks(version: LoadedVersion) -> dict[str, tuple[str, str]]:
    """Title and address of each form that can be taken home blank, by its name."""
    key = version.key
    return {
        name: (version.form(name).title or name, url_for("portal.blank", key=key, name=name))
        for name in sorted(public_forms(version.catalogue))
    }


def _log_in_first(address: str) -> str | None:
    """Where visitors log in before they start; nobody else has to."""
    if current_actor().person_id is not None:
        return None
    return url_for("account.login", next=f"{address}#start")


def _case(
    version: LoadedVersion, case: Case, calendar: WorkingCalendar, *, startable: bool
) -> dict[str, Any]:
    start = url_for("portal.start", key=version.key) if startable else None
    due_at, estimated = due_if_sent_now(case, calendar)
    return {
        "case": case,
        "start_url": start,
        "received_by": reception_deadline(calendar, now()).due,
        "expected_at": due_at,
        "estimated": estimated,
        "steps": _steps(version.diagram(case.diagram), case),
    }


def _steps(definition: Definition, case: Case) -> list[dict[str, Any]]:
    return [
        {"name": step.name, "who": step.lane or "", "hours": hours_of(step, case.key)}
        for step in way_to_result(definition)
    ]
