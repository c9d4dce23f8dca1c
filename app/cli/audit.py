"""`audit`: replay a dossier, verify the record."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.domain.dossiers.model import Dossier
from app.foundation.db import db
from app.queries.dossier_pages import UnknownDossier
from app.queries.replay import Replay, replay, verify_chain

group = click.Group("audit", help="Prove what happened.")


@group.command("replay")
@click.argument("code")
@with_appcontext
def replay_dossier(code: str) -> None:
    """Rebuild the dossier CODE from its journal; exit 0 when every state is identical."""
    session = db.session()
    dossier = session.scalar(select(Dossier).where(Dossier.code == code))
    if dossier is None:
        raise UnknownDossier(code=code)
    verdict = replay(session, dossier)
    _tell(verdict)
    sys.exit(0 if verdict.identical else 1)


def _tell(verdict: Replay) -> None:
    for step in verdict.steps:
        mark = "same" if step.identical else "DIFFERENT"
        click.echo(f"{step.seq:>4}  {step.event.value:<20} {mark:<10} open: {', '.join(step.open)}")
    if verdict.chain:
        click.echo(f"chain broken at entry {verdict.chain.seq}: {verdict.chain.reason}")
    if not verdict.state_identical:
        click.echo("the stored state differs from the rebuilt one")
    click.echo("identical" if verdict.identical else "NOT identical")


@group.command("verify")
@click.argument("codes", nargs=-1)
@with_appcontext
def verify_record(codes: tuple[str, ...]) -> None:
    """Check the hash chain of every dossier, or of CODES; exit 0 when all hold."""
    session = db.session()
    wanted = select(Dossier).order_by(Dossier.id)
    if codes:
        wanted = wanted.where(Dossier.code.in_(codes))
    checked, broken = 0, 0
    for dossier in session.scalars(wanted.execution_options(yield_per=500)):
        checked += 1
        if found := verify_chain(session, dossier):
            broken += 1
            click.echo(f"{dossier.code}: broken at entry {found.seq} ({found.reason})")
    if missing := len(codes) - checked if codes else 0:
        click.echo(f"{missing} of the given codes do not exist")
    click.echo(f"{checked} chains checked, {broken} broken")
    sys.exit(1 if broken or missing else 0)
