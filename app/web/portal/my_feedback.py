"""What somebody with an account has sent as feedback, and what was answered."""

from flask import render_template, request, url_for

from app.domain.feedback.complaint_rules import is_late
from app.foundation.clock import now
from app.foundation.db import db
from app.queries.complaint_pages import own_complaint, own_complaints
from app.web.addresses import seen_before
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_login


@blueprint.get("/phan-anh-cua-toi")
def my_feedback() -> str:
    """Newest first."""
    require_login()
    page = own_complaints(db.session(), current_actor().person_id or 0, seen_before())
    more = url_for("portal.my_feedback", before=page.before) if page.before else None
    rows = [(one, unit, is_late(one, now())) for one, unit in page.rows]
    return render_template("portal/my_feedback.html", rows=rows, next_url=more)


@blueprint.get("/phan-anh-cua-toi/<code>")
def one_of_my_feedback(code: str) -> str:
    """Where it stands, and the answer; raises UnknownComplaint for what others have sent."""
    require_login()
    page = own_complaint(db.session(), code, current_actor().person_id or 0)
    return render_template(
        "portal/one_feedback.html",
        page=page,
        late=is_late(page.complaint, now()),
        just_sent="sent" in request.args,
    )
