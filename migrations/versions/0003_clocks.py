"""The clocks of a dossier: its reception, its term, and when each of them rings.

A dossier from before goes on with what its status says. The promise of one that nobody has
received yet is none; its term is watched from its next reception or resumption on.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
#: A member of an enumeration, by its value.
WORD = sa.String(32)

MOMENTS = ("reception_started_at", "reception_due_at", "reception_met_at", "paused_at")
#: Received: 2, 4 and all that follows on them. Asked of the applicant: 5, 6. Done: 3 and 7 to 10.
FILL_DOSSIERS = """
UPDATE dossiers SET
  clock = CASE
    WHEN status IN (3, 7, 8, 9, 10) THEN 'stopped'
    WHEN received_at IS NULL THEN 'waiting'
    WHEN status IN (5, 6) THEN 'paused'
    ELSE 'running' END,
  due_at_original = CASE WHEN received_at IS NULL THEN NULL ELSE due_at_original END,
  reception_started_at = submitted_at,
  paused_at = CASE WHEN status IN (5, 6) AND received_at IS NOT NULL THEN
    (SELECT updated_at FROM processes WHERE dossier_id = dossiers.id) END,
  paused_for = CASE WHEN received_at IS NULL THEN NULL
    WHEN status = 5 THEN 'supplement' WHEN status = 6 THEN 'payment' END
