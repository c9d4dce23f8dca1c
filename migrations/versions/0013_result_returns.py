"""How results go back: chosen in a draft, or later for a dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: The lines of an address, and how long each may be.
LINES = (("recipient", 100), ("phone", 13), ("province", 80), ("commune", 80), ("street", 200))


def upgrade() -> None:
    """Make room; whatever is open is fetched at the counter."""
    op.add_column("drafts", sa.Column("result_return", sa.LargeBinary(), nullable=True))
    op.create_table(
        "result_returns",
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        *(sa.Column(name, sa.String(most), nullable=True) for name, most in LINES),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_result_returns"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_result_returns_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["people.id"], name="fk_result_returns_chosen_by_id_people"
        ),
    )


def downgrade() -> None:
    """No choice; what was chosen stays in the journal."""
    op.drop_table("result_returns")
    op.drop_column("drafts", "result_return")
