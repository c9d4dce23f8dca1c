"""Runs the numbered scripts against the application's own database, all of them or none."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, Enum
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator

import app.models  # noqa: F401 - fills the metadata
from app.foundation.db import Base, db


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | bool:
    """Scripts name plain column types: they must still run when our own types have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    if kind == "type" and getattr(item, "_variant_mapping", None):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


def set_foreign_keys(connection: Connection, *, enforced: bool) -> None:
    """SQLite changes a table by copying it, which its own references would forbid.

    The setting only takes effect outside a transaction, hence on the bare connection.
    """
    if connection.dialect.name == "sqlite":
        bare = connection.connection.dbapi_connection
        bare.execute(f"PRAGMA foreign_keys = {'ON' if enforced else 'OFF'}")


def run() -> None:
    """Bring the database to the wanted revision in one transaction."""
    with db.engine.connect() as connection:
        set_foreign_keys(connection, enforced=False)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            transactional_ddl=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        set_foreign_keys(connection, enforced=True)


if context.is_offline_mode():
    raise SystemExit("The scripts run against a database, not into a file.")
try:
    run()
except OperationalError as error:
    # The command shows this as one sentence.
    raise CommandError(f"The database cannot be used: {error.orig}") from error
