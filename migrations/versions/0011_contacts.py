"""How the public reaches each unit."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; units without a row have nothing to show."""
    op.create_table(
        "unit_contacts",
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("office", sa.String(200), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_unit_contacts"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_contacts_unit_id_units"),
    )


def downgrade() -> None:
    """Contacts are lost."""
    op.drop_table("unit_contacts")
