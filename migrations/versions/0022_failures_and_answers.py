"""Old failures are found by their age; feedback has to be answered by a day."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lead to failures by an index; feedback sent before has no day."""
    op.create_index("ix_throttles_failed_at", "throttles", ["failed_at"])
    op.add_column("complaints", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """The days are forgotten."""
    with op.batch_alter_table("complaints") as table:
        table.drop_column("due_at")
    op.drop_index("ix_throttles_failed_at", "throttles")
