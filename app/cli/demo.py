"""`demo`: a small province to try everything in."""

import tomllib
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app.actions.deploy_procedure import deploy_procedure
from app.actions.load_province import load_province
from app.cli.files import files_of_procedure
from app.domain.people.rules import hash_password
from app.domain.procedures.model import Procedure
from app.foundation.actor import SYSTEM
from app.foundation.clock import now
from app.foundation.db import transaction

group = click.Group("demo", help="The demo province.")
PROVINCE = Path(__file__).parent / "demo" / "province.toml"
PROCEDURES = Path(__file__).resolve().parents[2] / "bpmn"
#: Known to everybody who reads this file: a demo is not a place for secrets.
PASSWORD = "mot-cua-demo"  # noqa: S105 - the demo's public password


@group.command("load")
@with_appcontext
def load() -> None:
    """Load units, people and procedures; loading again adds only what is missing."""
    province = tomllib.loads(PROVINCE.read_text(encoding="utf-8"))
    hashed = hash_password(PASSWORD, time_cost=current_app.config["PASSWORD_TIME_COST"])
    with transaction() as session:
        load_province(session, province, password_hash=hashed, at=now())
        told = select(Procedure.key).where(Procedure.current_version_id.is_not(None))
        published = frozenset(session.scalars(told))
        for folder in sorted(PROCEDURES.iterdir()):
            # What somebody has published since is theirs: the shipped files do not replace it.
            if (folder / "procedure.toml").is_file() and folder.name not in published:
                deploy_procedure(session, files_of_procedure(folder), actor=SYSTEM, at=now())
    _print_accounts(province["person"])


@group.command("accounts")
def accounts() -> None:
    """Print the demo accounts."""
    _print_accounts(tomllib.loads(PROVINCE.read_text(encoding="utf-8"))["person"])


def _print_accounts(people: list[dict[str, object]]) -> None:
    click.echo(f"Demo accounts (password of all: {PASSWORD})")
    for person in people:
        seats = person.get("seats") or [["", "citizen"]]
        places = ", ".join(" ".join(part for part in (s[1], s[0]) if part) for s in seats)  # type: ignore[attr-defined] # a list of pairs in the file
        click.echo(f"  {person['username']:<16} {person['name']:<20} {places}")
