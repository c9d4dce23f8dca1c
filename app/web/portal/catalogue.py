"""Finding a procedure: the welcome, the searched list, and suggestions while somebody types."""

from flask import jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.procedures.model import Level
from app.domain.procedures.search.words import fold
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.queries.catalogue_pages import find, often_needed, suggestions
from app.queries.catalogue_shelf import shelf
from app.web.portal.listing import asked_of_page, card, list_context
from app.web.portal.room import blueprint
from app.web.words import word_for

#: Procedures on the home page.
POPULAR = 6
#: What is suggested is looked for from this many letters on.
_LEAST_TYPED = 2
_LONGEST = 100


@blueprint.get("/")
def home() -> str:
    """The welcome."""
    session, today = db.session(), local_date(now())
    known = shelf(session, today)
    return render_template(
        "portal/home.html",
        popular=[card(one) for one in often_needed(session, today, POPULAR)],
        fields=[
            (name, url_for("portal.procedures", field=name))
            for name in sorted({item.field for item in known.items}, key=fold)
        ],
        levels=[
            (level, url_for("portal.agencies", level=level.name))
            for level in Level
            if any(one.level is level for one in known.agencies)
        ],
    )


@blueprint.get("/thu-tuc")
def procedures() -> str:
    """The catalogue, searched with or without marks, and narrowed down."""
    asked = asked_of_page()
    after, before = request.args.get("after", ""), request.args.get("before", "")
    found = find(db.session(), asked, local_date(now()), after=after, before=before)
    return render_template(
        "portal/procedures.html", **list_context(asked, found, "portal.procedures")
    )


@blueprint.get("/goi-y-thu-tuc")
def suggest() -> Response:
    """The best few for what is typed so far, for the list under the search box."""
    typed = request.args.get("q", "").strip()[:_LONGEST]
    enough = len(typed) >= _LEAST_TYPED
    found = suggestions(db.session(), typed, local_date(now())) if enough else ()
    return jsonify(
        [
            {
                "name": item.name,
                "detail": f"{item.field} · {word_for(item.level)}",
                "url": url_for("portal.procedure", key=item.key),
            }
            for item in found
        ]
    )
