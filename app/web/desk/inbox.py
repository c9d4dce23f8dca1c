"""Work that waits for the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for

from app.domain.dossiers.status import Channel
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import LazyString, lazy_gettext
from app.queries.inbox import InboxRow, inbox_page
from app.web.desk.room import blueprint
from app.web.facts import soon, step_due
from app.web.session import current_actor


@dataclass(frozen=True, kw_only=True)
class View:
    """One way to look at the inbox; `until` says by when the work must have been due."""

    text: LazyString
    mine_only: bool = False
    until: Callable[[datetime], datetime] | None = None


VIEWS = {
    "team": View(text=lazy_gettext("My units")),
    "mine": View(text=lazy_gettext("Mine"), mine_only=True),
    "due": View(text=lazy_gettext("Due soon"), until=lambda soon_at: soon_at),
    "late": View(text=lazy_gettext("Late"), until=lambda _soon_at: now()),
}


@blueprint.get("/viec")
def inbox() -> str:
    """One page of one view; online first, then what is due first (spec R4-01)."""
    session, actor = db.session(), current_actor()
    key = request.args.get("view", "")
    view = VIEWS.get(key) or VIEWS["team"]
    words = request.args.get("q", "").strip()[:200]
    soon_at = soon(session)
    page = inbox_page(
        session,
        actor,
        mine_only=view.mine_only,
        late_at=view.until(soon_at) if view.until else None,
        words=words,
        cursor=request.args.get("cursor"),
    )
    chosen = key if key in VIEWS else "team"
    return render_template(
        "desk/inbox.html",
        view=chosen,
        tabs=[_tab(name, one) for name, one in VIEWS.items()],
        items=[_item(row, actor.person_id, soon_at) for row in page.rows],
        q=words,
        previous_url=None,
        next_url=_address(chosen, words, page.cursor) if page.cursor else None,
    )


def _tab(key: str, view: View) -> dict[str, Any]:
    """A tab; nothing is counted on the way to the work."""
    return {
        "key": key,
        "text": str(view.text),
        "url": _address(key),
        "count": None,
        "hot": key == "late",
    }


def _address(view: str, words: str = "", cursor: str | None = None) -> str:
    return url_for("desk.inbox", view=view, q=words or None, cursor=cursor)


def _item(row: InboxRow, person_id: int | None, soon_at: datetime) -> dict[str, Any]:
    free = row.assignee_id is None
    return {
        "url": url_for("desk.task", item_id=row.id),
        "claim_url": url_for("desk.claim", item_id=row.id) if free else None,
        "code": row.code,
        "procedure_name": row.procedure_name,
        "name": row.name,
        "owner_name": row.owner_name,
        "channel": Channel(row.channel),
        "assignee": row.assignee_name or "",
        "mine": row.assignee_id == person_id,
        **step_due(row.due_at, soon_at),
    }
