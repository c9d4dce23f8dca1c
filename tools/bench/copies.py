"""Many dossiers at once: copies of one that was really handed in."""

from collections.abc import Mapping
from typing import Any

import psycopg

from tools.bench.house import House

#: A dossier's own rows, apart from the dossier's.
TABLES = ("processes", "inbox_items", "deadlines", "journal_entries")


def copy_dossier(house: House, code: str, count: int) -> None:
    """Copies with codes `<code>-1` to `<code>-<count>`; their chains of hashes do not hold."""
    (original,) = house.ask("SELECT id FROM dossiers WHERE code = %s", code)[0]
    number = f"(SELECT id FROM dossiers WHERE code = '{code}-' || n)"  # noqa: S608 - our own code
    with house.connection.transaction():
        changed = {"code": f"'{code}-' || n", "submission_key": "NULL"}
        copy_rows(house.connection, "dossiers", f"id = {original}", count, changed)
        for table in TABLES:
            changed = {"dossier_id": number}
            copy_rows(house.connection, table, f"dossier_id = {original}", count, changed)


def copy_rows(
    connection: psycopg.Connection[Any],
    table: str,
    which: str,
    count: int,
    changed: Mapping[str, str],
) -> None:
    """Insert `count` copies of the rows; `changed` columns become these expressions of `n`."""
    columns = [
        row[0]
        for row in connection.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND column_name <> 'id'",
            (table,),
        )
    ]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - our own tables
        f"SELECT {values} FROM generate_series(1, {count}) AS n, "
        f"(SELECT * FROM {table} WHERE {which}) AS t"
    )
