"""Codes sent to the address of a dossier, for whoever wants to look at it without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proof_codes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("mail_id", NUMBER, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_proof_codes"),
        sa.UniqueConstraint("mail_id", name="uq_proof_codes_mail_id"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_proof_codes_dossier_id_dossiers"
        ),
    )
    op.create_index("ix_proof_codes_dossier_id", "proof_codes", ["dossier_id"])


def downgrade() -> None:
    """Codes that are under way open nothing any more; letters with them are not sent."""
    op.execute("DELETE FROM account_mails WHERE purpose = 'PROOF_CODE'")
    op.drop_table("proof_codes")
