"""Which doors the band on top of each page offers, by audience."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.domain.apologies.rules import LEADERS
from app.domain.calendars.rules import ADMINISTRATORS
from app.domain.dossiers.rules import AUDITOR, BESIDE_CASEWORK
from app.foundation.actor import Actor
from app.foundation.text import LazyString, lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Door:
    """One link of the navigation.

    Without `roles` it is for everybody of the audience; `casework` is for those who work on
    dossiers only.
    """

    text: LazyString
    endpoint: str
    roles: frozenset[str] = frozenset()
    casework: bool = False


CITIZEN = (
    Door(text=lazy_gettext("Home"), endpoint="portal.home"),
    Door(text=lazy_gettext("Procedures"), endpoint="portal.procedures"),
    Door(text=lazy_gettext("Track a dossier"), endpoint="portal.lookup"),
    Door(text=lazy_gettext("My dossiers"), endpoint="portal.my_dossiers"),
)
STAFF = (
    Door(text=lazy_gettext("Work inbox"), endpoint="desk.inbox", casework=True),
    Door(
        text=lazy_gettext("Letters of apology"),
        endpoint="desk.letters",
        roles=frozenset(LEADERS),
    ),
    Door(text=lazy_gettext("Audit"), endpoint="audit.search", roles=frozenset({AUDITOR})),
    Door(text=lazy_gettext("Working calendars"), endpoint="admin.calendars", roles=ADMINISTRATORS),
    Door(text=lazy_gettext("Messages"), endpoint="admin.notices", roles=ADMINISTRATORS),
    Door(
        text=lazy_gettext("Passwords of officers"),
        endpoint="admin.officers",
        roles=frozenset({"unit_admin"}),
    ),
    Door(text=lazy_gettext("Public portal"), endpoint="portal.home"),
)
DOORS = {"citizen": CITIZEN, "staff": STAFF}


def navigation(audience: str, actor: Actor | None) -> list[dict[str, Any]]:
    """Items for GOV.UK's service navigation: the doors that the actor may enter."""
    return [_item(door) for door in DOORS[audience] if _may_enter(door, actor)]


def does_casework(actor: Actor) -> bool:
    """Whether steps of dossiers may wait for the actor in an inbox."""
    return any(seat.role not in BESIDE_CASEWORK for seat in actor.seats)


def _may_enter(door: Door, actor: Actor | None) -> bool:
    if door.casework and not (actor is not None and does_casework(actor)):
        return False
    return not door.roles or (actor is not None and any(map(actor.holds, door.roles)))


def _item(door: Door) -> dict[str, Any]:
    here = request.endpoint == door.endpoint
    # A page deeper in the same room keeps its door marked, save in the portal with its many doors.
    room = door.endpoint.partition(".")[0]
    inside = room != "portal" and request.blueprint == room
    return {
        "text": str(door.text),
        "href": url_for(door.endpoint),
        "current": here,
        "active": inside and not here,
    }
