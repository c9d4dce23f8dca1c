"""How applicants rate the handling of their dossiers (spec L-14)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ratings",
        sa.Column("dossier_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(16), nullable=False),
        sa.Column("points", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.String(2000)),
        sa.Column("rated_by_id", NUMBER),
        sa.Column("first_rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_ratings"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_ratings_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(
            ["rated_by_id"], ["people.id"], name="fk_ratings_rated_by_id_people"
        ),
    )


def downgrade() -> None:
    """Ratings are lost; the journal still tells them."""
    op.drop_table("ratings")
