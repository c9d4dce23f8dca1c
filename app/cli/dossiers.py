"""`dossiers`: tell a dossier what has happened outside, and let it try again what failed."""

import click
from flask.cli import with_appcontext

from app.actions.deliver_event import Told, deliver_event
from app.actions.retry_incident import retry_incident
from app.foundation.actor import SYSTEM
from app.foundation.clock import now
from app.foundation.db import transaction

group = click.Group("dossiers", help="Single dossiers.")


@group.command("deliver")
@click.argument("code")
@click.argument("name")
@click.option("--signal", is_flag=True, help="A signal, heard by all steps that wait for it.")
@click.option(
    "--set", "given", multiple=True, metavar="NAME=TEXT", help="What it brings; may be repeated."
)
@click.option("--reason", default="", help="Kept in the journal.")
@click.option("--key", help="A repeat with the same key does no harm.")
@with_appcontext
def deliver(
    code: str, name: str, given: tuple[str, ...], reason: str, key: str | None, *, signal: bool
) -> None:
    """Deliver the message NAME, as the diagram calls it, to the dossier CODE.

    Repair of other systems' work: what is told here stands in the journal as done by the platform.
    """
    told = Told(
        kind="signal" if signal else "message",
        name=name,
        variables=dict(_pair(text) for text in given),
        reason=reason,
    )
    with transaction() as session:
        answer = deliver_event(session, code, told, actor=SYSTEM, at=now(), key=key)
    click.echo(f"{answer['code']}: {answer['step']} took it; status {answer['status']}")


@group.command("retry")
@click.argument("code")
@with_appcontext
def retry(code: str) -> None:
    """Try again what failed in the dossier CODE: due timers at once, services in a moment."""
    with transaction() as session:
        count = retry_incident(session, code, actor=SYSTEM, at=now())
    click.echo(f"{code}: {count} tried again")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise click.BadParameter(f"write NAME=TEXT, not {text!r}", param_hint="--set")
    return name, value
