"""Editions of calendars: the whole of a calendar as it was decided, with its reason and its hash.

What the first house called a version, hours in force from a day on, becomes an edition under the
same number, since dossiers and journals name it. Each step learns the hours it was given.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: SQLite only counts up in columns it calls INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
REASON = "Taken over from the hours kept before"
BY = "Hệ thống"

VERSIONS = sa.table(
    "calendar_versions",
    sa.column("id", ROW),
    sa.column("calendar_id", ROW),
    sa.column("valid_from", sa.Date()),
    sa.column("weekly", sa.LargeBinary()),
    sa.column("created_at", INSTANT),
    sa.column("number", sa.Integer()),
    sa.column("content", sa.LargeBinary()),
    sa.column("hash", sa.LargeBinary()),
)
OLD = [VERSIONS.c[name] for name in ("id", "calendar_id", "valid_from", "weekly", "created_at")]
FILL_ITEMS = """
UPDATE inbox_items SET calendar_version_id =
  (SELECT calendar_version_id FROM dossiers WHERE dossiers.id = inbox_items.dossier_id)
"""


def upgrade() -> None:
    """Turn versions into editions, and make room for drafts and for dating again."""
    with op.batch_alter_table("calendars") as calendars:
        calendars.drop_index("ix_calendars_unit_id")
        calendars.create_index("ix_calendars_unit_id", ["unit_id"], unique=True)
    make_editions()
    with op.batch_alter_table("inbox_items") as items:
        items.add_column(sa.Column("hours", sa.String(40)))
        items.add_column(sa.Column("calendar_version_id", ROW))
    op.execute(FILL_ITEMS)
    with op.batch_alter_table("inbox_items") as items:
        items.alter_column("calendar_version_id", existing_type=ROW, nullable=False)
        items.create_foreign_key(
            "fk_inbox_items_calendar_version_id_calendar_versions",
            "calendar_versions",
            ["calendar_version_id"],
            ["id"],
        )
    make_drafts()
    make_redatings()


def downgrade() -> None:
    """Back to weekly hours; exceptions and seasons are lost, as the first house knew none."""
    op.drop_index("ix_dossiers_open", "dossiers")
    op.drop_table("redatings")
    op.drop_table("calendar_drafts")
    with op.batch_alter_table("inbox_items") as items:
        items.drop_constraint(
            "fk_inbox_items_calendar_version_id_calendar_versions", type_="foreignkey"
        )
        items.drop_column("calendar_version_id")
        items.drop_column("hours")
    unmake_editions()
    with op.batch_alter_table("calendars") as calendars:
        calendars.drop_index("ix_calendars_unit_id")
        calendars.create_index("ix_calendars_unit_id", ["unit_id"])


def make_editions() -> None:
    """Number, content and hash of each version; who decided it is no longer known."""
    with op.batch_alter_table("calendar_versions") as versions:
        versions.add_column(sa.Column("number", sa.Integer()))
        versions.add_column(sa.Column("content", sa.LargeBinary()))
        versions.add_column(sa.Column("hash", sa.LargeBinary(32)))
        versions.add_column(
            sa.Column("reason", sa.String(1000), nullable=False, server_default=REASON)
        )
        versions.add_column(
            sa.Column("legal_document", sa.String(300), nullable=False, server_default="")
        )
        versions.add_column(sa.Column("decided_by_id", ROW))
        versions.add_column(
            sa.Column("decided_by", sa.String(120), nullable=False, server_default=BY)
        )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(*OLD).order_by(VERSIONS.c.calendar_id, VERSIONS.c.created_at, VERSIONS.c.id)
    ).all()
    for _calendar, made in groupby(rows, key=lambda row: row.calendar_id):
        for told in editions(list(made)):
            at = VERSIONS.c.id == told.pop("id")
            connection.execute(sa.update(VERSIONS).where(at).values(**told))
    with op.batch_alter_table("calendar_versions") as versions:
        versions.drop_constraint("uq_calendar_versions_calendar_id_valid_from", type_="unique")
        versions.drop_column("valid_from")
        versions.drop_column("weekly")
        versions.alter_column("number", existing_type=sa.Integer(), nullable=False)
        versions.alter_column("content", existing_type=sa.LargeBinary(), nullable=False)
        versions.alter_column("hash", existing_type=sa.LargeBinary(32), nullable=False)
        for name, kind in (("reason", 1000), ("legal_document", 300), ("decided_by", 120)):
            versions.alter_column(name, existing_type=sa.String(kind), server_default=None)
        versions.create_unique_constraint(
            "uq_calendar_versions_calendar_id_number", ["calendar_id", "number"]
        )
        versions.create_foreign_key(
            "fk_calendar_versions_decided_by_id_people", "people", ["decided_by_id"], ["id"]
        )


def editions(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The columns of each edition of one calendar; it holds all hours decided until then."""
    hours: dict[str, Mapping[str, Any]] = {}
    previous = bytes(32)
    for number, row in enumerate(rows, start=1):
        first = row.valid_from.isoformat()
        hours[first] = {
            "name": "",
            "valid_from": first,
            "valid_to": None,
            "weekly": orjson.loads(row.weekly),
        }
        content = {"hours": [hours[day] for day in sorted(hours)], "exceptions": [], "rules": {}}
        at: datetime = row.created_at
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        told = [
            *(1, row.calendar_id, number, content, REASON, "", None, BY),
            *(at.isoformat(), previous.hex()),
        ]
        previous = hashlib.sha256(plain(told)).digest()
        yield {"id": row.id, "number": number, "content": plain(content), "hash": previous}


