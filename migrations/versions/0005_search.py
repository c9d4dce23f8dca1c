"""What the catalogue is searched by: one entry a procedure, its words, and their trigrams.

Published procedures are found by name, code, field and keywords at once; `flask procedures index`
adds the synonyms, as every publication does.
"""

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, their trigrams, and an entry for each published procedure."""
    entries = op.create_table(
        "search_entries",
        sa.Column("procedure_id", NUMBER, nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("online_level", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("procedure_id", name="pk_search_entries"),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedures.id"], name="fk_search_entries_procedure_id_procedures"
        ),
    )
    words = op.create_table(
        "search_words",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("word", sa.String(80), nullable=False),
        sa.Column("sound", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_words"),
        sa.UniqueConstraint("word", name="uq_search_words_word"),
    )
    op.create_index("ix_search_words_sound", "search_words", ["sound"])
    generations = op.create_table(
        "search_generations",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_search_generations"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute(
            "CREATE INDEX search_entries_trigram ON search_entries"
            " USING gin (text gin_trgm_ops) WITH (fastupdate = off)"
        )
    else:
        add_virtual_table("search_entries", "text", "procedure_id", "{row}.text")
        add_virtual_table("search_words", "word", "id", "' ' || {row}.word || ' '")
    fill(entries, words, generations)


def downgrade() -> None:
    """No search; the extension stays, others may use it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_entries_trigram")
        op.execute("DROP TABLE search_words_trigram")
    op.drop_table("search_generations")
    op.drop_table("search_words")
    op.drop_table("search_entries")


def add_virtual_table(table: str, column: str, key: str, padded: str) -> None:
    """SQLite keeps them in a virtual table, which triggers keep in line."""
    name, new, old = f"{table}_trigram", padded.format(row="new"), padded.format(row="old")
    add = f"INSERT INTO {name}(rowid, {column}) VALUES (new.{key}, {new});"  # noqa: S608 - names of our own
    told = f"VALUES ('delete', old.{key}, {old});"
    drop = f"INSERT INTO {name}({name}, rowid, {column}) {told}"
    op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({column}, content='', tokenize='trigram')")
    op.execute(f"CREATE TRIGGER {name}_add AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {name}_drop AFTER DELETE ON {table} BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER {name}_change AFTER UPDATE ON {table} BEGIN {drop} {add} END")


PUBLISHED = sa.text(
    "SELECT p.id, p.name, p.national_code, p.field, p.level, p.online_level, v.catalogue"
    " FROM procedures p JOIN procedure_versions v ON v.id = p.current_version_id"
)


def fill(entries: sa.Table, words: sa.Table, generations: sa.Table) -> None:
    """Entries of what is published, without synonyms; the numbering begins."""
    connection, known = op.get_bind(), set()
    for row in connection.execute(PUBLISHED).all():
        told = json.loads(bytes(row.catalogue))
        keywords = told.get("keywords", [])
        rest = [row.field, row.national_code]
        lines = [[row.name], keywords, rest, [told.get("summary", "")]]
        text = "\n".join(f" {' | '.join(map(plain, line))} " for line in lines)
        marked = f" {' | '.join(part.casefold() for part in (row.name, *keywords))} "
        common = {"level": row.level, "field": row.field, "online_level": row.online_level}
        entry = common | {"procedure_id": row.id, "text": text, "marked": marked}
        connection.execute(entries.insert().values(entry))
        known |= set(re.findall(r"\b[a-z]+\b", text))
    if known:
        rows = [{"word": word[:80], "sound": word[:80]} for word in sorted(known)]
        connection.execute(words.insert(), rows)
    connection.execute(generations.insert().values(name="catalogue", last=1))


def plain(text: str) -> str:
    """Letters without marks and capitals, single blanks between words."""
    parts = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", bare))
