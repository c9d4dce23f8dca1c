"""What foreign names are called here, from a file and from the command line."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.engine.importing import Wishes
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext

_TABLES = ("roles", "services", "forms")


class NamesUnreadable(Invalid):
    """The file of names is no TOML with the tables roles, services and forms."""

    message = lazy_gettext("The names in %(path)s cannot be read.")


def wishes_of(
    *,
    process: str | None,
    names: Path | None,
    roles: Iterable[tuple[str, str]],
    services: Iterable[tuple[str, str]],
    forms: Iterable[tuple[str, str]],
) -> Wishes:
    """What an analyst says beforehand; what is typed goes first.

    Raises NamesUnreadable.
    """
    told = _read(names) if names else {}
    return Wishes(
        process=process,
        roles={**told.get("roles", {}), **dict(roles)},
        services={**told.get("services", {}), **dict(services)},
        forms={**told.get("forms", {}), **dict(forms)},
    )


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NamesUnreadable(errors={"TOML": [str(error)]}, path=str(path)) from error
    wrong = [name for name, table in tables.items() if not _is_table(name, table)]
    errors = {
        name: [
            gettext(
                "Only the tables roles, services and forms are read, with one text for each name."
            )
        ]
        for name in wrong
    }
    if errors:
        raise NamesUnreadable(errors=errors, path=str(path))
    return tables


def _is_table(name: str, table: object) -> bool:
    return (
        name in _TABLES
        and isinstance(table, dict)
        and all(isinstance(value, str) and value.strip() for value in table.values())
    )
