"""How time is counted where the law leaves a choice."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.domain.calendars.editing import with_rules
from app.domain.calendars.reading import read_rules
from app.foundation.db import db
from app.web.admin.draft import Errors, back, change, opened
from app.web.admin.room import blueprint
from app.web.admin.typed import MAX_TYPED
from app.web.words import word_for
from app.worktime import OutOfHours, Rules, WorkingCalendar, edition_content

FIELDS = (
    "out_of_hours",
    "lunch_is_out_of_hours",
    "handover_cutoff",
    "warn_ratios",
    "escalation_roles",
    "escalation_hours",
    "apology_hours",
)


@blueprint.get("/quan-tri/lich/<key>/sua/quy-tac")
def rules(key: str) -> str:
    """The rules as they stand."""
    return _page(key, _told(opened(db.session(), key).kept), {})


@blueprint.post("/quan-tri/lich/<key>/sua/quy-tac")
def write_rules(key: str) -> tuple[str, int] | Response:
    """Count by other rules."""
    told = {name: request.form.get(name, "").strip()[:MAX_TYPED] for name in FIELDS}
    if errors := change(key, lambda kept: with_rules(kept, _read(told)), fields=FIELDS):
        opened(db.session(), key)
        return _page(key, told, errors), 422
    return back(key, anchor="rules")


def _read(told: dict[str, str]) -> Rules:
    return read_rules(
        {
            **told,
            "lunch_is_out_of_hours": told["lunch_is_out_of_hours"] == "yes",
            "handover_cutoff": told["handover_cutoff"] or None,
            "warn_ratios": _listed(told["warn_ratios"]),
            "escalation_roles": _listed(told["escalation_roles"]),
        }
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _told(kept: WorkingCalendar) -> dict[str, str]:
    """The rules as they are typed."""
    told: dict[str, Any] = edition_content(kept)["rules"]
    return {name: _plain(told[name]) for name in FIELDS}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _page(key: str, told: dict[str, str], errors: Errors) -> str:
    readings = [(one.value, word_for(one)) for one in OutOfHours]
    return render_template("admin/rules.html", key=key, told=told, errors=errors, readings=readings)