def plain(value: object) -> bytes:
    """The one byte form of a JSON value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def unmake_editions() -> None:
    """The newest hours of each edition, from the day they are kept."""
    with op.batch_alter_table("calendar_versions") as versions:
        versions.add_column(sa.Column("valid_from", sa.Date()))
        versions.add_column(sa.Column("weekly", sa.LargeBinary()))
    connection = op.get_bind()
    told = sa.select(VERSIONS.c.id, VERSIONS.c.number, VERSIONS.c.content)
    for row in connection.execute(told).all():
        newest = orjson.loads(row.content)["hours"][-1]
        # Two editions may end with the same hours; the first house wants different days.
        first = datetime.fromisoformat(newest["valid_from"]).date()
        first = first.fromordinal(first.toordinal() + row.number - 1)
        connection.execute(
            sa.update(VERSIONS)
            .where(VERSIONS.c.id == row.id)
            .values(valid_from=first, weekly=plain(newest["weekly"]))
        )
    with op.batch_alter_table("calendar_versions") as versions:
        versions.drop_constraint("uq_calendar_versions_calendar_id_number", type_="unique")
        versions.drop_constraint("fk_calendar_versions_decided_by_id_people", type_="foreignkey")
        for name in ("number", "content", "hash", "reason", "legal_document"):
            versions.drop_column(name)
        versions.drop_column("decided_by_id")
        versions.drop_column("decided_by")
        versions.alter_column("valid_from", existing_type=sa.Date(), nullable=False)
        versions.alter_column("weekly", existing_type=sa.LargeBinary(), nullable=False)
        versions.create_unique_constraint(
            "uq_calendar_versions_calendar_id_valid_from", ["calendar_id", "valid_from"]
        )


def make_drafts() -> None:
    """Editions being written."""
    op.create_table(
        "calendar_drafts",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("calendar_id", ROW, sa.ForeignKey("calendars.id"), nullable=False),
        sa.Column("person_id", ROW, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("base_id", ROW, sa.ForeignKey("calendar_versions.id")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.UniqueConstraint("calendar_id", "person_id"),
    )


def make_redatings() -> None:
    """Dossiers to be dated again after an edition, and the way to those that are open."""
    waiting = sa.text("done_at IS NULL")
    op.create_table(
        "redatings",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("edition_id", ROW, sa.ForeignKey("calendar_versions.id"), nullable=False),
        sa.Column("dossier_id", ROW, sa.ForeignKey("dossiers.id"), index=True),
        sa.Column("available_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT),
        sa.Column("moved", sa.Boolean()),
        sa.UniqueConstraint("edition_id", "dossier_id"),
    )
    op.create_index(
        "ix_redatings_waiting",
        "redatings",
        ["available_at", "id"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_dossiers_open",
        "dossiers",
        ["handling_unit_id", "id"],
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
