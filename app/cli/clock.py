"""`clock`: deadlines of the reception rule, and working time between two moments."""

import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.cli.clock_batch import answer_rows, nothing_entered
from app.cli.clock_table import explanation
from app.cli.moments import Moment, legal_text
from app.domain.calendars.model import CalendarEdition
from app.foundation.db import db
from app.queries.named_calendar import UnknownCalendar, known_calendars, newest_edition
from app.worktime import (
    PRESETS,
    OutOfHours,
    WorkingCalendar,
    preset,
    reception_deadline,
    unconfirmed,
    working_hours_between,
)

group = click.Group("clock", help="Count working time on the calendars of offices.")


class _Hours(click.ParamType[Decimal]):
    name = "hours"

    def convert(self, value: Any, param: Any, ctx: Any) -> Decimal:
        """Read a number of hours."""
        try:
            return Decimal(value)
        except InvalidOperation:
            self.fail(f"{value!r} is no number of hours", param, ctx)


@group.command("due")
@click.argument("calendar", required=False)
@click.argument("instant", type=Moment(), required=False)
@click.option("--hours", type=_Hours(), default="8", show_default=True, help="Working hours given.")
@click.option(
    "--explain", is_flag=True, help="Add every stretch up to the calendar's own deadline."
)
@click.option("--batch", is_flag=True, help="Answer a table read from standard input.")
@with_appcontext
def due(
    calendar: str | None, instant: datetime | None, hours: Decimal, *, explain: bool, batch: bool
) -> None:
    """When a dossier sent at INSTANT (local time) has to be received, under each reading.

    CALENDAR is a preset (see `clock calendars`) or the key of a stored calendar. With --batch a
    CSV table with the columns calendar and submitted_at is read from standard input, and answered
    with the strict and the lenient start and deadline of every row, in the same order. A row that
    cannot be answered keeps empty cells, is named on standard error, and makes the exit code 1.
    """
    if batch:
        if calendar or instant or explain:
            raise click.UsageError("--batch reads its rows from standard input, and explains none.")
        remarks = answer_rows(sys.stdin.buffer.read(), sys.stdout, _named, hours)
        for line in remarks.lines():
            click.echo(line, err=True)
        raise SystemExit(1 if remarks.mistakes else 0)
    if calendar is None or instant is None:
        raise click.UsageError("Give CALENDAR and INSTANT, or --batch.")
    found = _named(calendar)
    click.echo("\n".join(_readings(found, instant, hours)))
    if explain:
        click.echo("\n" + "\n".join(explanation(found, instant, hours)))


def _readings(calendar: WorkingCalendar, instant: datetime, hours: Decimal) -> list[str]:
    """The deadline under each reading, and what it rests on that is not certain."""
    lines = [f"{'reading':<8} {'start':<20} due"]
    for reading in OutOfHours:
        rules = replace(calendar.rules, out_of_hours=reading)
        deadline = reception_deadline(calendar, instant, hours, rules)
        start, end = legal_text(deadline.start), legal_text(deadline.due)
        own = "  (the rule of this calendar)" if rules == calendar.rules else ""
        lines.append(f"{reading.value:<8} {start:<20} {end}{own}")
    doubts = unconfirmed(calendar, instant, reception_deadline(calendar, instant, hours).due)
    lines += [f"not confirmed yet: {one.day} {one.name}" for one in doubts.days]
    return lines + [nothing_entered(year) for year in doubts.years]


@group.command("between")
@click.argument("calendar")
@click.argument("start", type=Moment())
@click.argument("end", type=Moment())
@with_appcontext
def between(calendar: str, start: datetime, end: datetime) -> None:
    """Print the working hours from START to END, negative if END is the earlier."""
    click.echo(f"{working_hours_between(_named(calendar), start, end).normalize():f}")


@group.command("calendars")
@with_appcontext
def calendars() -> None:
    """List the calendars one can ask for."""
    click.echo("\n".join(known_calendars(_session())))


def _named(key: str) -> WorkingCalendar:
    """The calendar of that key; raises UnknownCalendar. Presets need no database."""
    if key in PRESETS:
        return preset(key)
    session = _session()
    found = newest_edition(session, key) if session else None
    if found is None:
        raise UnknownCalendar(key=key, known=", ".join(known_calendars(session)))
    return found


def _session() -> Session | None:
    """The database, if it has been made."""
    try:
        made = inspect(db.engine).has_table(CalendarEdition.__tablename__)
    except SQLAlchemyError:
        return None
    return db.session() if made else None
