"""How the reader wants to be told."""

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions.post_office import post_office
from app.actions.save_preferences import save_preferences
from app.domain.notices.model import Channel
from app.domain.notices.preferences import YES, read_wishes
from app.domain.notices.reaching import Wishes
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext
from app.queries.notice_contacts import wishes_of
from app.web.account.room import blueprint
from app.web.session import current_actor, require_login

#: What each box says.
BOXES = {
    Channel.EMAIL: (lazy_gettext("E-mail"), lazy_gettext("To the address of your account.")),
    Channel.SMS: (
        lazy_gettext("Text messages (SMS)"),
        lazy_gettext("Only when something is asked of you, or the result is there."),
    ),
    Channel.APP: (lazy_gettext("The app of the province"), lazy_gettext("On your telephone.")),
    Channel.ZALO: (
        lazy_gettext("Zalo"),
        lazy_gettext("If you follow the account of the province; otherwise you get an SMS."),
    ),
}


@blueprint.get("/tai-khoan/thong-bao")
def notices() -> str:
    """The form, as it was saved."""
    require_login()
    return _page(_written(wishes_of(db.session(), current_actor().person_id)), {})


@blueprint.post("/tai-khoan/thong-bao")
def save_notices() -> tuple[str, int] | Response:
    """Keep it."""
    require_login()
    try:
        wishes = read_wishes(request.form)
    except Invalid as error:
        return _page(dict(request.form), error.errors), 422
    with transaction() as session:
        save_preferences(session, wishes, actor=current_actor(), at=now())
    flash(gettext("From now on you are told as chosen."), "success")
    return redirect(url_for("account.notices"), 303)


def _written(wishes: Wishes) -> dict[str, str]:
    boxes = {f"by_{one.value}": YES for one in wishes.channels}
    return boxes | {
        "language": wishes.language,
        "quiet_from": f"{wishes.quiet.begin:%H:%M}",
        "quiet_to": f"{wishes.quiet.end:%H:%M}",
    }


def _page(written: dict[str, str], errors: dict[str, list[str]]) -> str:
    offered = post_office(current_app.config).offered
    return render_template(
        "account/notices.html",
        boxes=[
            {
                "name": f"by_{channel.value}",
                "label": label,
                "hint": hint,
                "checked": written.get(f"by_{channel.value}") == YES,
                "offered": channel in offered,
            }
            for channel, (label, hint) in BOXES.items()
        ],
        written=written,
        errors=errors,
        audience="staff" if current_actor().is_staff else "citizen",
    )
