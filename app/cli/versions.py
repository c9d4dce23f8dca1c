"""`procedures versions` and `procedures migrate`: what runs on which version, and moving it on."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click
import orjson
from flask.cli import with_appcontext

from app.actions.migrate_dossier import Result
from app.actions.migrate_procedure import Tried, migrate_drafts, migrate_procedure
from app.actions.plan_migration import Plan, Verdict, plan_migration
from app.actions.version_move import VersionMove, Wanted, prepare_move
from app.domain.people.queries import actor_of, person_by_username
from app.engine.migrating import Obstacle
from app.foundation.actor import SYSTEM, Actor
from app.foundation.clock import LOCAL_ZONE, now
from app.foundation.db import db, transaction
from app.queries.version_pages import version_lines

#: Some dossiers stay where they are: neither an error nor all that was asked.
SOME_STAY = 3
#: Codes shown for one reason; `--json` tells all.
SHOWN = 5


@click.command("versions")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, one object a version.")
@with_appcontext
def list_versions(key: str, *, as_json: bool) -> None:
    """List the versions of the procedure KEY: number, content, day, and what runs on each."""
    lines = version_lines(db.session(), key)
    if as_json:
        click.echo(_json([asdict(line) for line in lines]))
        return
    click.echo(f"{'version':>7}  {'content':<12}  {'deployed':<16}  running  finished  drafts")
    for line in lines:
        day = line.deployed_at.astimezone(LOCAL_ZONE).strftime("%Y-%m-%d %H:%M")
        counts = f"{line.running:>7}  {line.finished:>8}  {line.drafts:>6}"
        mark = "  current" if line.current else ""
        click.echo(f"{line.number:>7}  {line.content_hash[:12]}  {day}  {counts}{mark}")


def _pairs(
    _context: click.Context, _option: click.Parameter, told: Sequence[str]
) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in told]
    wrong = [old for old, sign, new in pairs if not (old and sign and new)]
    if wrong:
        raise click.BadParameter(f"{wrong[0]}: write it as old=new")
    return {old: new for old, _, new in pairs}


@click.command("migrate")
@click.argument("key")
@click.option("--to", type=int, required=True, help="Number of the version to move to.")
@click.option("--from", "leaving", type=int, help="Only dossiers on this version; else on any.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    callback=_pairs,
    metavar="OLD=NEW",
    help="A step or flow that has another id now; may be given several times.",
)
@click.option("--accept", is_flag=True, help="Take the names that the plan proposes.")
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--yes", is_flag=True, help="Do not ask before moving.")
@click.option(
    "--batch",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Dossiers looked up at a time; each moves in a transaction of its own.",
)
@click.option("--at-most", type=click.IntRange(min=1), help="Stop after so many have moved.")
@click.option("--stop", is_flag=True, help="Stop at the first dossier that fails.")
@click.option("--by", "username", help="User name of whoever answers for it; else the platform.")
@with_appcontext
def migrate(
    *,
    key: str,
    to: int,
    leaving: int | None,
    mapping: dict[str, str],
    accept: bool,
    only_plan: bool,
    as_json: bool,
    yes: bool,
    batch: int,
    at_most: int | None,
    stop: bool,
    username: str | None,
) -> None:
    """Let running dossiers of the procedure KEY go on under version --to.

    Exit 0 when all of them are there, 3 when some have to stay, 1 when something failed. Broken
    off and started again it takes up the rest.
    """
    wanted = Wanted(procedure=key, to=to, leaving=leaving, mapping=mapping, accept=accept)
    move = prepare_move(db.session(), wanted)
    plan = plan_migration(db.session(), move)
    if only_plan:
        click.echo(_json(plan.as_dict()) if as_json else "\n".join(_told(plan)))
        sys.exit(SOME_STAY if plan.counts[Verdict.STAYS] else 0)
    actor = _actor(username)
    if not as_json:
        click.echo("\n".join(_told(plan)))
    number = plan.counts[Verdict.MOVABLE]
    if number and not yes:
        click.confirm(f"Move {number} dossiers to version {to}?", abort=True, err=as_json)
    tried = _moved(move, actor, batch=batch, at_most=at_most, stop=stop)
    drafts = migrate_drafts(transaction, move)
    click.echo(_json(_report(tried, drafts)) if as_json else "\n".join(_summary(tried, drafts)))
    sys.exit(_exit_code(tried))


def _actor(username: str | None) -> Actor:
    """Raises UnknownPerson."""
    if username is None:
        return SYSTEM
    person = person_by_username(db.session(), username)
    found = actor_of(db.session(), person.id, now())
    if found is None:
        raise click.ClickException(f"{username} may not act.")
    return found


def _moved(
    move: VersionMove, actor: Actor, *, batch: int, at_most: int | None, stop: bool
) -> list[Tried]:
    tried: list[Tried] = []
    moved = 0
    for one in migrate_procedure(transaction, move, actor=actor, clock=now, batch=batch):
        tried.append(one)
        moved += one.result is Result.MOVED
        if (stop and one.failure) or moved == at_most:
            break
    return tried


def _exit_code(tried: list[Tried]) -> int:
    if any(one.failure for one in tried):
        return 1
    return SOME_STAY if any(one.obstacles for one in tried) else 0


def _report(tried: list[Tried], drafts: int) -> dict[str, Any]:
    return {
        "moved": [one.code for one in tried if one.result is Result.MOVED],
        "stay": {
            one.code: [reason.as_dict() for reason in one.obstacles]
            for one in tried
            if one.obstacles
        },
        "failed": {one.code: one.failure for one in tried if one.failure},
        "drafts": drafts,
    }


def _summary(tried: list[Tried], drafts: int) -> Iterator[str]:
    moved = sum(one.result is Result.MOVED for one in tried)
    stayed = [one for one in tried if one.obstacles]
    failed = [one for one in tried if one.failure]
    yield f"{moved} moved, {len(stayed)} stay, {len(failed)} failed; {drafts} drafts moved"
    yield from _reasons((one.code, one.obstacles) for one in stayed)
    for one in failed:
        yield f"  {one.code} failed: {one.failure}"


def _told(plan: Plan) -> Iterator[str]:
    move, counts = plan.move, plan.counts
    left = ", ".join(str(version.number) for version in move.sources) or "no other version"
    yield f"{move.target.key}: from {left} to {move.target.number}"
    yield (
        f"  {counts[Verdict.MOVABLE]} can move, {counts[Verdict.STAYS]} stay,"
        f" {counts[Verdict.THERE]} are there; drafts: {plan.drafts['movable']} can move,"
        f" {plan.drafts['stay']} keep their form"
    )
    for old, new in move.mapping.items():
        yield f"  mapped: {old} = {new}"
    for one in move.proposals:
        yield f"  proposed (--accept takes it): {one.old} = {one.new}  {one.name}".rstrip()
    for notice in plan.notices:
        yield f"  note: {notice.message}"
    for step, counted in plan.by_step.items():
        told = ", ".join(f"{number} {_WORDS[verdict]}" for verdict, number in counted.items())
        yield f"  in {step}: {told}"
    yield from _reasons((one.code, one.obstacles) for one in plan.dossiers)


_WORDS = {Verdict.MOVABLE: "can move", Verdict.STAYS: "stay"}


def _reasons(held_up: Iterable[tuple[str, tuple[Obstacle, ...]]]) -> Iterator[str]:
    """Each reason once, with the first dossiers it holds."""
    codes: dict[str, list[str]] = {}
    hints: dict[str, str] = {}
    for code, obstacles in held_up:
        for obstacle in obstacles:
            reason = f"{obstacle.message} [{obstacle.code}]"
            codes.setdefault(reason, []).append(code)
            hints[reason] = str(obstacle.hint)
    for reason, held in codes.items():
        more = f" and {len(held) - SHOWN} more" if len(held) > SHOWN else ""
        yield f"  stays: {reason}"
        yield f"         {hints[reason]}"
        yield f"         {', '.join(held[:SHOWN])}{more}"


def _json(told: object) -> str:
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


COMMANDS = (list_versions, migrate)
