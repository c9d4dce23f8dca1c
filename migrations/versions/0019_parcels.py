"""Parcels with results: the pool of item codes, where each parcel is, what the carrier said."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make room; results that are ready by now are handed over as before."""
    _codes()
    _parcels()
    _messages()


def _codes() -> None:
    op.create_table(
        "postal_item_codes",
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_postal_item_codes"),
    )
    index("ix_postal_item_codes_free", "postal_item_codes", "code", "taken_at IS NULL")


def _parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("item_code", sa.String(30), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("trouble", sa.String(32), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ordered_at", INSTANT, nullable=True),
        sa.Column("moved_at", INSTANT, nullable=True),
        sa.Column("act_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("hand_over_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_parcels"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_parcels_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(
            ["item_code"],
            ["postal_item_codes.code"],
            name="fk_parcels_item_code_postal_item_codes",
        ),
        sa.UniqueConstraint("dossier_id", name="uq_parcels_dossier_id"),
        sa.UniqueConstraint("number", name="uq_parcels_number"),
        sa.UniqueConstraint("item_code", name="uq_parcels_item_code"),
    )
    index("ix_parcels_act", "parcels", "act_at", "act_at IS NOT NULL")
    index("ix_parcels_hand_over", "parcels", "hand_over_at", "hand_over_at IS NOT NULL")


def _messages() -> None:
    op.create_table(
        "carrier_messages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("parcel_id", NUMBER, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("result", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_carrier_messages"),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcels.id"], name="fk_carrier_messages_parcel_id_parcels"
        ),
    )
    op.create_index("ix_carrier_messages_parcel_id", "carrier_messages", ["parcel_id"])


def downgrade() -> None:
    """No parcels; what became of them stays in the journal."""
    for table in ("carrier_messages", "parcels", "postal_item_codes"):
        op.drop_table(table)


def index(name: str, table: str, column: str, condition: str) -> None:
    """An index over the rows for which the condition holds."""
    kept = sa.text(condition)
    op.create_index(name, table, [column], postgresql_where=kept, sqlite_where=kept)
