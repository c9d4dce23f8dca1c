"""From what somebody typed to procedures in order, on either database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.procedures.search.guessing import guesses, splits
from app.domain.procedures.search.model import SearchEntry
from app.domain.procedures.search.ranking import (
    Question,
    Wanted,
    guessed_words,
    score,
    understood,
)
from app.domain.procedures.search.trigrams import candidates, known_words, trigrams_of
from app.domain.procedures.search.words import asked_words, joined, marked, sound
from app.foundation.rows import plain_rows

#: The catalogue of a province is bounded by its nature; this only guards against mischief.
_MOST = 5000


class Closeness(Enum):
    """How far what was found is from what was asked."""

    ALL = "ALL"  # every word occurs, mistyped ones as what they most resemble
    SOME = "SOME"  # no procedure has all the words; these have at least half of them


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Procedures found, the best first."""

    ids: tuple[int, ...]
    closeness: Closeness = Closeness.ALL
    #: The question as it was understood, where a word was taken for another; else empty.
    understood: str = ""


def matches(session: Session, asked: str, *, typing: bool = False) -> Matches:
    """Procedures for the words of `asked`; while somebody is still `typing`, the last may go on.

    First those with every word, where an unknown word may be one that resembles it. If none of
    them has two words side by side as they were typed, known words may be mistaken too. At last
    those with at least half of the words. A question without a word finds nothing.
    """
    words = asked_words(asked)
    if not words:
        return Matches(ids=())
    plain = Question(words=tuple(Wanted(typed=word) for word in words), marked=marked(asked))
    if typing:
        plain = replace(plain, words=(*plain.words[:-1], replace(plain.words[-1], open=True)))
    known = known_words(session, words)
    first = _guessed(session, plain, lambda word: word.typed not in known and not word.open)
    found = _every(session, first, most_guessed=(len(words) + 1) // 2)
    if not found or not _side_by_side(first, found):
        second = _guessed(session, plain, lambda word: not word.open)
        found = _every(session, second, most_guessed=max(len(words) // 3, 1)) or found
        if found:
            return _ranked(second, found)
    if found:
        return _ranked(first, found)
    return replace(_ranked(first, _half(session, first)), closeness=Closeness.SOME)


def _guessed(session: Session, plain: Question, wanted: Callable[[Wanted], bool]) -> Question:
    """The question with guesses for the words that are `wanted`."""
    asked = [word.typed for word in plain.words if wanted(word)]
    if not asked:
        return plain
    alike = candidates(session, [(word, sound(word)) for word in asked])
    parts = [part for word in asked for cut in splits(word) for part in cut]
    known = known_words(session, parts) if parts else frozenset()
    return replace(
        plain,
        words=tuple(
            replace(word, guesses=guesses(word.typed, alike, known)) if wanted(word) else word
            for word in plain.words
        ),
    )


def _every(session: Session, question: Question, *, most_guessed: int) -> Sequence[Any]:
    """Entries with every word, not more than so many of them guessed."""
    return [
        row
        for row in _holding(session, question, every=True)
        if guessed_words(question, row.text) <= most_guessed
    ]


def _half(session: Session, question: Question) -> Sequence[Any]:
    """Entries with at least half of the words."""
    half = (len(question.words) + 1) // 2
    rows = _holding(session, question, every=False)
    return [row for row in rows if len(understood(question, row.text)) >= half]


def _holding(session: Session, question: Question, *, every: bool) -> Sequence[Any]:
    condition = trigrams_of(session).holding(question.words, every=every)
    columns = (SearchEntry.procedure_id, SearchEntry.text, SearchEntry.marked)
    return plain_rows(session, select(*columns).where(condition).limit(_MOST), {})


def _side_by_side(question: Question, rows: Sequence[Any]) -> bool:
    """Whether any entry has two words next to each other as they were typed; true for one word."""
    typed = [word.typed for word in question.words]
    pairs = [joined(pair) for pair in pairwise(typed)]
    return not pairs or any(pair in row.text for row in rows for pair in pairs)


def _ranked(question: Question, rows: Sequence[Any]) -> Matches:
    ranked = sorted(
        (-score(question, row.text, row.marked), row.text, row.procedure_id) for row in rows
    )
    typed = tuple(word.typed for word in question.words)
    best = understood(question, ranked[0][1]) if ranked else typed
    return Matches(
        ids=tuple(number for _, _, number in ranked),
        understood="" if set(best) <= set(typed) else " ".join(best),
    )
