"""Which characters a piece of a pattern accepts."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeAlias

#: Tells whether one character is accepted.
Accepts: TypeAlias = Callable[[str], bool]

_SPACES = frozenset(" \t\n\r")
_CATEGORIES = frozenset(
    {"L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No"}
    | {"P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp"}
    | {"S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn"}
)

#: The Unicode blocks that matter here: Latin letters with the Vietnamese ones.
_BLOCKS = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsLatinExtended-A": (0x0100, 0x017F),
    "IsLatinExtended-B": (0x0180, 0x024F),
    "IsCombiningDiacriticalMarks": (0x0300, 0x036F),
    "IsLatinExtendedAdditional": (0x1E00, 0x1EFF),
}


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _starts_name(char: str) -> bool:
    return char.isalpha() or char in "_:"


def _in_name(char: str) -> bool:
    return char.isalnum() or char in "_:-." or unicodedata.category(char)[0] == "M"


#: What the letter behind a backslash stands for; the capital letter is the opposite.
_LETTERS: dict[str, Accepts] = {
    "s": _SPACES.__contains__,
    "d": lambda char: unicodedata.category(char) == "Nd",
    "w": _is_word,
    "i": _starts_name,
    "c": _in_name,
}


def opposite(accepts: Accepts) -> Accepts:
    """Accept what the other refuses."""
    return lambda char: not accepts(char)


def letter_class(letter: str) -> Accepts | None:
    """Return the class behind `\\s`, `\\D` and so on; None if the letter names none."""
    accepts = _LETTERS.get(letter.lower())
    return opposite(accepts) if accepts and letter.isupper() else accepts


def property_class(name: str) -> Accepts | None:
    """Return the class of `\\p{name}`: a general category or a block; None if it is unknown."""
    if name in _CATEGORIES:
        return lambda char: unicodedata.category(char).startswith(name)
    if name not in _BLOCKS:
        return None
    low, high = _BLOCKS[name]
    return lambda char: low <= ord(char) <= high


def one_of(parts: Sequence[Accepts]) -> Accepts:
    """Accept what any of the parts accepts."""
    return lambda char: any(accepts(char) for accepts in parts)


def spread(low: str, high: str) -> Accepts:
    """Accept the characters from low to high."""
    return lambda char: low <= char <= high


def any_case(accepts: Accepts) -> Accepts:
    """Accept a character if its lower or upper case is accepted."""
    return lambda char: accepts(char) or accepts(char.lower()[:1]) or accepts(char.upper()[:1])
