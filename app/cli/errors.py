"""What people can mend becomes a sentence and exit code 1; a bug shows its trace."""

import functools
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import click
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError

from app.cli.database import about_database
from app.engine import DefinitionInvalid
from app.foundation.errors import HouseError, Invalid

#: Commands belong to the process, not to an application: a second application finds them wrapped.
_explained: WeakSet[click.Command] = WeakSet()


def explain_errors(command: click.Command) -> None:
    """Wrap the command's callback once; people at a terminal read English."""
    run = command.callback
    if run is None or command in _explained:
        return
    _explained.add(command)

    @functools.wraps(run)
    def explained(*args: Any, **kwargs: Any) -> Any:
        with force_locale("en"):
            return _run(run, *args, **kwargs)

    command.callback = explained


def _run(run: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return run(*args, **kwargs)
    except HouseError as error:
        lines = [str(error)]
        if isinstance(error, DefinitionInvalid):
            lines += [f"  {p.element_id or '-'}: {p.message} {p.hint}" for p in error.problems]
        elif isinstance(error, Invalid):
            lines += [f"  {where}: {' '.join(t)}" for where, t in error.errors.items()]
        raise click.ClickException("\n".join(lines)) from error
    except DBAPIError as error:
        if told := about_database(error):
            raise click.ClickException(told) from error
        raise
