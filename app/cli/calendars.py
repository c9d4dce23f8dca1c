"""`calendars`: read working calendars, propose days, save editions."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson
from flask.cli import with_appcontext

from app.actions.draft_edition import make_calendar
from app.actions.save_edition import save_edition
from app.domain.calendars.proposing import proposed_days
from app.domain.calendars.queries import newest_edition
from app.domain.calendars.reading import checked_content, working_calendar
from app.domain.people.queries import actor_of, person_by_username, unit_by_code
from app.foundation.actor import SYSTEM, Actor
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.queries.calendar_pages import (
    calendar_by_key,
    calendar_with_edition,
    listed_calendars,
    parent_calendar,
)
from app.queries.edition_preview import Preview, preview_edition
from app.worktime import DayException, Hours, edition_content

group = click.Group("calendars", help="Working calendars and their editions.")
_key = click.option("--calendar", "key", help="Its key; that of the province otherwise.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON, as `save` reads it.")


@group.command("list")
@with_appcontext
def list_calendars() -> None:
    """Every calendar: unit, edition in force, and the years whose days are estimated."""
    for told in listed_calendars(db.session()):
        years = ", ".join(map(str, told.unconfirmed)) or "-"
        unit = told.unit_code or "province"
        edition = told.number or "-"
        click.echo(
            f"{told.key:<20} {unit:<14} edition {edition:<4} estimated: {years:<12} {told.name}"
        )


@group.command("show")
@click.argument("key", required=False)
@click.option("--edition", type=int, help="Its number; the one in force otherwise.")
@_json
@with_appcontext
def show(key: str | None, edition: int | None, *, as_json: bool) -> None:
    """Print hours and exceptional days of the calendar KEY, or of that of the province."""
    calendar, found = calendar_with_edition(db.session(), key, edition)
    if as_json:
        _print({"calendar": calendar.key, "edition": found.number, "content": found.content})
        return
    click.echo(f"{calendar.name}, edition {found.number}: {found.reason} {found.legal_document}")
    kept = working_calendar(found.content)
    for hours in kept.hours:
        click.echo(_hours(hours))
    for day in kept.exceptions:
        click.echo(_day(day))


@group.command("propose")
@click.argument("year", type=click.IntRange(2000, 2075))
@_key
@_json
@with_appcontext
def propose(year: int, key: str | None, *, as_json: bool) -> None:
    """Print the days of YEAR that the calendar does not know yet; nothing is stored."""
    session = db.session()
    calendar, edition = calendar_with_edition(session, key, None)
    kept = working_calendar(edition.content)
    days = proposed_days(year, kept, parent_calendar(session, calendar, now()))
    if as_json:
        content = edition_content(replace(kept, exceptions=(*kept.exceptions, *days)))
        _print({"calendar": calendar.key, "edition": edition.number, "content": content})
        return
    for day in days:
        click.echo(_day(day))
    click.echo(f"{len(days)} days proposed; look them up in the government's notice before saving")


@group.command("save")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_key
@click.option("--reason", required=True, help="Why the calendar changes.")
@click.option("--document", default="", help="Number and date of the deciding document.")
@click.option("--by", "username", help="Who decides; the platform itself otherwise.")
@click.option("--dry-run", is_flag=True, help="Only tell which dossiers would move.")
@with_appcontext
def save(
    *, file: Path, key: str | None, reason: str, document: str, username: str | None, dry_run: bool
) -> None:
    """Make FILE, as `show --json` prints it, the edition in force; open dossiers are dated again.

    An "edition" in FILE must be the one in force, so that nobody's later changes are lost.
    """
    told = _read(file)
    with transaction() as session:
        calendar = calendar_by_key(session, key)
        newest = newest_edition(session, calendar.id)
        checked = working_calendar(checked_content(told.get("content"), local_date(now())))
        _tell(preview_edition(session, calendar, checked, now()))
        if dry_run:
            return
        edition = save_edition(
            session,
            calendar.id,
            told.get("content"),
            reason=reason,
            legal_document=document,
            base_id=_base(told, newest.number if newest else 0, newest.id if newest else None),
            actor=_actor(username),
            at=now(),
        )
    click.echo(f"edition {edition.number} is in force")


@group.command("make")
@click.argument("key")
@click.argument("name")
@click.option("--unit", help="Code of the unit that keeps it; otherwise it is the province's.")
@with_appcontext
def make(key: str, name: str, unit: str | None) -> None:
    """Make the calendar KEY called NAME; it counts for nothing before an edition is saved."""
    with transaction() as session:
        kept_by = unit_by_code(session, unit) if unit else None
        calendar = make_calendar(session, kept_by, key=key, name=name, actor=SYSTEM)
        click.echo(f"{calendar.key}: now save its first edition")


def _base(told: Mapping[str, Any], number: int, newest_id: int | None) -> int | None:
    """The edition the file was written from; a number that is not the newest is no one's id."""
    return newest_id if told.get("edition", number) == number else -1


def _read(file: Path) -> dict[str, Any]:
    try:
        told = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise click.ClickException(f"{file} is not what `calendars show --json` prints")
    return told if "content" in told else {"content": told}


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM
    session = db.session()
    person = person_by_username(session, username)
    return actor_of(session, person.id, now()) or SYSTEM


def _tell(preview: Preview) -> None:
    most = "+" if preview.more else ""
    click.echo(
        f"{preview.dossiers}{most} open dossiers: {preview.later} due later, "
        f"{preview.earlier} due earlier, {preview.unchanged} unchanged "
        f"({preview.steps_only} of them with steps that move)"
    )
    if preview.followers:
        click.echo(f"  days are taken over by: {', '.join(preview.followers)}")
    for move in preview.examples:
        click.echo(f"  {move.code}  {move.before.isoformat()} -> {move.after.isoformat()}")


def _hours(hours: Hours) -> str:
    first = f"from {hours.valid_from:%d/%m/%Y}"
    last = f" to {hours.valid_to:%d/%m/%Y}" if hours.valid_to else ""
    days = [
        f"{name} {' '.join(map(str, intervals)) or 'off'}"
        for name, intervals in zip(
            ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), hours.weekly, strict=True
        )
    ]
    return "\n  ".join([f"{first}{last} {hours.name}", *days])


def _day(day: DayException) -> str:
    sure = "" if day.confirmed else " ESTIMATED"
    worked = f" {' '.join(map(str, day.intervals))}" if day.intervals else ""
    return f"{day.day:%d/%m/%Y}  {day.kind.value:<10}{worked} {day.name}{sure} ({day.source})"


def _print(told: object) -> None:
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
