"""Which doors the band on top of each page offers, by audience."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from app.domain.calendars.rules import ADMINISTRATORS
from app.domain.dossiers.rules import AUDITOR, BESIDE_CASEWORK
from app.domain.people.overseers import LAST_RESORT, OVERSEERS
from app.domain.people.seats import LEADERS
from app.foundation.actor import Actor
from app.foundation.clock import local_date, now
from app.foundation.db import db
from app.foundation.text import LazyString, lazy_gettext, ngettext
from app.queries.complaint_pages import how_many_wait
from app.queries.escalations import how_many
from app.queries.inbox_overview import MOST_COUNTED
from app.web.filters import counted_to


@dataclass(frozen=True, kw_only=True)
class Door:
    """One link of the navigation.

    Without `roles` it is for everybody of the audience; `casework` is for those who work on
    dossiers only. `pages` are the endpoints behind it, where its room has several doors; the first
    door of a room leads to all that are behind no other. `waiting` counts what lies there.
    """

    text: LazyString
    endpoint: str
    roles: frozenset[str] = frozenset()
    casework: bool = False
    pages: frozenset[str] = frozenset()
    waiting: Callable[[Actor], int] | None = None
    #: How a number of that is said.
    counted: Callable[[int], str] | None = None


def _late(actor: Actor) -> int:
    return how_many(db.session(), actor, at=now())


def _unanswered(actor: Actor) -> int:
    return how_many_wait(db.session(), actor, local_date(now()))


CITIZEN = (
    Door(text=lazy_gettext("Home"), endpoint="portal.home"),
    Door(text=lazy_gettext("Procedures"), endpoint="portal.procedures"),
    Door(text=lazy_gettext("Track a dossier"), endpoint="portal.lookup"),
    Door(text=lazy_gettext("My dossiers"), endpoint="portal.my_dossiers"),
    Door(
        text=lazy_gettext("Feedback"),
        endpoint="portal.feedback",
        pages=frozenset(
            {
                "portal.send_feedback",
                "portal.feedback_sent",
                "portal.my_feedback",
                "portal.one_of_my_feedback",
            }
        ),
    ),
)
STAFF = (
    Door(text=lazy_gettext("Work inbox"), endpoint="desk.inbox", casework=True),
    Door(
        text=lazy_gettext("Late and reported to me"),
        endpoint="desk.escalations",
        roles=OVERSEERS,
        waiting=_late,
        counted=lambda count: ngettext("%(num)s is late", "%(num)s are late", count),
    ),
    Door(
        text=lazy_gettext("Letters of apology"),
        endpoint="desk.letters",
        roles=frozenset(LEADERS),
        pages=frozenset({"desk.letter", "desk.approve", "desk.draft", "desk.edit", "desk.reject"}),
    ),
    Door(
        text=lazy_gettext("Feedback and complaints"),
        endpoint="desk.feedback",
        roles=OVERSEERS,
        pages=frozenset(
            {
                "desk.one_feedback",
                "desk.take_up_feedback",
                "desk.answer_feedback",
                "desk.ratings",
            }
        ),
        waiting=_unanswered,
        counted=lambda count: ngettext("%(num)s waits", "%(num)s wait", count),
    ),
    Door(text=lazy_gettext("Audit"), endpoint="audit.search", roles=frozenset({AUDITOR})),
    Door(text=lazy_gettext("Working calendars"), endpoint="admin.calendars", roles=ADMINISTRATORS),
    Door(
        text=lazy_gettext("Messages"),
        endpoint="admin.notices",
        roles=ADMINISTRATORS,
        pages=frozenset({"admin.retry_notice"}),
    ),
    Door(text=lazy_gettext("Post"), endpoint="admin.postal", roles=frozenset({LAST_RESORT})),
    Door(
        text=lazy_gettext("Passwords of officers"),
        endpoint="admin.officers",
        roles=frozenset({"unit_admin"}),
        pages=frozenset({"admin.issue"}),
    ),
    Door(text=lazy_gettext("Public portal"), endpoint="portal.home"),
)
DOORS = {"citizen": CITIZEN, "staff": STAFF}


def navigation(audience: str, actor: Actor | None) -> list[dict[str, Any]]:
    """Items for GOV.UK's service navigation: the doors that the actor may enter."""
    doors = [door for door in DOORS[audience] if _may_enter(door, actor)]
    inside = _door_behind(doors)
    return [_item(door, inside, actor) for door in doors]


def _door_behind(doors: Sequence[Door]) -> Door | None:
    """Of the doors that the reader may enter the one that leads to the page asked for.

    In the portal, where many may lead to a page, only what a door names lies behind it.
    """
    room = request.blueprint
    in_room = [door for door in doors if door.endpoint.partition(".")[0] == room]
    own = (door for door in in_room if request.endpoint in {door.endpoint, *door.pages})
    rest = None if room == "portal" or not in_room else in_room[0]
    return next(own, rest)


def does_casework(actor: Actor) -> bool:
    """Whether steps of dossiers may wait for the actor in an inbox."""
    return any(seat.role not in BESIDE_CASEWORK for seat in actor.seats)


def _may_enter(door: Door, actor: Actor | None) -> bool:
    if door.casework and not (actor is not None and does_casework(actor)):
        return False
    return not door.roles or (actor is not None and any(map(actor.holds, door.roles)))


def _item(door: Door, inside: Door | None, actor: Actor | None) -> dict[str, Any]:
    here = request.endpoint == door.endpoint
    return {
        **_words(door, actor),
        "href": url_for(door.endpoint),
        "current": here,
        "active": door is inside and not here,
    }


def _words(door: Door, actor: Actor | None) -> dict[str, str]:
    """What the link says, with the number of what waits there; large numbers are cut short."""
    count = door.waiting(actor) if door.waiting and actor else 0
    if not count or door.counted is None:
        return {"text": str(door.text)}
    badge = Markup(
        '{} <span class="mc-tabs__count mc-tabs__count--hot"><span aria-hidden="true">{}</span>'
        '<span class="govuk-visually-hidden">{}</span></span>'
    )
    return {"html": badge.format(door.text, counted_to(MOST_COUNTED, count), door.counted(count))}
