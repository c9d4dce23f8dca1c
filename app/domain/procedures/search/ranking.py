"""Which of the procedures found comes first. Pure: both databases have the same order by it."""

from dataclasses import dataclass
from itertools import pairwise

from app.domain.procedures.search.words import BORDER, fold, joined

#: What a word is worth by the line it stands in: name, other words for it, field and the like,
#: summary; first as it was typed, then as it was guessed.
_TYPED = (240, 160, 80, 30)
_GUESSED = (120, 80, 40, 15)
#: Two words side by side weigh more than one of them typed right: `thuong chu` is `thuong tru`.
_TYPED_PAIR, _GUESSED_PAIR = 200, 150
#: The whole question is the name, begins it, stands in it, or among the other words for it.
_IS_NAME, _BEGINS_NAME, _IN_NAME, _IN_ALIASES = 400, 60, 300, 200
#: The whole question is one of the other words for it.
_IS_ALIAS = 250
#: A word typed with its marks that has the same marks; all of them so, side by side.
_MARKS, _ALL_MARKS = 40, 100
#: Of two that fit alike the shorter name says less else: one point for so many letters.
_LETTERS_A_POINT, _MOST_LETTER_POINTS = 4, 60


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One word of a question: what was typed, and what else it may have been."""

    typed: str
    guesses: tuple[str, ...] = ()
    #: Whether it may go on: the last word while somebody is typing.
    open: bool = False

    @property
    def pattern(self) -> str:
        """What was typed as it is looked for in an entry, blanks around it."""
        return f" {self.typed}" if self.open else f" {self.typed} "

    @property
    def patterns(self) -> tuple[str, ...]:
        """The same with what was guessed."""
        return (self.pattern, *(f" {guess} " for guess in self.guesses))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody typed, taken apart."""

    words: tuple[Wanted, ...]
    #: As typed, with marks if there were any.
    marked: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an entry answers a question."""

    #: The more the better; 0 for not at all.
    score: int
    #: The words of the question as the entry has them; those it does not have are left out.
    words: tuple[str, ...]
    #: How many of them are something else than what was typed.
    guessed: int
    #: Whether none of them stands in the summary only.
    called: bool


#: What to look for and what was typed, then the same of each guess.
_Word = tuple[str, str, list[tuple[str, str]]]
#: A word of a question as an entry has it, whether it was guessed, and what that is worth.
_Used = tuple[str, bool, int]
_ABSENT: _Used = ("", False, 0)
_IN_SUMMARY = (_TYPED[3], _GUESSED[3])


class Judge:
    """Judges entries by one question; what does not change from entry to entry is kept."""

    def __init__(self, question: Question) -> None:
        self._words = [
            (word.pattern, word.typed, [(f" {one} ", one) for one in word.guesses])
            for word in question.words
        ]
        self._phrase = joined([word.typed for word in question.words])
        self._alias = f"{BORDER}{self._phrase}{BORDER}"
        with_marks = [one for one in question.marked.split() if one != fold(one)]
        self._marks = [f" {one} " for one in with_marks]
        self._all_marks = f" {question.marked} " if with_marks else ""

    def judge(self, text: str, marked: str) -> Standing:
        """What an entry is worth."""
        lines = text.split("\n")
        name, aliases = lines[:2]
        used = [_used(word, lines) for word in self._words]
        points = sum(one[2] for one in used)
        if not points:
            return Standing(score=0, words=(), guessed=0, called=False)
        return Standing(
            score=points + self._together(used, name, aliases) + self._by_marks(marked),
            words=tuple(one[0] for one in used if one[2]),
            guessed=sum(one[1] for one in used),
            called=all(one[2] not in _IN_SUMMARY for one in used),
        )

    def _together(self, used: list[_Used], name: str, aliases: str) -> int:
        """Words typed side by side that stand side by side mean what they mean together."""
        points = -min(len(name) // _LETTERS_A_POINT, _MOST_LETTER_POINTS)
        for (one, guessed, worth), (other, guessed_too, worth_too) in pairwise(used):
            pair = f" {one} {other} "
            if worth and worth_too and (pair in name or pair in aliases):
                points += _GUESSED_PAIR if guessed or guessed_too else _TYPED_PAIR
        if self._phrase in name:
            points += _IN_NAME + _IS_NAME * (self._phrase == name)
            points += _BEGINS_NAME * name.startswith(self._phrase)
        if self._phrase in aliases:
            points += _IN_ALIASES + _IS_ALIAS * (self._alias in f"{BORDER}{aliases}{BORDER}")
        return points

    def _by_marks(self, marked: str) -> int:
        """Whoever types marks means these and no others (`đẻ`, not `để`)."""
        if not self._marks:
            return 0
        hits = sum(one in marked for one in self._marks)
        return _MARKS * hits + _ALL_MARKS * (self._all_marks in marked)


def _used(word: _Word, lines: list[str]) -> _Used:
    """Where the word is worth most; the places are looked at in the order of their worth."""
    pattern, typed, guesses = word
    name, aliases, rest, summary = lines
    if pattern in name:
        return typed, False, _TYPED[0]
    if pattern in aliases:
        return typed, False, _TYPED[1]
    if found := _guessed(guesses, name):
        return found, True, _GUESSED[0]
    for line, worth, less in ((rest, 2, 1), (summary, 3, 2)):
        if pattern in line:
            return typed, False, _TYPED[worth]
        if found := _guessed(guesses, lines[less]):
            return found, True, _GUESSED[less]
    found = _guessed(guesses, summary)
    return (found, True, _GUESSED[3]) if found else _ABSENT


def _guessed(guesses: list[tuple[str, str]], line: str) -> str:
    return next((meant for guess, meant in guesses if guess in line), "")
