"""Notices, the messages that carry them, how people want to be told, tokens of providers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make room; nobody is told of what happened before."""
    notices()
    deliveries()
    op.create_table(
        "notice_preferences",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("by_sms", sa.Boolean(), nullable=False),
        sa.Column("by_app", sa.Boolean(), nullable=False),
        sa.Column("by_zalo", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_to", sa.SmallInteger(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_notice_preferences"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_notice_preferences_person_id_people"
        ),
    )
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=False),
        sa.Column("refresh_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_tokens"),
    )


def downgrade() -> None:
    """Nobody is told any more, and nobody knows whom was told what."""
    for table in ("channel_tokens", "notice_preferences", "deliveries", "notices"):
        op.drop_table(table)


def notices() -> None:
    """What somebody is to be told."""
    op.create_table(
        "notices",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("party", sa.String(32), nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("pace", sa.String(60), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("suppressed", sa.String(32), nullable=True),
        sa.Column("merged_into_id", NUMBER, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_notices_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notices_person_id_people"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["notices.id"], name="fk_notices_merged_into_id_notices"
        ),
    )
    partial("ix_notices_due", "notices", "due_at", "settled_at IS NULL")
    op.create_index("ix_notices_pace", "notices", ["pace", "settled_at"])
    op.create_index("ix_notices_dossier", "notices", ["dossier_id", "id"])
    op.create_index("ix_notices_merged", "notices", ["merged_into_id"])


def deliveries() -> None:
    """The messages."""
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("notice_id", NUMBER, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("template", sa.String(16), nullable=True),
        sa.Column("subject", sa.String(300), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=True),
        sa.Column("last_error", sa.String(200), nullable=True),
        sa.Column("provider_id", sa.String(200), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name="fk_deliveries_notice_id_notices"
        ),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
    )
    partial("ix_deliveries_due", "deliveries", "next_try_at", "next_try_at IS NOT NULL")
    partial("ix_deliveries_failed", "deliveries", "id", "state = 'failed'")
    op.create_index("ix_deliveries_notice", "deliveries", ["notice_id"])
    op.create_index("ix_deliveries_provider", "deliveries", ["provider_id"])


def partial(name: str, table: str, column: str, condition: str) -> None:
    """An index over the few rows that wait."""
    kept = sa.text(condition)
    op.create_index(name, table, [column], postgresql_where=kept, sqlite_where=kept)
