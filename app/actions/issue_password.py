"""Issue a password to an officer of one's own unit (spec R0-11, R0-13, R1-14)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.change_password import end_sessions, void_links
from app.actions.two_steps import switch_off
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.queries import account_of
from app.domain.accounts.throttling import forgive
from app.domain.calendars.rules import UNIT_ADMIN
from app.domain.people.model import Membership, Person, Unit
from app.domain.people.seats import held_on
from app.foundation.actor import Actor
from app.foundation.clock import local_date
from app.foundation.errors import NotAllowed
from app.foundation.text import lazy_gettext


class NotOfYourUnit(NotAllowed):
    """Passwords are issued by the IT officer of a unit, to officers of that unit only."""

    message = lazy_gettext("You may only issue passwords to officers of your own unit.")


def own_units(actor: Actor) -> frozenset[int]:
    """The units whose IT officer the actor is."""
    return frozenset(seat.unit_id for seat in actor.seats if seat.role == UNIT_ADMIN)


def officers_of(
    session: Session, actor: Actor, at: datetime
) -> Sequence[tuple[Person, Membership, Unit]]:
    """Everybody who holds a seat in the actor's own units today; one row a seat."""
    day = local_date(at)
    rows = session.execute(
        select(Person, Membership, Unit)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.unit_id.in_(own_units(actor)),
            held_on(day),
        )
        .order_by(Person.name, Person.id, Membership.id)
        .limit(500)
    ).all()
    return [(person, seat, unit) for person, seat, unit in rows]


def issue_password(
    session: Session,
    person: Person,
    password_hash: str,
    *,
    actor: Actor,
    whence: Whence,
    at: datetime,
    lost_phone: bool = False,
) -> None:
    """Replace the password by one that has to be changed at once. Raises NotOfYourUnit.

    Whoever was logged in is logged out, and links sent before are void. `lost_phone` switches
    the second step off as well.
    """
    if person.id == actor.person_id or not _is_own(session, person, actor, at):
        raise NotOfYourUnit
    person.password_hash = password_hash
    account_of(session, person.id).must_change_password = True
    forgive(session, person.username)
    end_sessions(session, person.id, at=at)
    void_links(session, person.id, at=at)
    note(
        session,
        person.id,
        AccountEvent.PASSWORD_ISSUED,
        whence=whence,
        at=at,
        actor_id=actor.person_id,
    )
    if lost_phone:
        switch_off(session, person.id, whence=whence, at=at, actor_id=actor.person_id)
    session.flush()


def _is_own(session: Session, person: Person, actor: Actor, at: datetime) -> bool:
    """Whether every seat of the person is in a unit of the actor's.

    Who also sits elsewhere could otherwise be impersonated there.
    """
    day = local_date(at)
    held = session.scalars(
        select(Membership.unit_id).where(
            Membership.person_id == person.id,
            held_on(day),
        )
    ).all()
    return bool(held) and own_units(actor).issuperset(held)
