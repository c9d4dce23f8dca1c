"""Pieces of FEEL text, how strongly they hold together, and what is known of their values."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from app import feel

#: Strengths, from the weakest: a sentence takes all that follows it.
SENTENCE, OR, AND, COMPARE, SUM, PRODUCT, NEGATE, POSTFIX = range(8)

_PLAIN = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of an expression."""

    text: str
    strength: int = POSTFIX
    #: boolean, string, number, null, or any where only the variables know.
    kind: str = "any"
    #: Whether its value is surely not null.
    certain: bool = False

    def within(self, strength: int) -> str:
        """The text where that strength is needed, in brackets if it is weaker."""
        return self.text if self.strength >= strength else f"({self.text})"

    def settled(self) -> "Piece":
        """The same; but a truth value that may be null is then false, as it is in JUEL."""
        if self.kind != "boolean" or self.certain:
            return self
        return replace(self, text=f"{self.within(SUM)} = true", strength=COMPARE, certain=True)


def quoted(text: str) -> str:
    """A text literal of FEEL."""
    for raw, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(raw, escaped)
    return f'"{text}"'


@lru_cache(maxsize=2048)
def name_in_feel(name: str) -> str | None:
    """The name of a variable as FEEL writes it; nothing if it cannot."""
    for text in (name, f"`{name}`"):
        if (text != name or _PLAIN.fullmatch(name)) and _means(text, name):
            return text
    return None


def _means(text: str, name: str) -> bool:
    try:
        return feel.compile(f"{text} = 1").names == {name}
    except feel.FeelError:
        return False
