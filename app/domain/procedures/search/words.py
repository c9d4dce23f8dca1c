"""How words are compared: without marks and capitals, by sound, and letter by letter."""

import re
import unicodedata
from collections.abc import Sequence

#: Nobody types more words; the rest of a pasted text is not searched.
MOST_WORDS = 12
#: Asked for by everybody and said by no procedure: they would only keep results away.
_STOP_MARKED = frozenset(
    [
        "tôi",
        "em",
        "chúng",
        "mình",
        "muốn",
        "cần",
        "xin",
        "làm",
        "hỏi",
        "về",
        "ở",
        "đâu",
        "thế",
        "nào",
        "như",
        "sao",
        "cho",
        "của",
        "và",
        "là",
        "bị",
        "được",
        "với",
        "thì",
        "mà",
        "hay",
        "khi",
        "để",
        "thủ",
        "tục",
    ]
)
#: The same without marks, as far as that is no other word (`can` is an identity card as well).
_STOP_PLAIN = frozenset({"toi", "muon", "cua", "duoc", "nhu", "nao"})
_STOP_PHRASE = ("thu", "tuc")
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
#: The national part of a code, whatever a province writes behind it (spec C-06).
_CODE = re.compile(r"\d\.\d{6}(?=\.|$)")
#: Letters that sound alike somewhere in the country, and are mixed up in writing.
_SOUNDS = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("qu", "kw"),
    ("ph", "f"),
)
_LETTERS = str.maketrans({"r": "d", "x": "s", "n": "l", "y": "i", "c": "k", "q": "k", "v": "d"})
#: Signs between words in what is indexed; a phrase never runs across one.
BORDER = "|"


def fold(text: str) -> str:
    """`text` without marks and capitals, as people type in a hurry: `Hộ tịch` becomes `ho tich`."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def marked(text: str) -> str:
    """`text` with its marks, one way of writing them, capitals and signs between words gone."""
    kept = unicodedata.normalize("NFC", text.casefold())
    return " ".join(re.findall(r"[^\W_]+(?:\.[^\W_]+)*", kept))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in their order."""
    return tuple(_WORD.findall(fold(text)))


def asked_words(text: str) -> tuple[str, ...]:
    """The words of a question that narrow it down; all of them if none would be left."""
    every = [(one, word) for one in marked(text).split() for word in words_of(one)]
    plain = [word for _, word in every]
    kept = [
        _shortened(word)
        for at, (one, word) in enumerate(every)
        if one not in _STOP_MARKED
        and one not in _STOP_PLAIN
        and _STOP_PHRASE not in (tuple(plain[at : at + 2]), tuple(plain[max(at - 1, 0) : at + 1]))
    ]
    return tuple(dict.fromkeys(kept or plain))[:MOST_WORDS]


def _shortened(word: str) -> str:
    code = _CODE.match(word)
    return code[0] if code else word


def sound(word: str) -> str:
    """What `word` sounds like: equal for words that differ by a common slip (`chu`, `tru`)."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    head = word[:1].translate(_LETTERS)
    # Within a syllable only i and y are mixed up; the final n and ng are told apart.
    return head + word[1:].replace("y", "i")


def grams(word: str) -> tuple[str, ...]:
    """The trigrams of a word between blanks, as both databases know them: ` ho`, `ho `."""
    padded = f" {word} "
    return tuple(dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2)))


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with their neighbour; `most + 1` if it takes more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, above, line = line, before, [at]
        for to, wanted in enumerate(other, start=1):
            cost = min(before[to] + 1, line[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, above[to - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return line[-1]


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong before it is another word; none in numbers."""
    if len(word) < 3 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 6 else 2


def joined(words: Sequence[str]) -> str:
    """Words as a phrase that can be looked for in what is indexed."""
    return f" {' '.join(words)} "
