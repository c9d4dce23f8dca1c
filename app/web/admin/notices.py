"""The delivery log: what failed, what waits, and trying again."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.retry_delivery import retry_delivery
from app.domain.notices.reaching import masked
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext, lazy_gettext
from app.queries.notice_pages import VIEWS, log_page
from app.web.addresses import MAX_ID, seen_before
from app.web.admin.room import blueprint
from app.web.notice_words import KIND_WORDS
from app.web.session import current_actor

#: What each view is called.
VIEW_WORDS = {
    "failed": lazy_gettext("Failed"),
    "waiting": lazy_gettext("Waiting"),
    "unreached": lazy_gettext("Nobody reached"),
    "all": lazy_gettext("All messages"),
}


@blueprint.get("/quan-tri/thong-bao")
def notices() -> str:
    """Messages about the dossiers of the reader's units, newest first."""
    view = request.args.get("view", VIEWS[0])
    if view not in VIEWS:
        abort(404)
    before = seen_before()
    page = log_page(db.session(), current_actor(), view, before)
    older = url_for("admin.notices", view=view, before=page.before) if page.before else None
    return render_template(
        "admin/notices.html",
        rows=page.rows,
        view=view,
        views=[(one, VIEW_WORDS[one], url_for("admin.notices", view=one)) for one in VIEWS],
        kinds=KIND_WORDS,
        masked=masked,
        previous_url=url_for("admin.notices", view=view) if before else None,
        next_url=older,
    )


@blueprint.post(f"/quan-tri/thong-bao/<int(max={MAX_ID}):number>/gui-lai")
def retry_notice(number: int) -> Response:
    """Put a failed message back in front."""
    with transaction() as session:
        retry_delivery(session, number, actor=current_actor(), at=now())
    flash(gettext("The message is tried again now."), "success")
    return redirect(url_for("admin.notices"), 303)
