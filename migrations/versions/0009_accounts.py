"""Accounts: registrations, links, sessions, codes, what happened, and who has to wait."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "accounts",
    "recovery_codes",
    "eid_links",
    "account_sessions",
    "registrations",
    "account_links",
    "account_mails",
    "account_entries",
    "throttles",
    "spent_challenges",
)


def upgrade() -> None:
    """Make room; whoever is logged in logs in again."""
    accounts()
    registrations()


def downgrade() -> None:
    """Log-in names and passwords stay with the people."""
    for table in reversed(TABLES):
        op.drop_table(table)


def accounts() -> None:
    """What belongs to a person."""
    op.create_table(
        "accounts",
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("email_confirmed_at", INSTANT, nullable=True),
        sa.Column("gender", sa.String(32), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("address", sa.String(300), nullable=True),
        sa.Column("proof", sa.String(32), nullable=True),
        sa.Column("proved_at", INSTANT, nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_changed_at", INSTANT, nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_since", INSTANT, nullable=True),
        sa.Column("totp_last", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_accounts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_accounts_person_id_people"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_recovery_codes_person_id_people"
        ),
    )
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])
    op.create_table(
        "eid_links",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_eid_links"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_eid_links_person_id_people"),
        sa.UniqueConstraint("issuer", "subject", name="uq_eid_links_issuer_subject"),
    )
    op.create_index("ix_eid_links_person_id", "eid_links", ["person_id"])
    op.create_table(
        "account_sessions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("remote", sa.String(45), nullable=False),
        sa.Column("browser", sa.String(200), nullable=False),
        sa.Column("id_token", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account_sessions"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_account_sessions_person_id_people"
        ),
        sa.UniqueConstraint("digest", name="uq_account_sessions_digest"),
    )
    op.create_index("ix_account_sessions_person", "account_sessions", ["person_id", "ended_at"])


def registrations() -> None:
    """What happens on the way to an account, and to one."""
    op.create_table(
        "registrations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("activated_at", INSTANT, nullable=True),
        sa.Column("forget_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registrations"),
        sa.UniqueConstraint("digest", name="uq_registrations_digest"),
    )
    op.create_index("ix_registrations_email", "registrations", ["email"])
    op.create_index("ix_registrations_forget_at", "registrations", ["forget_at"])
    op.create_table(
        "account_links",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account_links"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_account_links_person_id_people"
        ),
        sa.UniqueConstraint("digest", name="uq_account_links_digest"),
    )
    op.create_index("ix_account_links_person", "account_links", ["person_id", "purpose"])
    op.create_table(
        "account_mails",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("login", sa.String(254), nullable=True),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("registration_id", NUMBER, nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("available_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account_mails"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_account_mails_person_id_people"
        ),
    )
    op.create_index("ix_account_mails_available_at", "account_mails", ["available_at"])
    op.create_table(
        "account_entries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", NUMBER, nullable=True),
        sa.Column("remote", sa.String(45), nullable=False),
        sa.Column("browser", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_entries"),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name="fk_account_entries_actor_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_account_entries_person_id_people"
        ),
    )
    op.create_index("ix_account_entries_person", "account_entries", ["person_id", "id"])
    op.create_table(
        "throttles",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", INSTANT, nullable=False),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_throttles"),
        sa.UniqueConstraint("digest", name="uq_throttles_digest"),
    )
    op.create_table(
        "spent_challenges",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spent_challenges"),
        sa.UniqueConstraint("digest", name="uq_spent_challenges_digest"),
    )
    op.create_index("ix_spent_challenges_expires_at", "spent_challenges", ["expires_at"])
