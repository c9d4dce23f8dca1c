"""Indexes for the folders of "my dossiers": what somebody owns or handed in, by status."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    for name, column in INDEXES:
        op.create_index(name, "dossiers", [column, "status", "id"])


def downgrade() -> None:
    """Drop them."""
    for name, _column in INDEXES:
        op.drop_index(name, table_name="dossiers")


INDEXES = (
    ("ix_dossiers_submitter_status", "submitter_id"),
    ("ix_dossiers_owner_status", "owner_id"),
)
