"""Files: what the scanner says of them, uploads in pieces, and what is to be done about them.

Files from before are not scanned yet; `flask files rescan` has that done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: A member of an enumeration, by its value.
WORD = sa.String(32)


def upgrade() -> None:
    """Make room."""
    with op.batch_alter_table("stored_files") as files:
        files.add_column(sa.Column("sent_sha256", sa.LargeBinary(32)))
        files.add_column(
            sa.Column("has_preview", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        files.add_column(sa.Column("scan", WORD, nullable=False, server_default="unscanned"))
        files.add_column(sa.Column("scanned_at", INSTANT))
        files.add_column(sa.Column("scanner", sa.String(120)))
        files.add_column(sa.Column("threat", sa.String(200)))
    op.execute("UPDATE stored_files SET sent_sha256 = sha256")
    with op.batch_alter_table("stored_files") as files:
        files.alter_column("sent_sha256", existing_type=sa.LargeBinary(32), nullable=False)
        files.alter_column("has_preview", existing_type=sa.Boolean(), server_default=None)
        files.alter_column("scan", existing_type=WORD, server_default=None)
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=True),
        sa.Column("begun_by_id", NUMBER, nullable=True),
        sa.Column("field_key", sa.String(80), nullable=False),
        sa.Column("accept", sa.String(400), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("file_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_uploads_draft_id_drafts"),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["people.id"], name="fk_uploads_begun_by_id_people"
        ),
    )
    op.create_index("ix_uploads_draft_id", "uploads", ["draft_id"])
    op.create_table(
        "file_errands",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("available_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(400), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_file_errands"),
    )
    op.create_index("ix_file_errands_subject", "file_errands", ["subject"])
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "ix_file_errands_waiting",
        "file_errands",
        ["available_at"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )


def downgrade() -> None:
    """No verdicts, and no uploads in pieces."""
    op.drop_table("file_errands")
    op.drop_table("uploads")
    with op.batch_alter_table("stored_files") as files:
        for column in ("threat", "scanner", "scanned_at", "scan", "has_preview", "sent_sha256"):
            files.drop_column(column)
