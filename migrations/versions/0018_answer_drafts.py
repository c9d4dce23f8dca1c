"""Applicants may stop in the middle of an answer and go on later."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was kept before."""
    op.create_table(
        "answer_drafts",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("writer", NUMBER, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "writer", name="pk_answer_drafts"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["inbox_items.id"], name="fk_answer_drafts_item_id_inbox_items"
        ),
    )


def downgrade() -> None:
    """What was begun is lost; what was sent stays."""
    op.drop_table("answer_drafts")
