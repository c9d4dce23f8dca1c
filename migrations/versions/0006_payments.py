"""Demands for fees, attempts to pay them online, and what was said to and by the gateway."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make room; dossiers from before owe nothing."""
    _payments()
    _attempts()
    _messages()


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("pay_when", sa.String(32), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("spared", sa.LargeBinary(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("demanded_at", INSTANT, nullable=False),
        sa.Column("demanded_by_id", NUMBER, nullable=True),
        sa.Column("pay_by", INSTANT, nullable=True),
        sa.Column("resumes", sa.SmallInteger(), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by_id", NUMBER, nullable=True),
        sa.Column("method", sa.String(32), nullable=True),
        sa.Column("receipt", sa.String(120), nullable=True),
        sa.Column("proof", sa.String(120), nullable=True),
        sa.Column("end_reason", sa.String(2000), nullable=True),
        sa.Column("tell_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_payments_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(
            ["demanded_by_id"], ["people.id"], name="fk_payments_demanded_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name="fk_payments_settled_by_id_people"
        ),
        sa.UniqueConstraint("dossier_id", "number", name="uq_payments_dossier_id_number"),
        sa.UniqueConstraint("receipt", name="uq_payments_receipt"),
    )
    index("uq_payments_open", "payments", "dossier_id", "state IN ('unpaid', 'waiting')", one=True)
    index("ix_payments_tell", "payments", "tell_at", "tell_at IS NOT NULL")


def _attempts() -> None:
    op.create_table(
        "payment_attempts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("payment_id", NUMBER, nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("transaction", sa.String(64), nullable=True),
        sa.Column("bank", sa.String(64), nullable=True),
        sa.Column("outcome", sa.String(64), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("ask_at", INSTANT, nullable=True),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_attempts"),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name="fk_payment_attempts_payment_id_payments"
        ),
        sa.UniqueConstraint("reference", name="uq_payment_attempts_reference"),
    )
    op.create_index("ix_payment_attempts_payment_id", "payment_attempts", ["payment_id"])
    index("ix_payment_attempts_ask", "payment_attempts", "ask_at", "ask_at IS NOT NULL")


def _messages() -> None:
    op.create_table(
        "gateway_messages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("attempt_id", NUMBER, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("result", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gateway_messages"),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["payment_attempts.id"],
            name="fk_gateway_messages_attempt_id_payment_attempts",
        ),
    )
    op.create_index("ix_gateway_messages_attempt_id", "gateway_messages", ["attempt_id"])


def downgrade() -> None:
    """No payments; what was paid stays in the journal."""
    for table in ("gateway_messages", "payment_attempts", "payments"):
        op.drop_table(table)


def index(name: str, table: str, column: str, condition: str, *, one: bool = False) -> None:
    """An index over the rows for which the condition holds."""
    kept = sa.text(condition)
    op.create_index(name, table, [column], unique=one, postgresql_where=kept, sqlite_where=kept)
