"""Work that waits for the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from app.domain.calendars.queries import loaded_edition
from app.domain.dossiers.status import Channel
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.text import LazyString, gettext, lazy_gettext, ngettext
from app.queries.inbox import InboxRow, Wanted, inbox_page
from app.queries.inbox_overview import MOST_COUNTED, Urgency, steps_waiting, urgency
from app.web.desk.room import blueprint
from app.web.facts import soon
from app.web.filters import counted_to
from app.web.session import current_actor
from app.web.time_left import step_standing
from app.web.words import word_for

#: A moment of the reader and the moment by which work is due soon, in; a bound, out.
Bound = Callable[[datetime, datetime], datetime]


@dataclass(frozen=True, kw_only=True)
class View:
    """One way to look at the inbox; the work is due after `since` and by `until`."""

    text: LazyString
    mine_only: bool = False
    since: Bound | None = None
    until: Bound | None = None
    #: How much of it there is, where that is told.
    count: Callable[[Urgency], int] = lambda _found: 0


VIEWS = {
    "team": View(text=lazy_gettext("My units")),
    "mine": View(text=lazy_gettext("Mine"), mine_only=True),
    "due": View(
        text=lazy_gettext("Due soon"),
        since=lambda at, _soon: at,
        until=lambda _at, soon_at: soon_at,
        count=lambda found: found.soon,
    ),
    "late": View(
        text=lazy_gettext("Late"), until=lambda at, _soon: at, count=lambda found: found.late
    ),
}


@blueprint.get("/viec")
def inbox() -> str:
    """One page of one view: what is urgent, then day by day, online first inside a day."""
    session, actor, at = db.session(), current_actor(), now()
    soon_at = soon(session)
    chosen = _chosen()
    page = inbox_page(
        session, actor, _wanted(chosen, at, soon_at), cursor=request.args.get("cursor")
    )
    found = urgency(session, actor, at=at, soon_at=soon_at)
    return render_template(
        "desk/inbox.html",
        view=chosen["view"],
        tabs=[_tab(name, one, found) for name, one in VIEWS.items()],
        banner=_banner(found),
        items=[_item(session, row, actor.person_id, at, soon_at) for row in page.rows],
        q=chosen["q"] or "",
        steps=_options(steps_waiting(session, actor), chosen["step"]),
        channels=_options({one.value: word_for(one) for one in Channel}, chosen["channel"]),
        narrowed=bool(chosen["step"] or chosen["channel"]),
        whole_url=_address(view=chosen["view"], q=chosen["q"]),
        next_url=_address(**chosen, cursor=page.cursor) if page.cursor else None,
    )


def _chosen() -> dict[str, str | None]:
    """What the reader asks for, in the form in which links repeat it."""
    view, channel = request.args.get("view"), request.args.get("channel")
    return {
        "view": view if view in VIEWS else "team",
        "q": request.args.get("q", "").strip()[:200] or None,
        "step": request.args.get("step", "").strip()[:80] or None,
        "channel": channel if channel in {one.value for one in Channel} else None,
    }


def _wanted(chosen: Mapping[str, str | None], at: datetime, soon_at: datetime) -> Wanted:
    view = VIEWS[chosen["view"] or "team"]
    return Wanted(
        mine_only=view.mine_only,
        since=view.since(at, soon_at) if view.since else None,
        until=view.until(at, soon_at) if view.until else None,
        step=chosen["step"] or "",
        channel=Channel(chosen["channel"]) if chosen["channel"] else None,
        words=chosen["q"] or "",
    )


def _tab(key: str, view: View, found: Urgency) -> dict[str, Any]:
    """A tab; only what presses is counted, and that only so far."""
    count = view.count(found)
    return {
        "key": key,
        "text": str(view.text),
        "url": _address(view=key),
        "count": counted_to(MOST_COUNTED, count) if count else None,
        "hot": key == "late",
    }


def _banner(found: Urgency) -> dict[str, Any] | None:
    """What presses, in one sentence; none on a good day."""
    told = []
    if found.late:
        count = counted_to(MOST_COUNTED, found.late)
        text = ngettext(
            "%(count)s task is late", "%(count)s tasks are late", found.late, count=count
        )
        told.append({"text": text, "url": _address(view="late")})
    if found.soon:
        count = counted_to(MOST_COUNTED, found.soon)
        text = ngettext(
            "%(count)s task is due soon", "%(count)s tasks are due soon", found.soon, count=count
        )
        told.append({"text": text, "url": _address(view="due")})
    return {"links": told, "late": bool(found.late)} if told else None


def _options(names: Mapping[str, str], chosen: str | None) -> list[dict[str, Any]]:
    """The choices of a filter, the first one for everything; what is chosen is always there."""
    every = {"": gettext("All")}
    known = names if not chosen or chosen in names else {**names, chosen: chosen}
    return [
        {"value": value, "text": text, "selected": value == (chosen or "")}
        for value, text in (every | dict(known)).items()
    ]


def _address(**asked: str | None) -> str:
    told: dict[str, Any] = {key: value for key, value in asked.items() if value}
    return url_for("desk.inbox", **told)


def _item(
    session: Session, row: InboxRow, person_id: int | None, at: datetime, soon_at: datetime
) -> dict[str, Any]:
    free = row.assignee_id is None
    calendar = loaded_edition(session, row.calendar_version_id).calendar
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
        **step_standing(calendar, row.due_at, row.rank, at=at, soon_at=soon_at),
    }
