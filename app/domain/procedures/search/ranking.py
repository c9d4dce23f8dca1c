"""Which of the procedures found comes first. Pure: both databases have the same order by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.procedures.search.words import BORDER, fold, joined

#: What a word is worth by the line it stands in: name, other words for it, the rest.
_PLACES = (12, 8, 3)
#: A word as it was typed counts in full, what was guessed for it half.
_TYPED, _GUESSED = 2, 1
#: Two words side by side weigh more than one of them typed right: `thuong chu` is `thuong tru`.
_TYPED_PAIR, _GUESSED_PAIR = 200, 150


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One word of a question: what was typed, and what else it may have been."""

    typed: str
    guesses: tuple[str, ...] = ()
    #: Whether it may go on: the last word while somebody is typing.
    open: bool = False

    @property
    def patterns(self) -> tuple[str, ...]:
        """What to look for in an entry, blanks around it."""
        first = f" {self.typed}" if self.open else f" {self.typed} "
        return (first, *(f" {guess} " for guess in self.guesses))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody typed, taken apart."""

    words: tuple[Wanted, ...]
    #: As typed, with marks if there were any.
    marked: str = ""


def score(question: Question, text: str, marked: str) -> int:
    """How well an entry answers; 0 for not at all."""
    lines = text.split("\n")
    used = [_best(word, lines) for word in question.words]
    points = sum(one.points for one in used)
    if not points:
        return 0
    name, aliases = lines[0], lines[1]
    phrase = joined([word.typed for word in question.words])
    total = 10 * points + _pairs(used, f"{name}{aliases}")
    total += 300 * (phrase in name) + 200 * (phrase in aliases)
    total += 400 * (phrase == name) + 60 * name.startswith(phrase)
    total += 250 * (f"{BORDER}{phrase}{BORDER}" in f"{BORDER}{aliases}{BORDER}")
    total += _marks(question, marked)
    # Of two that fit alike the shorter name says less else.
    return total - min(len(name) // 4, 60)


def understood(question: Question, text: str) -> tuple[str, ...]:
    """The words of the question as the entry has them; those it does not have are left out."""
    used = [_best(word, text.split("\n")) for word in question.words]
    return tuple(one.word for one in used if one.points)


def guessed_words(question: Question, text: str) -> int:
    """How many words the entry has only as something else than what was typed."""
    typed = {word.typed for word in question.words}
    return sum(one not in typed for one in understood(question, text))


@dataclass(frozen=True, kw_only=True)
class _Used:
    """What a word of the question was taken for in an entry, and what that is worth."""

    word: str
    guessed: bool
    points: int


def _best(word: Wanted, lines: Sequence[str]) -> _Used:
    best = _Used(word=word.typed, guessed=False, points=0)
    for at, pattern in enumerate(word.patterns):
        places = zip(_PLACES, lines, strict=True)
        worth = next((worth for worth, line in places if pattern in line), 0)
        points = worth * (_GUESSED if at else _TYPED)
        if points > best.points:
            best = _Used(word=pattern.strip(), guessed=bool(at), points=points)
    return best


def _pairs(used: Sequence[_Used], text: str) -> int:
    """Words that were typed side by side and stand side by side mean what they mean together."""
    return sum(
        _GUESSED_PAIR if one.guessed or other.guessed else _TYPED_PAIR
        for one, other in pairwise(used)
        if one.points and other.points and f" {one.word} {other.word} " in text
    )


def _marks(question: Question, marked: str) -> int:
    """Whoever types marks means these and no others (`đẻ`, not `để`)."""
    typed = [one for one in question.marked.split() if one != fold(one)]
    hits = sum(f" {one} " in marked for one in typed)
    return 40 * hits + 100 * bool(typed and f" {question.marked} " in marked)
