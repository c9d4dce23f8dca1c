"""The post: item codes that are left, parcels that do not move."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.postal.item_codes import add_item_codes, ensure_postmaster, hurry_parcels
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext, ngettext
from app.queries.parcel_pages import post_page
from app.web.admin.room import blueprint
from app.web.result_returns import allowed, connected
from app.web.session import current_actor

Errors = dict[str, list[str]]


@blueprint.get("/quan-tri/buu-chinh")
def postal() -> str:
    """For administrators of the province."""
    return _page({})


@blueprint.post("/quan-tri/buu-chinh")
def add_codes() -> tuple[str, int] | Response:
    """Put item codes into the pool; what waited for them goes on at once."""
    try:
        with transaction() as session:
            lines = request.form.get("codes", "").splitlines()
            added = add_item_codes(session, lines, actor=current_actor(), at=now())
    except Invalid as refusal:
        return _page(refusal.errors), 422
    words = ngettext("%(num)s item code was added.", "%(num)s item codes were added.", added)
    flash(words, "success")
    return redirect(url_for("admin.postal"), 303)


@blueprint.post("/quan-tri/buu-chinh/thu-lai")
def hurry_post() -> Response:
    """Have every parcel that waits to be ordered tried now."""
    with transaction() as session:
        hurry_parcels(session, actor=current_actor(), at=now())
    flash(gettext("Every parcel that waits is tried again now."), "success")
    return redirect(url_for("admin.postal"), 303)


def _page(errors: Errors) -> str:
    ensure_postmaster(current_actor())
    return render_template(
        "admin/postal.html",
        post=post_page(db.session()),
        connected=connected(),
        allowed=allowed(),
        written=request.form.get("codes", "") if errors else "",
        errors=errors,
    )
