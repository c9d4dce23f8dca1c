"""Which seats count: those held on a day, and those from which a unit is led."""

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, or_

from app.domain.people.model import Membership
from app.foundation.actor import Actor, Seat

#: Who heads a unit, whatever kind of unit it is: a department, a committee, its office.
HEADS = ("director", "committee_chair", "office_leader")
#: Who speaks for a unit towards citizens and decides about dates and fees: its heads, at whatever
#: level it is.
LEADERS = ("division_head", *HEADS)


def held_on(day: date | BindParameter[Any]) -> ColumnElement[bool]:
    """The condition that a membership counts on that local day; both its ends belong to it."""
    return and_(
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
    )


def leader_seat(actor: Actor, unit_id: int) -> Seat | None:
    """The seat from which the actor leads that unit."""
    found = (actor.seat_for(role, unit_id) for role in LEADERS)
    return next((seat for seat in found if seat), None)
