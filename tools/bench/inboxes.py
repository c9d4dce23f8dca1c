"""A full inbox: ten thousand open tasks in one queue that twenty officers share."""

from typing import Any

import psycopg

from tests.support.api_client import ApiClient
from tools.bench.clients import Call, Crew
from tools.bench.figures import spread
from tools.bench.house import House
from tools.bench.pages import Browser

TASKS = 10_000
OFFICERS = 20
DEEP_PAGES = 200
#: Somebody of the demo province with the same queue, and the page it is shown on.
COLLEAGUE = "nam.camxuyen"
PAGE = "/viec"


def full_inbox(house: House, crew: Crew) -> dict[str, object]:
    """First and deep pages as each of the officers sees them."""
    _fill(house)
    names = [f"officer{number}" for number in range(OFFICERS)]
    tokens = list(house.tokens(names).values())
    deep = _deep_cursor(house, tokens[0])
    pages = {"first_page": "/inbox", "deep_page": f"/inbox?cursor={deep}"}
    found: dict[str, object] = {"open_tasks": TASKS, "officers": OFFICERS}
    for name, path in pages.items():
        calls = [Call(token=token, path=path) for token in tokens for _ in range(10)]
        crew.run(calls[:20])
        found[name] = spread(crew.run(calls).calls)
    cookie = Browser(house.server.port).log_in(COLLEAGUE)
    page = Call(cookie=cookie, path=PAGE)
    crew.run([page] * 20)
    found["html_page"] = spread(crew.run([page] * 100).calls)
    return found


def _deep_cursor(house: House, token: str) -> str:
    """Turn so many pages; what the last one gives to go on with."""
    cursor = ""
    with ApiClient(house.server.port, token) as client:
        for _ in range(DEEP_PAGES):
            cursor = client.get(f"/inbox?limit=25&cursor={cursor}" if cursor else "/inbox").body[
                "next"
            ]
    return cursor


def _fill(house: House) -> None:
    """Copies of the newest dossier and its first item, each under a number of its own."""
    with house.connection.transaction():
        for number in range(OFFICERS):
            house.do(_PERSON, f"officer{number}", f"officer{number}")
        _copy(house.connection, "dossiers", {"code": "'BENCH-' || n", "submission_key": "NULL"})
        _copy(
            house.connection,
            "inbox_items",
            {
                "dossier_id": "(SELECT id FROM dossiers WHERE code = 'BENCH-' || n)",
                "role": "'specialist'",
                "state": "'open'",
                "assignee_id": "NULL",
                "due_at": "now() + n * interval '1 minute'",
            },
        )
    house.do("ANALYZE")


def _copy(connection: psycopg.Connection[Any], table: str, changed: dict[str, str]) -> None:
    """Insert TASKS copies of the newest row; `changed` columns become these expressions."""
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
        f"SELECT {values} FROM generate_series(1, {TASKS}) AS n, "
        f"(SELECT * FROM {table} ORDER BY id DESC LIMIT 1) AS t"
    )


_PERSON = """
WITH made AS (
  INSERT INTO people (username, name, is_active, created_at)
  VALUES (%s, %s, true, now()) RETURNING id
)
INSERT INTO memberships (person_id, unit_id, role_key, valid_from)
SELECT made.id, units.id, 'specialist', '2020-01-01' FROM made, units WHERE units.code = 'H27.30'
"""