"""
REFILL_DOSSIERS = """
UPDATE dossiers SET due_at_original = due_at_current WHERE due_at_original IS NULL
"""


DOSSIERS = sa.table(
    "dossiers",
    sa.column("version_id", sa.BigInteger()),
    sa.column("case_key", sa.String()),
    sa.column("term_amount", sa.String()),
    sa.column("term_unit", WORD),
    sa.column("supplement_clock", WORD),
)
VERSIONS = sa.table(
    "procedure_versions", sa.column("id", sa.BigInteger()), sa.column("files", sa.LargeBinary())
)


def upgrade() -> None:
    """Make room for the clocks, and say where they stand."""
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.add_column(sa.Column("term_amount", sa.String(40)))
        dossiers.add_column(sa.Column("term_unit", WORD))
        dossiers.add_column(sa.Column("supplement_clock", WORD))
        dossiers.add_column(sa.Column("clock", WORD))
        dossiers.add_column(sa.Column("paused_for", WORD))
        for name in MOMENTS:
            dossiers.add_column(sa.Column(name, INSTANT))
        dossiers.alter_column("due_at_original", existing_type=INSTANT, nullable=True)
    op.execute(FILL_DOSSIERS)
    fill_terms()
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.alter_column("term_amount", existing_type=sa.String(40), nullable=False)
        for name in ("term_unit", "supplement_clock", "clock"):
            dossiers.alter_column(name, existing_type=WORD, nullable=False)
    change_deadlines()
    change_items()


def change_items() -> None:
    """A step rings more than once; what is urgent stands before what was sent online."""
    op.drop_index("ix_inbox_items_late", "inbox_items")
    with op.batch_alter_table("inbox_items") as items:
        items.add_column(sa.Column("alarm_at", INSTANT))
        items.add_column(sa.Column("stage", sa.SmallInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE inbox_items SET alarm_at = due_at"
        " WHERE state = 'open' AND overdue_at IS NULL AND due_at < '9999-01-01'"
    )
    op.execute(
        "UPDATE inbox_items SET stage = CASE WHEN overdue_at IS NULL THEN 0 ELSE 100 END,"
        " rank = CASE WHEN overdue_at IS NULL THEN rank + 1 ELSE 0 END"
    )
    with op.batch_alter_table("inbox_items") as items:
        items.alter_column("stage", existing_type=sa.SmallInteger(), server_default=None)
    partial_index("ix_inbox_items_alarm", "inbox_items", ["alarm_at"], where="state = 'open'")


def fill_terms() -> None:
    """The legal term of each dossier, as the catalogue entry of its version has it in hours."""
    connection = op.get_bind()
    used = sa.select(VERSIONS).where(VERSIONS.c.id.in_(sa.select(DOSSIERS.c.version_id)))
    for version in connection.execute(used).all():
        for key, hours in terms_of(version.files):
            told = {"term_amount": hours, "term_unit": "working_hours"}
            connection.execute(
                sa.update(DOSSIERS)
                .where(DOSSIERS.c.version_id == version.id, DOSSIERS.c.case_key == key)
                .values(**told, supplement_clock="RESUME")
            )


def terms_of(files: bytes) -> Iterator[tuple[str, str]]:
    """Key and hours of each case; before this, every term was given in working hours."""
    entry: dict[str, Any] = tomllib.loads(orjson.loads(files)["procedure.toml"])
    for case in entry["case"]:
        yield case["key"], str(case["term_hours"])


def downgrade() -> None:
    """Back to one due date for everything."""
    op.drop_index("ix_inbox_items_alarm", "inbox_items")
    op.execute("UPDATE inbox_items SET rank = CASE rank WHEN 2 THEN 1 ELSE 0 END")
    with op.batch_alter_table("inbox_items") as items:
        items.drop_column("alarm_at")
        items.drop_column("stage")
    partial_index(
        "ix_inbox_items_late",
        "inbox_items",
        ["due_at"],
        where="state = 'open' AND overdue_at IS NULL",
    )
    op.drop_index("uq_deadlines_clock", "deadlines")
    op.drop_index("ix_deadlines_alarm", "deadlines")
    op.execute("DELETE FROM deadlines WHERE kind <> 'timer'")
    with op.batch_alter_table("deadlines") as deadlines:
        for name in ("hours", "alarm_at", "stage"):
            deadlines.drop_column(name)
        deadlines.alter_column("task_id", existing_type=sa.String(32), nullable=False)
        deadlines.alter_column("step", existing_type=sa.String(80), nullable=False)
    partial_index("ix_deadlines_due", "deadlines", ["due_at"], where="settled_at IS NULL")
    op.execute(REFILL_DOSSIERS)
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.alter_column("due_at_original", existing_type=INSTANT, nullable=False)
        for name in ("term_amount", "term_unit", "supplement_clock", "clock", "paused_for"):
            dossiers.drop_column(name)
        for name in MOMENTS:
            dossiers.drop_column(name)


def change_deadlines() -> None:
    """A deadline rings more than once, and need not belong to a timer."""
    op.drop_index("ix_deadlines_due", "deadlines")
    with op.batch_alter_table("deadlines") as deadlines:
        deadlines.add_column(sa.Column("hours", sa.String(40)))
        deadlines.add_column(sa.Column("alarm_at", INSTANT))
        deadlines.add_column(
            sa.Column("stage", sa.SmallInteger(), nullable=False, server_default="0")
        )
        deadlines.alter_column("task_id", existing_type=sa.String(32), nullable=True)
        deadlines.alter_column("step", existing_type=sa.String(80), nullable=True)
    op.execute("UPDATE deadlines SET alarm_at = due_at WHERE settled_at IS NULL")
    with op.batch_alter_table("deadlines") as deadlines:
        deadlines.alter_column("stage", existing_type=sa.SmallInteger(), server_default=None)
    partial_index("ix_deadlines_alarm", "deadlines", ["alarm_at"], where="settled_at IS NULL")
    kept = sa.text("settled_at IS NULL AND kind <> 'timer'")
    op.create_index(
        "uq_deadlines_clock",
        "deadlines",
        ["dossier_id", "kind"],
        unique=True,
        postgresql_where=kept,
        sqlite_where=kept,
    )


def partial_index(name: str, table: str, columns: list[str], *, where: str) -> None:
    """An index over the rows that still wait; what is settled costs nothing."""
    kept = sa.text(where)
    op.create_index(name, table, columns, postgresql_where=kept, sqlite_where=kept)
