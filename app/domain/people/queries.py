"""Finding people, their seats and units."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.domain.people.model import AccessToken, Membership, Person, Role, Unit
from app.domain.people.rules import digest_of
from app.domain.people.seats import held_on
from app.foundation.actor import Actor, ActorKind, Seat
from app.foundation.clock import local_date
from app.foundation.errors import NotFound
from app.foundation.rows import plain_rows
from app.foundation.text import lazy_gettext


class UnknownPerson(NotFound):
    """Nobody has that user name."""

    message = lazy_gettext("There is no user “%(username)s”.")


class UnknownUnit(NotFound):
    """No unit has that code."""

    message = lazy_gettext("There is no unit “%(code)s”.")


def person_by_username(session: Session, username: str) -> Person:
    """The person; raises UnknownPerson."""
    found = session.scalar(select(Person).where(Person.username == username))
    if found is None:
        raise UnknownPerson(username=username)
    return found


def unit_by_code(session: Session, code: str) -> Unit:
    """The unit; raises UnknownUnit."""
    found = session.scalar(select(Unit).where(Unit.code == code))
    if found is None:
        raise UnknownUnit(code=code)
    return found


#: Somebody with every seat of the day `:day`, one row a seat.
SEATS = (
    select(
        Person.id,
        Person.username,
        Person.name,
        Person.identity_number,
        Membership.role_key,
        Unit.id.label("unit_id"),
        Unit.code,
        Unit.name.label("unit_name"),
    )
    .outerjoin(
        Membership,
        (Membership.person_id == Person.id) & held_on(bindparam("day")),
    )
    .outerjoin(Unit, Unit.id == Membership.unit_id)
    .where(Person.is_active.is_(True))
    .order_by(Membership.id)
)
_BY_NUMBER = SEATS.where(Person.id == bindparam("person"))
_BY_TOKEN = SEATS.where(
    Person.id
    == select(AccessToken.person_id)
    .where(
        AccessToken.digest == bindparam("digest"),
        AccessToken.revoked_at.is_(None),
        or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > bindparam("at")),
    )
    .scalar_subquery()
)


def actor_of(session: Session, person_id: int, at: datetime) -> Actor | None:
    """The person as an actor with the seats of that local day; None when unknown or locked."""
    told = {"person": person_id, "day": local_date(at)}
    return actor_in(plain_rows(session, _BY_NUMBER, told))


def actor_with_token(session: Session, token: str, at: datetime) -> Actor | None:
    """Whoever holds this bearer token, in one statement; None when it is not valid."""
    told = {"digest": digest_of(token), "at": at, "day": local_date(at)}
    return actor_in(plain_rows(session, _BY_TOKEN, told))


def actor_in(rows: Sequence[Any]) -> Actor | None:
    """The actor that rows of `SEATS` tell of; None without rows."""
    if not rows:
        return None
    return Actor(
        kind=ActorKind.PERSON,
        name=rows[0].name,
        person_id=rows[0].id,
        username=rows[0].username,
        identity_number=rows[0].identity_number,
        seats=tuple(
            Seat(
                unit_id=row.unit_id,
                unit_code=row.code,
                unit_name=row.unit_name,
                role=row.role_key,
            )
            for row in rows
            if row.role_key is not None
        ),
    )


def role_keys(session: Session) -> frozenset[str]:
    """Every role a step may name."""
    return frozenset(session.scalars(select(Role.key)))


def people_with_seats(
    session: Session, day: date
) -> Sequence[tuple[Person, Membership | None, Unit | None]]:
    """Everybody with every seat held on that day, by user name."""
    rows = session.execute(
        select(Person, Membership, Unit)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id) & held_on(day),
        )
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .order_by(Person.username, Membership.id)
    ).all()
    return [(person, membership, unit) for person, membership, unit in rows]
