"""What to tell about a database that is away or too old."""

from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DBAPIError, OperationalError

from app.domain.people.model import Role

#: PostgreSQL's codes for a table and a column that do not exist.
_NO_SUCH_THING = frozenset({"42P01", "42703"})
#: Seconds that a server which does not answer may hold up the start.
_PATIENCE = 5


def about_database(error: DBAPIError) -> str | None:
    """What to do about it, in one sentence; None for what must be a bug."""
    reason = " ".join(str(error.orig).split())
    state = getattr(error.orig, "sqlstate", None)
    if state in _NO_SUCH_THING or reason.startswith(("no such table", "no such column")):
        return f"The database is not up to date ({reason[:200]}). Run `make migrate` first."
    if isinstance(error, OperationalError):
        return f"The database cannot be used: {reason[:400]}"
    return None


def database_trouble(url: str) -> str | None:
    """Look whether the database answers and has its tables; None when all is well."""
    patience: dict[str, Any] = {}
    if url.startswith("postgresql"):
        patience = {"connect_timeout": _PATIENCE}
    engine = create_engine(url, connect_args=patience)
    try:
        with engine.connect() as connection:
            connection.execute(select(Role.key).limit(1)).first()
    except DBAPIError as error:
        return about_database(error) or str(error)
    finally:
        engine.dispose()
    return None
