"""Old failures are found by their age."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lead to them by an index."""
    op.create_index("ix_throttles_failed_at", "throttles", ["failed_at"])


def downgrade() -> None:
    """Without it the whole table is read."""
    op.drop_index("ix_throttles_failed_at", "throttles")
