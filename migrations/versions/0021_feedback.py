"""Feedback and complaints of citizens, what is done about them, and e-mails that tell of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "complaints",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("concern", sa.String(32), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("dossier_id", NUMBER),
        sa.Column("procedure_id", NUMBER),
        sa.Column("officer", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sender_id", NUMBER),
        sa.Column("sender_name", sa.String(120), nullable=False),
        sa.Column("sender_email", sa.String(254)),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.UniqueConstraint("code", name="uq_complaints_code"),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_complaints_{column}_{table}"
            )
            for column, table in (
                ("unit_id", "units"),
                ("dossier_id", "dossiers"),
                ("procedure_id", "procedures"),
                ("sender_id", "people"),
            )
        ),
    )
    op.create_index("ix_complaints_unit", "complaints", ["unit_id", "state", "id"])
    op.create_index("ix_complaints_sender", "complaints", ["sender_id", "id"])
    _people_and_entries()
    op.create_table(
        "complaint_counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_complaint_counters"),
    )
    op.add_column("account_mails", sa.Column("complaint_id", NUMBER, nullable=True))


def _people_and_entries() -> None:
    op.create_table(
        "complaint_officers",
        sa.Column("complaint_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", "person_id", name="pk_complaint_officers"),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaints.id"],
            name="fk_complaint_officers_complaint_id_complaints",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_complaint_officers_person_id_people"
        ),
    )
    op.create_table(
        "complaint_entries",
        sa.Column("complaint_id", NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", NUMBER),
        sa.Column("actor_name", sa.String(120), nullable=False),
        sa.Column("unit_name", sa.String(200)),
        sa.Column("role", sa.String(40)),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", "seq", name="pk_complaint_entries"),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name="fk_complaint_entries_complaint_id_complaints"
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name="fk_complaint_entries_actor_id_people"
        ),
    )


def downgrade() -> None:
    """Feedback is lost; letters about it are not sent."""
    op.execute("DELETE FROM account_mails WHERE purpose LIKE 'FEEDBACK%'")
    with op.batch_alter_table("account_mails") as table:
        table.drop_column("complaint_id")
    for name in ("complaint_counters", "complaint_entries", "complaint_officers", "complaints"):
        op.drop_table(name)
