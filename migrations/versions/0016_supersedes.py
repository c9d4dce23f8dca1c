"""A draft knows the dossier that it will replace; a dossier is replaced once at most."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = "fk_drafts_supersedes_id_dossiers"


def upgrade() -> None:
    """Nothing has been replaced before."""
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("supersedes_id", NUMBER))
        drafts.create_foreign_key(KEY, "dossiers", ["supersedes_id"], ["id"])
    op.create_index("ix_drafts_supersedes_id", "drafts", ["supersedes_id"])
    op.create_index("ix_dossiers_supersedes", "dossiers", ["supersedes_id"], unique=True)


def downgrade() -> None:
    """Dossiers stay linked; unsent drafts forget what they were to replace."""
    op.drop_index("ix_dossiers_supersedes", "dossiers")
    op.drop_index("ix_drafts_supersedes_id", "drafts")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(KEY, type_="foreignkey")
        drafts.drop_column("supersedes_id")
