"""From what somebody typed to procedures in order, on either database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.procedures.search.guessing import guesses, splits
from app.domain.procedures.search.model import SearchEntry
from app.domain.procedures.search.ranking import Judge, Question, Standing, Wanted
from app.domain.procedures.search.trigrams import candidates, known_words, trigrams_of
from app.domain.procedures.search.words import asked_words, joined, marked
from app.foundation.rows import plain_rows

#: The catalogue of a province is bounded by its nature; this only guards against mischief.
_MOST = 5000
#: Those that have only some of the words are not all worth an order.
_MOST_HALF = 200


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


#: How an entry answers, its text and its procedure.
_Found = tuple[Standing, str, int]


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
    first = _guessed(session, plain, lambda word: word not in known)
    found = _every(session, first, most_guessed=(len(words) + 1) // 2)
    if not found or not _side_by_side(first, found):
        second = _guessed(session, plain, lambda _word: True)
        if second != first:
            found = _every(session, second, most_guessed=max(len(words) // 3, 1)) or found
    if found:
        return _ranked(plain, found)
    return replace(_ranked(plain, _half(session, first)), closeness=Closeness.SOME)


def _guessed(session: Session, plain: Question, wanted: Callable[[str], bool]) -> Question:
    """The question with guesses for the words that are `wanted`; numbers are never guessed."""
    asked = [
        word.typed
        for word in plain.words
        if word.typed.isalpha() and not word.open and wanted(word.typed)
    ]
    if not asked:
        return plain
    alike = candidates(session, asked)
    parts = [part for word in asked for cut in splits(word) for part in cut]
    known = known_words(session, parts) if parts else frozenset()
    meant = {word: guesses(word, alike, known) for word in asked}
    words = (replace(word, guesses=meant.get(word.typed, ())) for word in plain.words)
    return replace(plain, words=tuple(words))


def _every(session: Session, question: Question, *, most_guessed: int) -> list[_Found]:
    """Entries with every word, not more than so many of them guessed.

    While anything is guessed, what only a summary says does not count: it says too much.
    """
    found = _judged(question, _holding(session, question, every=True))
    return [
        one
        for one in found
        if not one[0].guessed or (one[0].called and one[0].guessed <= most_guessed)
    ]


def _half(session: Session, question: Question) -> list[_Found]:
    """Entries called by at least half of the words, one of them as it was typed.

    Of very many only those called by most of them. What only a summary says is no name.
    """
    half = (len(question.words) + 1) // 2
    typed = [word.pattern for word in question.words]
    patterns = [word.patterns for word in question.words]
    enough = []
    for row in _holding(session, question, every=False):
        called = row.text.rpartition("\n")[0]
        count = sum(any(one in called for one in some) for some in patterns)
        if count >= half and any(one in called for one in typed):
            enough.append((-count, row.text, row))
    enough.sort(key=itemgetter(0, 1))
    return _judged(question, [row for _, _, row in enough[:_MOST_HALF]])


def _holding(session: Session, question: Question, *, every: bool) -> Sequence[Any]:
    condition = trigrams_of(session).holding(question.words, every=every)
    columns = (SearchEntry.procedure_id, SearchEntry.text, SearchEntry.marked)
    return plain_rows(session, select(*columns).where(condition).limit(_MOST), {})


def _judged(question: Question, rows: Sequence[Any]) -> list[_Found]:
    judge = Judge(question).judge
    return [(judge(row.text, row.marked), row.text, row.procedure_id) for row in rows]


def _side_by_side(question: Question, found: Sequence[_Found]) -> bool:
    """Whether any entry has two words next to each other as they were typed; true for one word."""
    pairs = [joined(pair) for pair in pairwise(word.typed for word in question.words)]
    return not pairs or any(pair in text for _, text, _ in found for pair in pairs)


def _ranked(plain: Question, found: Sequence[_Found]) -> Matches:
    order = sorted((-standing.score, text, number) for standing, text, number in found)
    typed = {word.typed for word in plain.words}
    best = min(found, key=lambda one: (-one[0].score, one[1]))[0].words if found else ()
    return Matches(
        ids=tuple(number for _, _, number in order),
        understood="" if typed.issuperset(best) else " ".join(best),
    )
