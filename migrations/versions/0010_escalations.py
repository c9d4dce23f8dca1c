"""What superiors were told of, the order of inboxes by day, and who wrote in a letter's draft.

Superiors find what they were told before, as far as it is still late; receptions and terms that
are late already climb the chain with the next look at the clock.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger()
#: Legal time, in which the day of a due date is taken.
AHEAD = timedelta(hours=7)
#: Behind everything: work that waits for a payment.
SET_ASIDE = 99_999_999

ITEMS = sa.table(
    "inbox_items",
    sa.column("id", NUMBER),
    sa.column("dossier_id", NUMBER),
    sa.column("task_id", sa.String()),
    sa.column("state", sa.String()),
    sa.column("rank", sa.Integer()),
    sa.column("due_at", INSTANT),
)
ENTRIES = sa.table(
    "journal_entries",
    sa.column("dossier_id", NUMBER),
    sa.column("seq", sa.Integer()),
    sa.column("event", sa.String()),
    sa.column("at", INSTANT),
    sa.column("payload", sa.LargeBinary()),
)
UNITS = sa.table("units", sa.column("id", NUMBER), sa.column("code", sa.String()))
DOSSIERS = sa.table("dossiers", sa.column("id", NUMBER), sa.column("is_escalated", sa.Boolean()))
ESCALATIONS = sa.table(
    "escalations",
    sa.column("dossier_id", NUMBER),
    sa.column("item_id", NUMBER),
    sa.column("level", SMALL),
    sa.column("role", sa.String()),
    sa.column("unit_id", NUMBER),
    sa.column("due_at", INSTANT),
    sa.column("told_at", INSTANT),
)
CLOCK_STAGE = """
UPDATE dossiers SET clock_stage = COALESCE((
  SELECT MAX(stage) FROM deadlines
  WHERE dossier_id = dossiers.id AND kind <> 'timer' AND settled_at IS NULL), 0)
"""
#: Clocks that had nothing more to say at their end; a paused one says nothing now.
RING_AGAIN = """
UPDATE deadlines SET alarm_at = due_at
WHERE kind <> 'timer' AND settled_at IS NULL AND stage >= 100 AND alarm_at IS NULL
  AND dossier_id NOT IN (SELECT id FROM dossiers WHERE clock = 'paused')
