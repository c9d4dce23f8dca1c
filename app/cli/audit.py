"""`audit`: replay a dossier, verify the record."""

import sys
from collections.abc import Iterator

import click
import orjson
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.foundation.db import db
from app.queries.complaint_evidence import FeedbackVerdict, verify_feedback
from app.queries.damage import damage_told
from app.queries.dossier_pages import UnknownDossier
from app.queries.evidence import Soundness
from app.queries.incidents import open_incidents
from app.queries.replay import Replay, Verdict, journals_without_dossier, replay, verify_dossier

group = click.Group("audit", help="Prove what happened.")


@group.command("replay")
@click.argument("code")
@with_appcontext
def replay_dossier(code: str) -> None:
    """Rebuild the dossier CODE from its journal; exit 0 when every state is identical."""
    session = db.session()
    with damage_told(code):
        dossier = session.scalar(select(Dossier).where(Dossier.code == code))
    if dossier is None:
        raise UnknownDossier(code=code)
    with damage_told(code):
        verdict = replay(session, dossier)
    _tell(verdict)
    sys.exit(0 if verdict.identical else 1)


def _tell(verdict: Replay) -> None:
    for step in verdict.steps:
        mark = "same" if step.identical else "DIFFERENT"
        click.echo(f"{step.seq:>4}  {step.event.value:<20} {mark:<10} open: {', '.join(step.open)}")
    if verdict.stopped:
        click.echo(f"replay stops at entry {verdict.stopped.seq}: {verdict.stopped.reason}")
    for found in _findings(verdict):
        click.echo(found)
    if verdict.before_clocks:
        click.echo(_BEFORE_CLOCKS)
    if not verdict.state_identical:
        click.echo("the stored state differs from the rebuilt one")
    click.echo("identical" if verdict.identical else "NOT identical")


_BEFORE_CLOCKS = (
    "from before the clocks: the first due date, and how the clocks stood at the upgrade, are "
    "taken as recorded; everything since is counted again"
)


def _findings(verdict: Verdict) -> Iterator[str]:
    if verdict.chain:
        yield f"chain broken at entry {verdict.chain.seq} ({verdict.chain.reason})"
    for one in verdict.disagreements:
        place = f" (entry {one.seq})" if one.seq else ""
        yield f"{one.what} differs from the journal: {one.detail}{place}"


@group.command("incidents")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@with_appcontext
def list_incidents(*, as_json: bool) -> None:
    """Dossiers whose diagram cannot go on; exit 1 when there are any.

    Have the diagram put right, or the step done with other answers; then `dossiers retry CODE`.
    """
    found = open_incidents(db.session())
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        for one in found:
            click.echo(f"{one.code}  {one.procedure}  {one.unit}  since {one.at:%Y-%m-%d %H:%M}Z")
            click.echo(f"  at {one.step or '-'} ({one.name or '-'}): {one.reason}: {one.detail}")
        click.echo(f"{len(found)} dossiers stand still")
    sys.exit(1 if found else 0)


@group.command("verify")
@click.argument("codes", nargs=-1)
@with_appcontext
def verify_record(codes: tuple[str, ...]) -> None:
    """Check the record of every dossier and of all feedback, or of CODES; runs nothing.

    The rows are compared with the record. Exit 0 when all hold. What cannot be read is broken, and
    the next one is checked.
    """
    session = db.session()
    feedback = verify_feedback(session, codes)
    wanted = select(Dossier.id, Dossier.code).order_by(Dossier.id)
    if codes:
        wanted = wanted.where(Dossier.code.in_(codes))
    sound = Soundness()
    checked, broken, older = 0, 0, 0
    for number, code in session.execute(wanted.execution_options(yield_per=500)):
        checked += 1
        found, before_clocks = _broken(session, number, sound)
        older += before_clocks
        if found:
            broken += 1
            click.echo("\n  ".join([f"{code}: broken", *found]))
        elif before_clocks and codes:
            click.echo(f"{code}: {_BEFORE_CLOCKS}")
    if missing := len(codes) - checked - feedback.checked if codes else 0:
        click.echo(f"{missing} of the given codes do not exist")
    click.echo(f"{checked} dossiers checked, {broken} broken")
    if older:
        click.echo(f"{older} of them {_BEFORE_CLOCKS}")
    if orphans := [] if codes else journals_without_dossier(session):
        told = ", ".join(str(number) for number in orphans)
        click.echo(f"{len(orphans)} journals belong to no dossier: {told}")
    _tell_feedback(feedback)
    sys.exit(0 if feedback.holds and not (broken or missing or orphans) else 1)


def _tell_feedback(verdict: FeedbackVerdict) -> None:
    for code in verdict.broken:
        click.echo(f"{code}: broken")
    for day, count in verdict.missing:
        told = f"{count} missing" if count > 0 else f"{-count} more than codes were given"
        click.echo(f"feedback of {day}: {told}")
    if verdict.checked:
        click.echo(f"feedback: {verdict.checked} checked, {len(verdict.broken)} broken")


def _broken(session: Session, number: int, sound: Soundness) -> tuple[list[str], bool]:
    """What is wrong with one dossier, and whether it is from before the clocks.

    Nothing it may hold keeps the others from being checked.
    """
    try:
        verdict = verify_dossier(session, session.get_one(Dossier, number), sound=sound)
        return list(_findings(verdict)), verdict.before_clocks
    except Exception as failure:
        return [f"unreadable: {type(failure).__name__}"], False
