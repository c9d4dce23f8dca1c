"""Finding a dossier to examine."""

from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from app.foundation.db import db
from app.queries.audit_pages import Asked, Found, find_dossiers, handling_units
from app.web.addresses import seen_before
from app.web.audit.room import blueprint
from app.web.facts import facts_of, soon

NAMES = ("code", "person", "unit", "from", "to", "incident")


@blueprint.get("/kiem-tra")
def search() -> str:
    """The search, and what was found once something was asked."""
    session = db.session()
    told = {name: request.args.get(name, "").strip()[:200] for name in NAMES}
    asked = Asked(
        code=told["code"],
        person=told["person"],
        unit=told["unit"],
        first=_day(told["from"]),
        last=_day(told["to"]),
        incident=told["incident"] == "yes",
        before=seen_before(),
    )
    found = find_dossiers(session, asked) if request.args else None
    return render_template(
        "audit/search.html",
        asked=told,
        units=handling_units(session),
        dossiers=_rows(found) if found else None,
        previous_url=_address(told, None) if asked.before else None,
        next_url=_address(told, found.before) if found and found.before else None,
    )


def _rows(found: Found) -> list[dict[str, object]]:
    soon_at = soon(db.session())
    return [
        asdict(facts_of(one, procedure_name=procedure, handling_unit=unit, soon_at=soon_at))
        | {"url": url_for("audit.dossier", code=one.code)}
        for one, procedure, unit in found.rows
    ]


def _address(told: dict[str, str], before: int | None) -> str:
    given: dict[str, Any] = {name: text for name, text in told.items() if text}
    return url_for("audit.search", before=before, **given)


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
