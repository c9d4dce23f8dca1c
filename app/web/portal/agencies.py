"""Level first, then the agency, then its procedures; an agency has an address of its own.

Departments link to it from their own sites (spec R2-03, R3-20..R3-22, R3-46, R3-48).
"""

from flask import render_template, request, url_for

from app.domain.people.queries import UnknownUnit
from app.domain.procedures.model import Level
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.queries.agency_pages import reached_at
from app.queries.catalogue_pages import find
from app.queries.catalogue_shelf import shelf
from app.web.portal.listing import asked_of_page, list_context, member
from app.web.portal.room import blueprint


@blueprint.get("/co-quan")
def agencies() -> str:
    """Every agency that takes dossiers today, by level.

    A level without such an agency is not shown: districts end with their units (spec U-04).
    """
    known = shelf(db.session(), local_date(now()))
    chosen = member(Level, request.args.get("level", ""))
    return render_template(
        "portal/agencies.html",
        chosen=chosen,
        levels=[
            (level, url_for("portal.agencies", level=level.name))
            for level in Level
            if any(one.level is level for one in known.agencies)
        ],
        groups=[
            (
                level,
                [
                    (one.name, len(one.procedures), url_for("portal.agency", code=one.code))
                    for one in known.agencies
                    if one.level is level
                ],
            )
            for level in Level
            if chosen in (None, level)
        ],
    )


@blueprint.get("/co-quan/<code>")
def agency(code: str) -> str:
    """One agency and what it settles; raises UnknownUnit for one that takes no dossiers today."""
    asked = asked_of_page(agency=code)
    after, before = request.args.get("after", ""), request.args.get("before", "")
    found = find(db.session(), asked, local_date(now()), after=after, before=before)
    if found.agency is None:
        raise UnknownUnit(code=code)
    return render_template(
        "portal/agency.html",
        agency=found.agency,
        contact=reached_at(db.session(), [found.agency.id]).get(found.agency.id),
        **list_context(asked, found, "portal.agency", code=code),
    )
