"""From text to words and signs."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.engine.importing.juel.errors import Untranslatable
from app.foundation.text import lazy_gettext

#: The longest condition seen in public diagrams has 300 characters and some 60 of these.
MOST_TOKENS = 300
LONGEST = 4_000

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<function>(?:vars?|variables):[^\W\d]\w*(?=\())
    | (?P<name>(?:[^\W\d]|\$)[\w$]*)
    | (?P<sign>&&|\|\||[=!<>]=|[-+*/%!<>?:.,()\[\]{}=])
    )""",
    re.VERBOSE | re.DOTALL,
)

#: Words of JUEL and the signs they stand for.
JUEL_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "empty": "empty",
}
#: Truth values as Python writes them, for conditions in no language that is told.
PLAIN_WORDS = JUEL_WORDS | {"True": "true", "False": "false", "None": "null"}
#: The same for FEEL, of which simple conditions are read too.
FEEL_WORDS = {"and": "&&", "or": "||", "not": "!", "=": "=="}

_SIGN_WORDS = frozenset(JUEL_WORDS.values())


class Token(NamedTuple):
    """`kind` is number, string, function, name, sign or end; `at` is counted from 0."""

    kind: str
    text: str
    at: int
    end: int


def tokens(text: str, start: int, words: Mapping[str, str]) -> Iterator[Token]:
    """The tokens of a text from a place on, the last of kind `end`. Raises Untranslatable."""
    at = start
    for _ in range(MOST_TOKENS):
        found = _TOKEN.match(text, at)
        if not found:
            yield _rest(text, at)
            return
        kind = str(found.lastgroup)
        word = found[kind]
        at = found.end()
        if kind in ("name", "sign"):
            word = words.get(word, word)
            kind = "name" if kind == "name" and word not in _SIGN_WORDS else "sign"
        yield Token(kind, word, found.start(found.lastgroup or 0), at)
    raise Untranslatable(at + 1, lazy_gettext("It is too long."))


def _rest(text: str, at: int) -> Token:
    left = text[at:].lstrip()
    if left:
        place = len(text) - len(left)
        sign = lazy_gettext("“%(text)s” does not fit here.", text=left[:20])
        raise Untranslatable(place + 1, sign)
    return Token("end", "", len(text), len(text))
