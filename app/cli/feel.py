"""`feel`: try expressions and cells of decision tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
import orjson
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import inspect

from app import feel
from app.cli.moments import Moment
from app.domain.calendars.model import CalendarEdition
from app.domain.calendars.queries import NoCalendar, calendar_for
from app.foundation import clock
from app.foundation.db import db
from app.worktime import Counting

group = click.Group("feel", help="Try expressions (FEEL).")


class _Json(click.ParamType[object]):
    name = "json"

    def convert(self, value: Any, param: Any, ctx: Any) -> object:
        """Read JSON typed at the prompt."""
        try:
            return orjson.loads(value) if isinstance(value, str) else value
        except orjson.JSONDecodeError as error:
            self.fail(f"this is no JSON: {error}", param, ctx)


class _JsonObject(_Json):
    name = "json object"

    def convert(self, value: Any, param: Any, ctx: Any) -> object:
        """Read a JSON object typed at the prompt."""
        found = super().convert(value, param, ctx)
        return found if isinstance(found, dict) else self.fail("this is no object", param, ctx)


def _surroundings(command: Callable[..., None]) -> Callable[..., None]:
    """Add what an expression may look at."""
    options = (
        click.option("--context", type=_JsonObject(), default="{}", help="The variables, as JSON."),
        click.option("--now", type=Moment(), help="What now() means; otherwise the present."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@group.command("eval")
@click.argument("expression")
@_surroundings
@with_appcontext
def evaluate(expression: str, context: dict[str, object], now: datetime | None) -> None:
    """Evaluate EXPRESSION and print the value as JSON; working time is that of the province."""
    moment = now or clock.now()
    with _pointing_out():
        value = feel.to_json(feel.evaluate(expression, context, moment, _calendar(moment)))
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@group.command("cell")
@click.argument("cell")
@click.argument("value", type=_Json())
@_surroundings
@with_appcontext
def judge(cell: str, value: object, context: dict[str, object], now: datetime | None) -> None:
    """Tell whether VALUE (JSON) passes CELL of a decision table."""
    moment = now or clock.now()
    with _pointing_out():
        passes = feel.compile_unary(cell)(value, context, moment, _calendar(moment))
    click.echo("true" if passes else "false")


def _calendar(moment: datetime) -> feel.Calendar | None:
    """The province's calendar; none before the database is made, or before it was in force."""
    if not inspect(db.engine).has_table(CalendarEdition.__tablename__):
        return None
    try:
        return Counting(calendar=calendar_for(db.session(), None, moment).calendar)
    except NoCalendar:
        return None


@contextmanager
def _pointing_out() -> Iterator[None]:
    """Show where the mistake stands and say it in Vietnamese; English follows from the door."""
    try:
        yield
    except feel.FeelError as error:
        line, column = error.facts["line"], error.facts["column"]
        if isinstance(line, int) and isinstance(column, int):
            lines = str(error.facts["expression"]).splitlines() or [""]
            click.echo(f"{lines[line - 1]}\n{' ' * (column - 1)}^", err=True)
        with force_locale("vi"):
            click.echo(str(error), err=True)
        raise
