"""What is typed at `procedures import`: pairs of names, and the language of the report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


class Pair(click.ParamType[tuple[str, str]]):
    """`OLD=NEW`; the old name may hold equal signs, the new one never does."""

    name = "old=new"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        """Split at the last equal sign."""
        if isinstance(value, tuple):
            return value[0], value[1]
        old, sign, new = str(value).rpartition("=")
        if not (sign and old.strip() and new.strip()):
            self.fail(f"write it as OLD=NEW: {value}", param, ctx)
        return old.strip(), new.strip()


def _language(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Take the language of `vi_VN.UTF-8`; whoever has neither reads English."""
    return "vi" if value.lower().startswith("vi") else "en"


LANGUAGE = click.option(
    "--language",
    metavar="vi|en",
    callback=_language,
    envvar="LANG",
    default="en",
    help="Language of the report; otherwise that of the terminal.",
)

_PAIRS = (
    ("--role", "roles", "GROUP=ROLE: the role of a group, person, lane or step."),
    ("--service", "services", "TOPIC=TYPE: the handler for a topic, type, class or step."),
    ("--form", "forms", "KEY=FORM: the form for a form key or step."),
)
_NAMES = click.option(
    "--names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The same from a TOML file with the tables roles, services and forms.",
)
_PROCESS = click.option("--process", help="Id or name of the process to take.")


def naming(command: Callable[..., None]) -> Callable[..., None]:
    """Add what an analyst can say about names beforehand."""
    command = _NAMES(command)
    for option, name, words in reversed(_PAIRS):
        command = click.option(option, name, multiple=True, type=Pair(), help=words)(command)
    return _PROCESS(command)
