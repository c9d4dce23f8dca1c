"""What an expression says: its syntax tree. `at` is the place in the text, counted from 1."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True)
class Literal:
    """A text, number or truth value, or nothing."""

    value: str | Decimal | bool | None
    at: int = field(compare=False)


@dataclass(frozen=True)
class Name:
    """A variable, or a bean of the old engine."""

    text: str
    at: int = field(compare=False)


@dataclass(frozen=True)
class Member:
    """`base.name`."""

    base: "Node"
    name: str
    at: int = field(compare=False)


@dataclass(frozen=True)
class Item:
    """`base[index]`, counted from 0."""

    base: "Node"
    index: "Node"
    at: int = field(compare=False)


@dataclass(frozen=True)
class Call:
    """`base.method(arguments)`; without a base a function, whose name may have a prefix."""

    base: "Node | None"
    method: str
    arguments: tuple["Node", ...]
    at: int = field(compare=False)


@dataclass(frozen=True)
class Unary:
    """`!a`, `-a` or `empty a`."""

    sign: str
    operand: "Node"
    at: int = field(compare=False)


@dataclass(frozen=True)
class Binary:
    """`a sign b`; words like `eq` have become their signs."""

    sign: str
    left: "Node"
    right: "Node"
    at: int = field(compare=False)


@dataclass(frozen=True)
class Choice:
    """`condition ? yes : no`."""

    condition: "Node"
    yes: "Node"
    no: "Node"
    at: int = field(compare=False)


Node: TypeAlias = Literal | Name | Member | Item | Call | Unary | Binary | Choice