"""
FORGET_RINGING = """
UPDATE deadlines SET stage = 100, alarm_at = NULL WHERE kind <> 'timer' AND stage >= 100
"""


def upgrade() -> None:
    """Make room, and fill it."""
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.add_column(sa.Column("clock_stage", SMALL, nullable=False, server_default="0"))
        dossiers.add_column(
            sa.Column("is_escalated", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.alter_column("clock_stage", existing_type=SMALL, server_default=None)
        dossiers.alter_column("is_escalated", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("inbox_items") as items:
        items.alter_column("rank", existing_type=SMALL, type_=sa.Integer())
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_inbox_items_step",
        "inbox_items",
        ["unit_id", "role", "step", "rank", "due_at", "id"],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )
    with op.batch_alter_table("apologies") as apologies:
        apologies.add_column(sa.Column("edited_by_id", NUMBER))
        apologies.create_foreign_key(
            "fk_apologies_edited_by_id_people", "people", ["edited_by_id"], ["id"]
        )
    make_escalations()
    op.execute(CLOCK_STAGE)
    op.execute(RING_AGAIN)
    order_by_day()
    bring_over()


def downgrade() -> None:
    """The order of before; superiors read of late work in the journal only."""
    op.execute(
        "UPDATE inbox_items SET rank = CASE rank WHEN 0 THEN 0 WHEN 99999999 THEN 9"
        " ELSE rank % 2 + 1 END"
    )
    op.execute(FORGET_RINGING)
    op.drop_table("escalations")
    with op.batch_alter_table("apologies") as apologies:
        apologies.drop_constraint("fk_apologies_edited_by_id_people", type_="foreignkey")
        apologies.drop_column("edited_by_id")
    op.drop_index("ix_inbox_items_step", "inbox_items")
    with op.batch_alter_table("inbox_items") as items:
        items.alter_column("rank", existing_type=sa.Integer(), type_=SMALL)
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.drop_column("is_escalated")
        dossiers.drop_column("clock_stage")


def make_escalations() -> None:
    """The table, with a short way for a superior and for a dossier."""
    op.create_table(
        "escalations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=True),
        sa.Column("deadline_id", NUMBER, nullable=True),
        sa.Column("level", SMALL, nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{table}.id"], name=f"fk_escalations_{name}_id_{table}"
            )
            for name, table in (
                ("dossier", "dossiers"),
                ("item", "inbox_items"),
                ("deadline", "deadlines"),
                ("unit", "units"),
            )
        ),
    )
    kept = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_escalations_waiting",
        "escalations",
        ["role", "unit_id", "due_at", "id"],
        postgresql_where=kept,
        sqlite_where=kept,
    )
    op.create_index("ix_escalations_dossier", "escalations", ["dossier_id"])


def order_by_day() -> None:
    """Online dossiers go first among those that are due the same day; all of a dossier whose clock
    has rung is urgent."""
    connection = op.get_bind()
    op.execute(
        "UPDATE inbox_items SET rank = 0 WHERE state = 'open' AND dossier_id IN"
        " (SELECT id FROM dossiers WHERE clock_stage > 0) AND rank <> 9"
    )
    op.execute("UPDATE inbox_items SET rank = 99999999 WHERE rank = 9")
    placed = (ITEMS.c.rank > 0) & (ITEMS.c.rank != SET_ASIDE)
    waiting = sa.select(ITEMS).where(ITEMS.c.state == "open", placed)
    changes = [
        {"number": row.id, "place": (utc(row.due_at) + AHEAD).toordinal() * 2 + row.rank - 1}
        for row in connection.execute(waiting)
    ]
    if changes:
        connection.execute(
            sa.update(ITEMS)
            .where(ITEMS.c.id == sa.bindparam("number"))
            .values(rank=sa.bindparam("place")),
            changes,
        )


def bring_over() -> None:
    """Steps that are late: whom the journal says to have been told, the first time each."""
    connection = op.get_bind()
    units = {row.code: row.id for row in connection.execute(sa.select(UNITS))}
    rows = [row | {"unit_id": units[row["unit_id"]]} for row in told_before(connection)]
    if rows:
        connection.execute(sa.insert(ESCALATIONS), rows)
        late = {row["dossier_id"] for row in rows}
        connection.execute(
            sa.update(DOSSIERS).where(DOSSIERS.c.id.in_(late)).values(is_escalated=True)
        )


def told_before(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """The rows, each with the code of the unit in place of its number."""
    is_late = (ITEMS.c.state == "open") & (ITEMS.c.due_at <= sa.func.current_timestamp())
    items = {
        (row.dossier_id, row.task_id): row
        for row in connection.execute(sa.select(ITEMS).where(is_late))
    }
    entries = sa.select(ENTRIES).where(ENTRIES.c.event == "step_escalated")
    seen = set()
    for entry in connection.execute(entries.order_by(ENTRIES.c.dossier_id, ENTRIES.c.seq)):
        told = orjson.loads(entry.payload) if entry.payload else {}
        item = items.get((entry.dossier_id, told.get("task")))
        key = (item.id, told["role"], told["unit"]) if item else None
        if item and told["unit"] and key not in seen:
            seen.add(key)
            yield {
                "dossier_id": entry.dossier_id,
                "item_id": item.id,
                "level": told["level"],
                "role": told["role"],
                "unit_id": told["unit"],
                "due_at": item.due_at,
                "told_at": entry.at,
            }


def utc(at: datetime) -> datetime:
    """SQLite gives moments without their zone, which is always UTC."""
    return at.astimezone(UTC) if at.tzinfo else at
