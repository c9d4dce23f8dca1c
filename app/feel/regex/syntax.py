"""Patterns of XPath 3.1 become a program for the machine; a wrong pattern is refused."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from typing import TypeAlias

from app.feel.regex import classes
from app.feel.regex.classes import Accepts

#: One instruction: its name and what it needs; jumps are counted from the instruction itself.
Instruction: TypeAlias = tuple[str, object, object]
Code: TypeAlias = list[Instruction]

MAX_PATTERN = 500
MAX_CODE = 2_000
MAX_NESTING = 20

_COUNTED = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}", re.ASCII)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_SPECIAL = frozenset("\\|.?*+(){}[]^$-")


class PatternError(Exception):
    """The pattern or its flags cannot be understood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """A pattern ready for the machine."""

    code: tuple[Instruction, ...]
    groups: int
    loops: int
    any_case: bool


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str = "") -> Program:
    """Return the program of a pattern; raises PatternError."""
    if len(pattern) > MAX_PATTERN or not set(flags) <= set("smixq"):
        raise PatternError
    reader = _Reader("" if "q" in flags else pattern, frozenset(flags))
    code = reader.literally(pattern) if "q" in flags else reader.alternatives(0)
    if reader.rest():
        raise PatternError
    return Program(
        code=(*code, ("match", None, None)),
        groups=reader.groups,
        loops=reader.loops,
        any_case="i" in flags,
    )


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str, flags: frozenset[str]) -> None:
        self._pattern = _without_spaces(pattern) if "x" in flags else pattern
        self._flags = flags
        self._place = 0
        self._closed: set[int] = set()
        self.groups = 0
        self.loops = 0

    def rest(self) -> str:
        """Return what has not been read."""
        return self._pattern[self._place :]

    def literally(self, text: str) -> Code:
        """Return code for the characters themselves (flag q)."""
        return [self._accept(char.__eq__) for char in text]

    def _peek(self) -> str:
        return self._pattern[self._place : self._place + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise PatternError
        self._place += 1
        return char

    def _take(self, text: str) -> bool:
        found = self._pattern.startswith(text, self._place)
        self._place += len(text) if found else 0
        return found

    def _accept(self, accepts: Accepts) -> Instruction:
        return "set", classes.any_case(accepts) if "i" in self._flags else accepts, None

    def alternatives(self, depth: int) -> Code:
        """Read `a|b|c`."""
        if depth > MAX_NESTING:
            raise PatternError
        ways = [self._sequence(depth)]
        while self._take("|"):
            ways.append(self._sequence(depth))
        return reduce(lambda others, way: _either(way, others), reversed(ways))

    def _sequence(self, depth: int) -> Code:
        code: Code = []
        while self._peek() not in {"", "|", ")"}:
            code += self._repeated(self._atom(depth))
            if len(code) > MAX_CODE:
                raise PatternError
        return code

    def _atom(self, depth: int) -> Code:
        char = self._next()
        if char == "(":
            return self._group(depth)
        if char == "\\":
            return self._escape()
        if char in {"^", "$"}:
            return [("start" if char == "^" else "end", "m" in self._flags, None)]
        if char in {"?", "*", "+", "{", "}", "]"}:
            raise PatternError
        return [self._simple(char)]

    def _simple(self, char: str) -> Instruction:
        if char == ".":
            return "set", (lambda _char: True) if "s" in self._flags else _not_a_line_end, None
        if char == "[":
            return "set", self._class(0), None
        return self._accept(char.__eq__)

    def _group(self, depth: int) -> Code:
        if self._take("?:"):
            code = self.alternatives(depth + 1)
        else:
            self.groups += 1
            number = self.groups
            code = [
                ("save", number * 2, None),
                *self.alternatives(depth + 1),
                ("save", number * 2 + 1, None),
            ]
            self._closed.add(number)
        self._next()  # The alternatives end at a parenthesis or at the end, which is an error.
        return code

    def _escape(self) -> Code:
        if self._peek().isdigit():
            number = int(self._next())
            if number not in self._closed:
                raise PatternError
            return [("again", number, None)]
        accepts = self._escaped()
        return [self._accept(accepts)]

    def _escaped(self) -> Accepts:
        char = self._next()
        if char in {"p", "P"}:
            found = classes.property_class(self._braced())
            if found is None:
                raise PatternError
            return classes.opposite(found) if char == "P" else found
        known = classes.letter_class(char)
        if known is None and char not in _SPECIAL and char not in _PLAIN_ESCAPES:
            raise PatternError
        return known or _PLAIN_ESCAPES.get(char, char).__eq__

    def _braced(self) -> str:
        if not self._take("{"):
            raise PatternError
        end = self._pattern.find("}", self._place)
        if end < 0:
            raise PatternError
        name = self._pattern[self._place : end]
        self._place = end + 1
        return name

    def _class(self, depth: int) -> Accepts:
        """Read a class behind its `[`, with subtraction `[a-z-[aeiou]]`."""
        negative = self._take("^")
        parts: list[Accepts] = []
        without: Accepts | None = None
        while not self._take("]"):
            if parts and self._take("-["):
                if depth > MAX_NESTING:
                    raise PatternError
                without = self._class(depth + 1)
                if self._peek() != "]":
                    raise PatternError
            else:
                parts.append(self._class_part())
        if not parts:
            raise PatternError
        wanted = classes.one_of(parts)
        wanted = classes.any_case(wanted) if "i" in self._flags else wanted
        wanted = classes.opposite(wanted) if negative else wanted
        return partial(_but_not, wanted, without) if without else wanted

    def _class_part(self) -> Accepts:
        low = self._next()
        if low == "[":
            raise PatternError
        if low == "\\":
            if (letter := self._peek()) not in _SPECIAL and letter not in _PLAIN_ESCAPES:
                return self._escaped()
            low = _PLAIN_ESCAPES.get(letter, letter)
            self._next()
        if self._peek() != "-" or self._pattern[self._place + 1 : self._place + 2] in {
            "]",
            "[",
            "",
        }:
            return low.__eq__
        self._next()
        return self._to(low)

    def _to(self, low: str) -> Accepts:
        high = self._next()
        if high == "\\":
            letter = self._next()
            if letter not in _SPECIAL and letter not in _PLAIN_ESCAPES:
                raise PatternError
            high = _PLAIN_ESCAPES.get(letter, letter)
        if high < low:
            raise PatternError
        return classes.spread(low, high)

    def _repeated(self, code: Code) -> Code:
        bounds = self._bounds()
        if bounds is None:
            return code
        least, most = bounds
        greedy = not self._take("?")
        if (most is not None and most < least) or (len(code) * max(least, most or 0) > MAX_CODE):
            raise PatternError
        if most is None:
            self.loops += 1
            return code * least + _loop(code, self.loops - 1, greedy=greedy)
        return code * least + _up_to(code, most - least, greedy=greedy)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        if self._peek() != "{":
            return None
        found = _COUNTED.match(self._pattern, self._place)
        if not found:
            raise PatternError
        self._place = found.end()
        least = int(found[1])
        return least, int(found[3]) if found[3] else None if found[2] else least


def _without_spaces(pattern: str) -> str:
    """Drop white space outside of classes (flag x)."""
    kept, depth, escaped = [], 0, False
    for char in pattern:
        if char.isspace() and not depth:
            continue
        kept.append(char)
        if not escaped:
            depth += (char == "[") - (char == "]" and depth > 0)
        escaped = char == "\\" and not escaped
    return "".join(kept)


def _not_a_line_end(char: str) -> bool:
    return char not in "\n\r"


def _but_not(wanted: Accepts, without: Accepts, char: str) -> bool:
    return wanted(char) and not without(char)


def _either(code: Code, other: Code) -> Code:
    return [
        ("split", 1, len(code) + 2),
        *code,
        ("jump", len(other) + 1, None),
        *other,
    ]


def _up_to(code: Code, most: int, *, greedy: bool) -> Code:
    """Repeat up to so many times; whoever stops goes to the end of all."""
    repeated: Code = []
    for left in range(most, 0, -1):
        inside, past = 1, (len(code) + 1) * left
        repeated.append(("split", *((inside, past) if greedy else (past, inside))))
        repeated += code
    return repeated


def _loop(code: Code, number: int, *, greedy: bool) -> Code:
    """Repeat while it moves on: an empty turn would never end."""
    inside, past = 1, len(code) + 4
    return [
        ("split", *((inside, past) if greedy else (past, inside))),
        ("mark", number, None),
        *code,
        ("moved", number, None),
        ("jump", -(len(code) + 3), None),
    ]
