"""Bring in a province from a file: units, roles, hours, people. Doing it again adds nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.model import Calendar
from app.domain.calendars.reading import checked_content
from app.domain.calendars.rules import next_edition
from app.domain.people.contacts import UnitContact
from app.domain.people.model import Membership, Person, Role, Unit, UnitLevel
from app.foundation.actor import SYSTEM
from app.foundation.clock import local_date
from app.worktime import edition_content, preset

#: Units and seats of the file exist from this day on.
FIRST_DAY = date(2020, 1, 1)


def load_province(
    session: Session, province: Mapping[str, Any], *, password_hash: str, at: datetime
) -> None:
    """Add what is missing; everybody new gets the same `password_hash`."""
    _load_roles(session, province["roles"])
    units = _load_units(session, province["unit"])
    for calendar in province["calendar"]:
        _load_calendar(session, calendar, units, at)
    for told in province["person"]:
        _load_person(session, told, units, password_hash=password_hash, at=at)
    session.flush()


def _load_roles(session: Session, roles: Mapping[str, list[str]]) -> None:
    known = set(session.scalars(select(Role.key)))
    session.add_all(
        Role(key=key, name=name, name_en=name_en)
        for key, (name, name_en) in roles.items()
        if key not in known
    )
    session.flush()


def _load_units(session: Session, told: list[Mapping[str, Any]]) -> dict[str, Unit]:
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    for one in told:
        if one["code"] in units:
            continue
        unit = Unit(
            code=one["code"],
            name=one["name"],
            level=UnitLevel(one["level"]),
            parent_id=units[one["parent"]].id if "parent" in one else None,
            valid_from=FIRST_DAY,
        )
        session.add(unit)
        session.flush()
        if "contact" in one:
            session.add(UnitContact(unit_id=unit.id, **one["contact"]))
        units[unit.code] = unit
    return units


def _load_calendar(
    session: Session, told: Mapping[str, Any], units: Mapping[str, Unit], at: datetime
) -> None:
    if session.scalar(select(Calendar).where(Calendar.key == told["key"])):
        return
    content = dict(told["content"])
    if told.get("national_days"):
        content["exceptions"] = edition_content(preset("HT-8H"))["exceptions"]
    unit = units.get(told.get("unit", ""))
    calendar = Calendar(key=told["key"], name=told["name"], unit_id=unit.id if unit else None)
    session.add(calendar)
    session.flush()
    edition = next_edition(
        None,
        calendar_id=calendar.id,
        content=checked_content(content, local_date(at)),
        reason=told["reason"],
        legal_document=told.get("legal_document", ""),
        decided_by=SYSTEM,
        at=at,
    )
    session.add(edition)


def _load_person(
    session: Session,
    told: Mapping[str, Any],
    units: Mapping[str, Unit],
    *,
    password_hash: str,
    at: datetime,
) -> None:
    if session.scalar(select(Person).where(Person.username == told["username"])):
        return
    person = Person(
        username=told["username"],
        name=told["name"],
        password_hash=password_hash,
        email=told.get("email"),
        phone=told.get("phone"),
        identity_number=told.get("identity_number"),
        created_at=at,
    )
    session.add(person)
    session.flush()
    session.add_all(
        Membership(person_id=person.id, unit_id=units[code].id, role_key=role, valid_from=FIRST_DAY)
        for code, role in told.get("seats", [])
    )
