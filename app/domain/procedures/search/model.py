"""What the search reads: one row a procedure, and every word that occurs in them.

Beside these tables each database keeps trigrams of them: PostgreSQL in an index of its extension
`pg_trgm`, SQLite in virtual tables of FTS5. Their names all contain `_trigram`.
"""

from sqlalchemy import DDL, ForeignKey, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.procedures.model import Level, OnlineLevel
from app.foundation.db import Base, BigId


class SearchEntry(Base):
    """A deployed procedure as it is found; written when it is published."""

    __tablename__ = "search_entries"

    procedure_id: Mapped[int] = mapped_column(
        ForeignKey("procedures.id"), primary_key=True, autoincrement=False
    )
    level: Mapped[Level]
    field: Mapped[str] = mapped_column(String(200))
    online_level: Mapped[OnlineLevel]
    #: Name, other words for it, field with codes and units, summary: four lines, folded, blanks
    #: around each word.
    text: Mapped[str] = mapped_column(Text)
    #: Name and other words for it with their marks, for those who type them.
    marked: Mapped[str] = mapped_column(Text)


class SearchWord(Base):
    """A word without digits that occurs in some entry; what is mistyped is compared with these."""

    __tablename__ = "search_words"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    word: Mapped[str] = mapped_column(String(80), unique=True)
    #: See `words.sound`.
    sound: Mapped[str] = mapped_column(String(80), index=True)


class SearchGeneration(Base):
    """Counts the changes of the index, so that what was read from it is known to be old."""

    __tablename__ = "search_generations"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


def _sqlite_trigrams(table: str, column: str, key: str, padded: str) -> tuple[str, ...]:
    """A full-text table that follows `table` by itself; `padded` is the text it takes the grams of.

    The table keeps no text of its own; what is to be forgotten has to be told again.
    """
    name = f"{table}_trigram"
    new, old = padded.format(row="new"), padded.format(row="old")
    add = f"INSERT INTO {name}(rowid, {column}) VALUES (new.{key}, {new});"  # noqa: S608 - names of our own
    told = f"VALUES ('delete', old.{key}, {old});"
    drop = f"INSERT INTO {name}({name}, rowid, {column}) {told}"
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({column}, content='', tokenize='trigram')",
        f"CREATE TRIGGER {name}_add AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {name}_drop AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {name}_change AFTER UPDATE ON {table} BEGIN {drop} {add} END",
    )


#: What `db.create_all()` makes beside the tables; the migration says the same in its own words.
_BESIDE: dict[str, dict[type[Base], tuple[str, ...]]] = {
    "sqlite": {
        SearchEntry: _sqlite_trigrams("search_entries", "text", "procedure_id", "{row}.text"),
        SearchWord: _sqlite_trigrams("search_words", "word", "id", "' ' || {row}.word || ' '"),
    },
    "postgresql": {
        SearchEntry: (
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            # Without a list of what is pending, which every search would have to read.
            (
                "CREATE INDEX search_entries_trigram ON search_entries"
                " USING gin (text gin_trgm_ops) WITH (fastupdate = off)"
            ),
        ),
    },
}
for _dialect, _tables in _BESIDE.items():
    for _table, _statements in _tables.items():
        for _statement in _statements:
            event.listen(
                _table.__table__,
                "after_create",
                DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call] # SQLAlchemy types all but this
            )
