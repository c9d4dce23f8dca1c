"""Where I am logged in, and what happened to my account."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions.end_session import UnknownSession, end_other_sessions, end_session
from app.domain.accounts.events import WORDS
from app.domain.accounts.queries import open_sessions, recent_entries
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.web.account.browsers import browser_name
from app.web.account.room import blueprint
from app.web.addresses import MAX_ID
from app.web.session import current_actor, current_session, require_login, session_token, whence


@blueprint.get("/tai-khoan/phien")
def sessions() -> str:
    """Every device, the log below it."""
    require_login()
    session, number, here = db.session(), current_actor().person_id or 0, current_session()
    return render_template(
        "account/sessions.html",
        rows=open_sessions(session, number, now()),
        here=here.session_id if here else None,
        entries=recent_entries(session, number),
        words=WORDS,
        browser_name=browser_name,
    )


@blueprint.post(f"/tai-khoan/phien/<int(max={MAX_ID}):number>")
def end_one(number: int) -> Response:
    """Log out one other device."""
    require_login()
    try:
        with transaction() as session:
            mine = current_actor().person_id or 0
            end_session(session, number, mine, whence=whence(), at=now())
    except UnknownSession as gone:
        flash(str(gone), "error")
    else:
        flash(gettext("That device is logged out."), "success")
    return redirect(url_for("account.sessions"), 303)


@blueprint.post("/tai-khoan/phien/khac")
def end_others() -> Response:
    """Log out every other device."""
    require_login()
    with transaction() as session:
        mine = current_actor().person_id or 0
        end_other_sessions(session, mine, session_token(), whence=whence(), at=now())
    flash(gettext("All other devices are logged out."), "success")
    return redirect(url_for("account.sessions"), 303)
