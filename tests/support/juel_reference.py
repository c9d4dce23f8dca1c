"""Random JUEL with its meaning, worked out apart from the translation (EL 2.2, chapter 1)."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

Value = None | bool | Fraction | str | list[str]
Context = Mapping[str, Value]
Meaning = Callable[[Context], Value]

NUMBERS = ("amount", "limit", "copies")
TEXTS = ("status", "decision")
TRUTHS = ("approved", "urgent")
LISTS = ("papers",)
WORDS = ("", "a", "ok", 'say "no"', "back\\slash", "Đủ")


class Undefined(Exception):
    """The old engine stops here, or the two languages are known to differ."""


@dataclass(frozen=True)
class Juel:
    """An expression as text, and what it means; `closed` if it needs no brackets anywhere."""

    text: str
    meaning: Meaning
    closed: bool = False

    @property
    def inside(self) -> str:
        """The text as a part of a larger one."""
        return self.text if self.closed else f"({self.text})"


def random_context(random: Random) -> dict[str, Value]:
    """Values of the right kind for each variable, some of them missing."""
    found: dict[str, Value] = {}
    found |= {name: random.choice((None, *map(Fraction, range(-2, 4)))) for name in NUMBERS}
    found |= {name: random.choice((None, *WORDS)) for name in TEXTS}
    found |= {name: random.choice((None, True, False)) for name in TRUTHS}
    found |= {name: random.choice((None, [], ["a"], ["ok", "a"])) for name in LISTS}
    return found


def truth(random: Random, depth: int) -> Juel:
    """A condition."""
    if depth == 0:
        return random.choice((_variable(random, TRUTHS), _constant(random.choice((True, False)))))
    return random.choice((_ordered, _equal, _joined, _joined, _denied, _empty, _called, _chosen))(
        random, depth - 1
    )


def number(random: Random, depth: int) -> Juel:
    """A number; a missing one counts as 0 where it is reckoned with."""
    if depth <= 0:
        return random.choice((_variable(random, NUMBERS), _constant(Fraction(random.randrange(4)))))
    a, b = number(random, depth - 1), number(random, depth - 1)
    sign, reckon = random.choice((("+", operator.add), ("-", operator.sub), ("*", operator.mul)))
    if random.random() < 0.2:
        return Juel(f"-{a.inside}", lambda c: -_counted(a, c))
    return Juel(f"{a.inside} {sign} {b.inside}", lambda c: reckon(_counted(a, c), _counted(b, c)))


def text(random: Random) -> Juel:
    """A text."""
    if random.random() < 0.6:
        return _variable(random, TEXTS)
    return _constant(random.choice(WORDS), random.choice("'\""))


def _constant(value: Value, quote: str = '"') -> Juel:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
        return Juel(f"{quote}{escaped}{quote}", lambda _: value, closed=True)
    written = str(value).lower()
    return Juel(written, lambda _: value, closed=True)


def _variable(random: Random, names: tuple[str, ...]) -> Juel:
    name = random.choice(names)
    wordy = random.random() < 0.2
    written = f"execution.getVariable('{name}')" if wordy else name
    return Juel(written, lambda c: c[name], closed=True)


def _counted(part: Juel, context: Context) -> Fraction:
    value = part.meaning(context)
    return value if isinstance(value, Fraction) else Fraction(0)


def _is_true(part: Juel, context: Context) -> bool:
    return part.meaning(context) is True


def _pair(random: Random, depth: int) -> tuple[Juel, Juel]:
    if random.random() < 0.5:
        return text(random), text(random)
    return number(random, depth), number(random, depth)


def _ordered(random: Random, depth: int) -> Juel:
    a, b = _pair(random, depth)
    signs: tuple[tuple[tuple[str, str], Callable[[Value, Value], bool]], ...] = (
        (("<", "lt"), operator.lt),
        (("<=", "le"), operator.le),
        ((">", "gt"), operator.gt),
        ((">=", "ge"), operator.ge),
    )
    written, compare = random.choice(signs)

    def meaning(context: Context) -> bool:
        x, y = a.meaning(context), b.meaning(context)
        if x is None and y is None:
            raise Undefined
        return x is not None and y is not None and compare(x, y)

    return Juel(f"{a.inside} {random.choice(written)} {b.inside}", meaning)


def _equal(random: Random, depth: int) -> Juel:
    a, b = (
        _pair(random, depth) if random.random() < 0.7 else (truth(random, depth), truth(random, 0))
    )
    if random.random() < 0.2:
        b = _constant(None)
        b = Juel("null", b.meaning, closed=True)
    same = random.random() < 0.5
    sign = random.choice(("==", "eq") if same else ("!=", "ne"))
    return Juel(f"{a.inside} {sign} {b.inside}", lambda c: (a.meaning(c) == b.meaning(c)) is same)


def _joined(random: Random, depth: int) -> Juel:
    a, b = truth(random, depth), truth(random, depth)
    if random.random() < 0.5:
        sign = random.choice(("&&", "and"))
        return Juel(f"{a.inside} {sign} {b.inside}", lambda c: _is_true(a, c) and _is_true(b, c))
    sign = random.choice(("||", "or"))
    return Juel(f"{a.inside} {sign} {b.inside}", lambda c: _is_true(a, c) or _is_true(b, c))


def _denied(random: Random, depth: int) -> Juel:
    a = truth(random, depth)
    return Juel(f"{random.choice(('!', 'not '))}{a.inside}", lambda c: not _is_true(a, c))


def _empty(random: Random, _depth: int) -> Juel:
    a = random.choice((_variable(random, LISTS), text(random), _variable(random, NUMBERS)))
    return Juel(f"empty {a.inside}", lambda c: a.meaning(c) in (None, "", []))


def _called(random: Random, _depth: int) -> Juel:
    a, b = _variable(random, TEXTS), _constant(random.choice(WORDS))
    calls: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
        ("equals", operator.eq),
        ("startsWith", str.startswith),
        ("endsWith", str.endswith),
        ("contains", operator.contains),
        ("equalsIgnoreCase", lambda x, y: x.lower() == y.lower()),
    )
    name, ask = random.choice(calls)

    def meaning(context: Context) -> bool:
        value, other = a.meaning(context), b.meaning(context)
        if not isinstance(value, str) or not isinstance(other, str):
            raise Undefined
        return ask(value, other)

    return Juel(f"{a.text}.{name}({b.text})", meaning, closed=True)


def _chosen(random: Random, depth: int) -> Juel:
    a, b, c = (truth(random, depth) for _ in range(3))
    return Juel(
        f"{a.inside} ? {b.inside} : {c.inside}",
        lambda x: b.meaning(x) if _is_true(a, x) else c.meaning(x),
    )
