"""Who stands above: superiors hear of what is late in their unit and in those below it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, bindparam, select
from sqlalchemy.orm import Session

from app.domain.people.model import Membership, Person, Unit
from app.domain.people.seats import HEADS, LEADERS, held_on

#: Looks after the whole platform: hears of what would otherwise be told to nobody.
LAST_RESORT = "province_admin"
#: Roles that hear of late work where nothing else is said, and those that stand in for them.
OVERSEERS = frozenset({*LEADERS, LAST_RESORT})


@dataclass(frozen=True, kw_only=True)
class Superior:
    """A role in a unit, held by somebody on that day."""

    role: str
    unit: Unit


#: No tree of units is as high; a loop in it ends here.
_HIGHEST = 20


def superior(session: Session, unit_id: int, role: str, day: date) -> Superior | None:
    """Who is told in the name of that role: the nearest unit upwards in which somebody holds it.

    Where nobody does, whoever heads the nearest unit: its director, or as committees and offices
    call him. Else the administrators of the province. None if nobody at all is left.
    """
    chain = _upwards(session, unit_id)
    for roles in ((role,), HEADS, (LAST_RESORT,)):
        if found := _nearest(session, chain, roles, day):
            return found
    return None


def _upwards(session: Session, unit_id: int) -> list[Unit]:
    chain: list[Unit] = []
    above: int | None = unit_id
    while above is not None and len(chain) < _HIGHEST:
        unit = session.get_one(Unit, above)
        chain.append(unit)
        above = unit.parent_id
    return chain


def _nearest(
    session: Session, chain: list[Unit], roles: tuple[str, ...], day: date
) -> Superior | None:
    held = session.execute(
        select(Membership.unit_id, Membership.role_key)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.unit_id.in_([unit.id for unit in chain]),
            Membership.role_key.in_(roles),
            held_on(day),
            Person.is_active,
        )
        .distinct()
    )
    seats = {(row.unit_id, row.role_key) for row in held}
    places = ((unit, role) for unit in chain for role in roles)
    return next(
        (Superior(role=role, unit=unit) for unit, role in places if (unit.id, role) in seats), None
    )


def seats_below() -> CTE:
    """`role` and `unit_id` of the seats that `:person` holds on `:day`, and of the same roles in
    every unit below."""
    seats = (
        select(Membership.role_key.label("role"), Membership.unit_id)
        .where(
            Membership.person_id == bindparam("person"),
            held_on(bindparam("day")),
        )
        .cte("below", recursive=True)
    )
    # UNION keeps every pair once, so that a loop in the tree ends.
    return seats.union(select(seats.c.role, Unit.id).join(seats, Unit.parent_id == seats.c.unit_id))
