"""`people`: who there is, and tokens for the API."""

import click
import orjson
from flask import current_app
from flask.cli import with_appcontext

from app.actions.change_password import issued_password
from app.actions.issue_password import issue_password
from app.actions.issue_token import issue_token
from app.domain.accounts.events import Whence
from app.domain.people.queries import (
    UnknownPerson,
    actor_of,
    people_with_seats,
    person_by_username,
)
from app.domain.people.rules import hash_password
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction

group = click.Group("people", help="People, their roles and tokens.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def list_people(*, as_json: bool) -> None:
    """Everybody with roles and unit."""
    people: dict[str, dict[str, object]] = {}
    seats: dict[str, list[dict[str, str]]] = {}
    for person, membership, unit in people_with_seats(db.session(), local_date(now())):
        held = seats.setdefault(person.username, [])
        if membership is not None and unit is not None:
            held.append({"role": membership.role_key, "unit": unit.code, "unit_name": unit.name})
        people[person.username] = {
            "username": person.username,
            "name": person.name,
            "roles": sorted({seat["role"] for seat in held}) or ["applicant"],
            "unit": held[0]["unit"] if held else None,
            "seats": held,
        }
    if as_json:
        click.echo(orjson.dumps(list(people.values()), option=orjson.OPT_INDENT_2).decode())
        return
    for told in people.values():
        places = ", ".join(f"{s['role']}@{s['unit']}" for s in seats[str(told["username"])])
        click.echo(f"{told['username']:<18} {told['name']:<24} {places or 'applicant'}")


@group.command("token")
@click.argument("username")
@with_appcontext
def token(username: str) -> None:
    """Print a fresh bearer token of USERNAME; it is shown this once."""
    with transaction() as session:
        person = person_by_username(session, username)
        made = issue_token(session, person, at=now())
    click.echo(made)


@group.command("issue-password")
@click.argument("username")
@click.option("--by", "admin", required=True, help="User name of the unit's IT officer.")
@click.option("--lost-phone", is_flag=True, help="Switch log-in in two steps off as well.")
@with_appcontext
def issue(username: str, admin: str, *, lost_phone: bool) -> None:
    """Print a fresh password of USERNAME, to be changed at the first log-in."""
    password, at = issued_password(), now()
    hashed = hash_password(password, time_cost=current_app.config["PASSWORD_TIME_COST"])
    with transaction() as session:
        actor = actor_of(session, person_by_username(session, admin).id, at)
        if actor is None:
            raise UnknownPerson(username=admin)
        issue_password(
            session,
            person_by_username(session, username),
            hashed,
            actor=actor,
            whence=Whence(browser="flask people issue-password"),
            at=at,
            lost_phone=lost_phone,
        )
    click.echo(password)
