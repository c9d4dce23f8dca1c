"""The two trigram indexes behind one face: which entries hold words, which words look alike.

PostgreSQL answers with `pg_trgm`, SQLite with FTS5. Both only narrow down; the same rules then
choose and order (`guessing`, `ranking`), so that both find the same in the same order.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    any_,
    column,
    false,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.domain.procedures.search.model import SearchEntry, SearchWord
from app.domain.procedures.search.ranking import Wanted
from app.domain.procedures.search.words import grams, sound
from app.foundation.rows import plain_rows

#: Words that look alike are chosen from so many at most.
_MOST_WORDS = 2000
#: FTS5 knows nothing shorter than a trigram.
_GRAM = 3


class Trigrams(Protocol):
    """What a database has to be able to do."""

    def holding(self, words: Sequence[Wanted], *, every: bool) -> ColumnElement[bool]:
        """Condition on an entry: it holds every word, or at least one of them."""
        ...

    def sharing(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Condition on a word: it may have a trigram in common with one of `words`."""
        ...


class PostgresTrigrams:
    """`LIKE`, which the GIN index of `pg_trgm` answers; the few words are read one by one."""

    def holding(self, words: Sequence[Wanted], *, every: bool) -> ColumnElement[bool]:
        """Words are letters, digits and points: nothing in them is a wildcard."""
        each = [
            or_(*(SearchEntry.text.like(f"%{one}%") for one in word.patterns)) for word in words
        ]
        return and_(*each) if every else or_(*each)

    def sharing(self, words: Sequence[str]) -> ColumnElement[bool]:
        """A gram at the border of the word is looked for at the border."""
        asked = {_as_like(gram) for word in words for gram in grams(word)}
        return SearchWord.word.like(any_(literal(sorted(asked), ARRAY(Text))))


class SqliteTrigrams:
    """Phrases in virtual tables of FTS5, cut into trigrams."""

    def holding(self, words: Sequence[Wanted], *, every: bool) -> ColumnElement[bool]:
        """An expression of quoted phrases; what is shorter than a trigram cannot be asked."""
        phrases = [[f'"{one}"' for one in word.patterns if len(one) >= _GRAM] for word in words]
        each = [f"({' OR '.join(some)})" for some in phrases if some]
        if not each or (every and len(each) < len(words)):
            return false()
        matching = _matching("search_entries_trigram", (" AND " if every else " OR ").join(each))
        return SearchEntry.procedure_id.in_(matching)

    def sharing(self, words: Sequence[str]) -> ColumnElement[bool]:
        """The words are stored between blanks, so that their borders are letters too."""
        asked = dict.fromkeys(gram for word in words for gram in grams(word))
        matching = _matching("search_words_trigram", " OR ".join(f'"{gram}"' for gram in asked))
        return SearchWord.id.in_(matching)


_BY_DIALECT: dict[str, Trigrams] = {
    "postgresql": PostgresTrigrams(),
    "sqlite": SqliteTrigrams(),
}


def trigrams_of(session: Session) -> Trigrams:
    """The trigrams of the database that the session talks to."""
    return _BY_DIALECT[session.get_bind().dialect.name]


def known_words(session: Session, words: Sequence[str]) -> frozenset[str]:
    """Which of the words occur in some entry."""
    found = session.scalars(select(SearchWord.word).where(SearchWord.word.in_(words)))
    return frozenset(found)


def candidates(session: Session, words: Sequence[str]) -> Mapping[str, str]:
    """Words that may be meant by these, with their sounds."""
    alike = trigrams_of(session).sharing(words)
    heard = SearchWord.sound.in_([sound(word) for word in words])
    columns = select(SearchWord.word, SearchWord.sound)
    rows = plain_rows(session, columns.where(or_(heard, alike)).limit(_MOST_WORDS), {})
    return {row.word: row.sound for row in rows}


def _matching(name: str, asked: str) -> Select[Any]:
    """Rows of a virtual table; the table's own name stands for all its text."""
    virtual = table(name, column("rowid", Integer))
    return select(virtual.c.rowid).where(column(name).op("MATCH")(asked))


def _as_like(gram: str) -> str:
    return f"{'' if gram[0] == ' ' else '%'}{gram.strip()}{'' if gram[-1] == ' ' else '%'}"
