"""Drafts that nobody sends are told of and deleted."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Watch the drafts that are there."""
    op.create_table(
        "draft_watches",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("look_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("told_whom", sa.LargeBinary(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_draft_watches"),
        sa.UniqueConstraint("draft_id", name="uq_draft_watches_draft_id"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_draft_watches_draft_id_drafts"
        ),
    )
    op.create_index("ix_draft_watches_look_at", "draft_watches", ["look_at"])
    op.create_index("ix_draft_watches_told_whom", "draft_watches", ["told_whom"])
    drafts = sa.table(
        "drafts", sa.column("id", sa.String(32)), sa.column("dossier_id", sa.BigInteger())
    )
    watches = sa.table(
        "draft_watches", sa.column("draft_id", sa.String(32)), sa.column("look_at", INSTANT)
    )
    # Nobody was told so far that drafts go: each has its whole time from today.
    soonest = sa.literal(datetime.now(UTC) + timedelta(days=60), INSTANT)
    unsent = sa.select(drafts.c.id, soonest).where(drafts.c.dossier_id.is_(None))
    op.execute(watches.insert().from_select(["draft_id", "look_at"], unsent))
    op.add_column("account_mails", sa.Column("draft_id", sa.String(32), nullable=True))


def downgrade() -> None:
    """Drafts stay for ever again; letters about them are not sent."""
    op.execute("DELETE FROM account_mails WHERE purpose = 'DRAFT_ENDS'")
    with op.batch_alter_table("account_mails") as table:
        table.drop_column("draft_id")
    op.drop_table("draft_watches")
