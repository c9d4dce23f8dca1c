"""Who hands a dossier in for its owner, and by what right (spec L-16)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS: dict[str, type[sa.Date] | sa.String] = {
    "owner_birth_date": sa.Date,
    "authorisation": sa.String(32),
    "submitter_identity": sa.String(40),
    "submitter_phone": sa.String(20),
    "submitter_email": sa.String(254),
    "authorisation_number": sa.String(80),
    "authorisation_date": sa.Date,
}
FOR_ANOTHER = sa.text("authorisation IS NOT NULL")


def upgrade() -> None:
    """Make room; dossiers handed in before say nothing of it."""
    for name, kind in COLUMNS.items():
        op.add_column("dossiers", sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_dossiers_represented",
        "dossiers",
        ["owner_identity", "status", "id"],
        postgresql_where=FOR_ANOTHER,
        sqlite_where=FOR_ANOTHER,
    )


def downgrade() -> None:
    """What was said is lost."""
    op.drop_index("ix_dossiers_represented", table_name="dossiers")
    for name in reversed(COLUMNS):
        op.drop_column("dossiers", name)
