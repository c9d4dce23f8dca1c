"""Letters of apology with a new date, and when a running term has to be looked at for one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make room; running terms are looked at with their next alarm."""
    op.create_table(
        "apologies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due_before", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("cause", sa.LargeBinary(), nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("drafted_by_id", NUMBER, nullable=True),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.Column("document", sa.String(120), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_apologies"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_apologies_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["people.id"], name="fk_apologies_drafted_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name="fk_apologies_decided_by_id_people"
        ),
        sa.UniqueConstraint("dossier_id", "number", name="uq_apologies_dossier_id_number"),
    )
    unique_while("draft")
    unique_while("approved")
    op.add_column("deadlines", sa.Column("apology_at", INSTANT))
    op.execute("UPDATE deadlines SET apology_at = alarm_at WHERE kind = 'term'")
    kept = sa.text("settled_at IS NULL AND apology_at IS NOT NULL")
    op.create_index(
        "ix_deadlines_apology",
        "deadlines",
        ["apology_at"],
        postgresql_where=kept,
        sqlite_where=kept,
    )


def downgrade() -> None:
    """No letters; dates that were set anew stay as they are."""
    op.drop_index("ix_deadlines_apology", "deadlines")
    op.drop_column("deadlines", "apology_at")
    op.drop_table("apologies")


def unique_while(state: str) -> None:
    """One letter of a dossier in that state, and a short way to all of them."""
    kept = sa.text(f"state = '{state}'")
    op.create_index(
        f"uq_apologies_{state}",
        "apologies",
        ["dossier_id"],
        unique=True,
        postgresql_where=kept,
        sqlite_where=kept,
    )
