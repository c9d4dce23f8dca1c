"""The first house: every noun the law needs from the start (design, section 7).

Constraints get their names from the convention in `app/foundation/db.py`, as the models do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: SQLite only counts up in columns it calls INTEGER.
ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
#: A member of an enumeration, by its value.
WORD = sa.String(32)

CURRENT = "fk_procedures_current_version_id_procedure_versions"

#: In the order in which they are made.
TABLES = (
    "units",
    "unit_successions",
    "roles",
    "people",
    "memberships",
    "access_tokens",
    "calendars",
    "calendar_versions",
    "procedures",
    "procedure_versions",
    "procedure_offers",
    "dossier_counters",
    "register_counters",
    "dossiers",
    "drafts",
    "stored_files",
    "processes",
    "inbox_items",
    "deadlines",
    "outbox",
    "journal_entries",
)


def upgrade() -> None:
    """Make every table."""
    make_units()
    make_people()
    make_calendars()
    make_procedures()
    make_counters()
    make_dossiers()
    make_papers()
    make_work()
    make_waits()
    make_journal()


def downgrade() -> None:
    """Remove every table."""
    with op.batch_alter_table("procedures") as procedures:
        procedures.drop_constraint(CURRENT, type_="foreignkey")
    for name in reversed(TABLES):
        op.drop_table(name)


def partial_index(name: str, table: str, columns: list[str], *, where: str) -> None:
    """An index over the rows that still wait; what is settled costs nothing."""
    kept = sa.text(where)
    op.create_index(name, table, columns, postgresql_where=kept, sqlite_where=kept)


def make_units() -> None:
    """Organisations and what became of them."""
    op.create_table(
        "units",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("code", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("level", WORD, nullable=False),
        sa.Column("parent_id", ROW, sa.ForeignKey("units.id"), index=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
    )
    op.create_table(
        "unit_successions",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("from_unit_id", ROW, sa.ForeignKey("units.id"), nullable=False, index=True),
        sa.Column("to_unit_id", ROW, sa.ForeignKey("units.id"), index=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("legal_document", sa.String(200), nullable=False),
    )


def make_people() -> None:
    """People, their seats and tokens."""
    op.create_table(
        "roles",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("username", sa.String(80), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("identity_number", sa.String(20)),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("person_id", ROW, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("unit_id", ROW, sa.ForeignKey("units.id"), nullable=False, index=True),
        sa.Column("role_key", sa.String(40), sa.ForeignKey("roles.key"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.UniqueConstraint("person_id", "unit_id", "role_key", "valid_from"),
    )
    op.create_table(
        "access_tokens",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("person_id", ROW, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("ix_access_tokens_person", "access_tokens", ["person_id"])


def make_calendars() -> None:
    """Working calendars and their versions."""
    op.create_table(
        "calendars",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("key", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("unit_id", ROW, sa.ForeignKey("units.id"), index=True),
    )
    op.create_table(
        "calendar_versions",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("calendar_id", ROW, sa.ForeignKey("calendars.id"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("weekly", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("calendar_id", "valid_from"),
    )


def make_procedures() -> None:
    """The catalogue: procedures, their versions, who offers them."""
    op.create_table(
        "procedures",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("national_code", sa.String(16), nullable=False, index=True),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("level", WORD, nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("online_level", WORD, nullable=False),
        sa.Column("current_version_id", ROW),
    )
    op.create_table(
        "procedure_versions",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("procedure_id", ROW, sa.ForeignKey("procedures.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("catalogue", sa.LargeBinary(), nullable=False),
        sa.Column("deployed_at", INSTANT, nullable=False),
        sa.Column("deployed_by_id", ROW, sa.ForeignKey("people.id")),
        sa.UniqueConstraint("procedure_id", "number"),
    )
    op.create_table(
        "procedure_offers",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("procedure_id", ROW, sa.ForeignKey("procedures.id"), nullable=False),
        sa.Column("unit_id", ROW, sa.ForeignKey("units.id"), nullable=False, index=True),
        sa.Column("agency_code", sa.String(32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.UniqueConstraint("procedure_id", "unit_id", "valid_from"),
    )
    # Procedures and versions name each other, so one reference comes after both.
    with op.batch_alter_table("procedures") as procedures:
        procedures.create_foreign_key(CURRENT, "procedure_versions", ["current_version_id"], ["id"])


def make_counters() -> None:
    """Running numbers."""
    op.create_table(
        "dossier_counters",
        sa.Column("agency_code", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.create_table(
        "register_counters",
        sa.Column("unit_id", ROW, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("book", sa.String(80), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def make_dossiers() -> None:
    """Dossiers."""
    op.create_table(
        "dossiers",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("code", sa.String(48), nullable=False, unique=True),
        sa.Column("procedure_id", ROW, sa.ForeignKey("procedures.id"), nullable=False, index=True),
        sa.Column("version_id", ROW, sa.ForeignKey("procedure_versions.id"), nullable=False),
        sa.Column("case_key", sa.String(80), nullable=False),
        sa.Column("owner_kind", WORD, nullable=False),
        sa.Column("owner_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("owner_identity", sa.String(40), nullable=False),
        sa.Column("owner_phone", sa.String(20)),
        sa.Column("owner_email", sa.String(254)),
        sa.Column("owner_address", sa.String(300)),
        sa.Column("submitter_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("submitter_name", sa.String(200), nullable=False),
        sa.Column("channel", WORD, nullable=False),
        sa.Column("assisted_by_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("receiving_unit_id", ROW, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("handling_unit_id", ROW, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT),
        sa.Column("finished_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.Column("due_at_original", INSTANT, nullable=False),
        sa.Column("due_at_current", INSTANT, nullable=False),
        sa.Column(
            "calendar_version_id", ROW, sa.ForeignKey("calendar_versions.id"), nullable=False
        ),
        sa.Column("supplement_requests", sa.SmallInteger(), nullable=False),
        sa.Column("supersedes_id", ROW, sa.ForeignKey("dossiers.id")),
        sa.Column("submission_key", sa.String(80), unique=True),
        sa.Column("submission_digest", sa.LargeBinary()),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_dossiers_handling", "dossiers", ["handling_unit_id", "id"])
    op.create_index("ix_dossiers_owner", "dossiers", ["owner_id", "id"])
    op.create_index("ix_dossiers_submitter", "dossiers", ["submitter_id", "id"])


def make_papers() -> None:
    """Applications being written, and uploaded files."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("procedure_id", ROW, sa.ForeignKey("procedures.id"), nullable=False),
        sa.Column("version_id", ROW, sa.ForeignKey("procedure_versions.id"), nullable=False),
        sa.Column("case_key", sa.String(80), nullable=False),
        sa.Column("person_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("dossier_id", ROW, sa.ForeignKey("dossiers.id")),
    )
    op.create_index("ix_drafts_person", "drafts", ["person_id", "updated_at"])
    op.create_table(
        "stored_files",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("dossier_id", ROW, sa.ForeignKey("dossiers.id")),
        sa.Column("draft_id", sa.String(32), sa.ForeignKey("drafts.id"), index=True),
        sa.Column("uploaded_by_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("field_key", sa.String(80)),
        sa.Column("step", sa.String(80)),
        sa.Column("is_result", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_index("ix_stored_files_dossier", "stored_files", ["dossier_id"])


def make_work() -> None:
    """The running diagram of a dossier and its open steps."""
    op.create_table(
        "processes",
        sa.Column(
            "dossier_id", ROW, sa.ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("diagram", sa.String(80), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
    )
    op.create_table(
        "inbox_items",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("dossier_id", ROW, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("task_id", sa.String(32), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("form", sa.String(80), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("unit_id", ROW, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("assignee_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("state", WORD, nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("overdue_at", INSTANT),
        sa.Column("done_at", INSTANT),
        sa.Column("done_by_id", ROW, sa.ForeignKey("people.id")),
        sa.Column("done_key", sa.String(80)),
        sa.Column("done_digest", sa.LargeBinary()),
        sa.Column("done_status", sa.SmallInteger()),
        sa.UniqueConstraint("dossier_id", "task_id"),
    )
    partial_index(
        "ix_inbox_items_late",
        "inbox_items",
        ["due_at"],
        where="state = 'open' AND overdue_at IS NULL",
    )
    partial_index(
        "ix_inbox_items_assignee",
        "inbox_items",
        ["assignee_id", "rank", "due_at", "id"],
        where="state = 'open'",
    )
    partial_index(
        "ix_inbox_items_queue",
        "inbox_items",
        ["unit_id", "role", "rank", "due_at", "id"],
        where="state = 'open'",
    )


def make_waits() -> None:
    """What the platform does by itself, and when."""
    op.create_table(
        "deadlines",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("dossier_id", ROW, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("task_id", sa.String(32), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
    )
    partial_index("ix_deadlines_due", "deadlines", ["due_at"], where="settled_at IS NULL")
    op.create_index("ix_deadlines_task", "deadlines", ["dossier_id", "task_id"])
    op.create_table(
        "outbox",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("available_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(400)),
        sa.Column("done_at", INSTANT),
    )
    partial_index("ix_outbox_due", "outbox", ["available_at"], where="done_at IS NULL")


def make_journal() -> None:
    """The legal record."""
    op.create_table(
        "journal_entries",
        sa.Column("dossier_id", ROW, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("event", WORD, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", ROW, sa.ForeignKey("people.id"), index=True),
        sa.Column("actor_name", sa.String(120), nullable=False),
        sa.Column("unit_code", sa.String(32)),
        sa.Column("unit_name", sa.String(200)),
        sa.Column("role", sa.String(40)),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("calendar_version_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary()),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("payload_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("hash_format", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
