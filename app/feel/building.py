"""What each rule of the grammar becomes: the parser calls these while it reads, bottom up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias, cast

from lark import Token, Transformer

from app.feel import nodes
from app.feel.calendar import parse_literal
from app.feel.numerics import number_from
from app.feel.writing import tidy_name, unquoted
from app.foundation.text import LazyString, lazy_gettext

#: Words that are never names.
RESERVED = frozenset(
    {"and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies"}
    | {"between", "true", "false", "null", "function"}
)

#: Types that `instance of` knows; the kinds of values are told apart in kinds.py.
TYPES = frozenset(
    {"Any", "Null", "number", "string", "boolean", "date", "time", "date and time", "list"}
    | {"years and months duration", "days and time duration", "context", "range", "function"}
)

Nodes: TypeAlias = Sequence[nodes.Node]
Labelled: TypeAlias = tuple[str, nodes.Node]


class NotFeel(Exception):
    """The grammar allows it, the language does not; the reader says where."""

    def __init__(self, token: Token, hint: LazyString) -> None:
        super().__init__(str(token))
        self.hint = hint
        self.line = token.line or 1
        self.column = token.column or 1


class Builder(Transformer[Token, nodes.Node]):
    """Builds frozen nodes; each method carries the name of its rule."""

    # Values written out -------------------------------------------------------------------------

    def number(self, parts: Sequence[Token]) -> nodes.Node:
        value = number_from(str(parts[0]))
        if value is None:
            raise NotFeel(parts[0], lazy_gettext("This number is too large."))
        return nodes.Literal(value)

    def string(self, parts: Sequence[Token]) -> nodes.Node:
        return nodes.Literal(unquoted(parts[0]))

    def moment(self, parts: Sequence[Token]) -> nodes.Node:
        value = parse_literal(unquoted(parts[0][1:].strip()))
        if value is None:
            raise NotFeel(parts[0], lazy_gettext("This is no date, time or duration."))
        return nodes.Literal(value)

    def true(self, _parts: Nodes) -> nodes.Node:
        return nodes.Literal(value=True)

    def false(self, _parts: Nodes) -> nodes.Node:
        return nodes.Literal(value=False)

    def null(self, _parts: Nodes) -> nodes.Node:
        return nodes.Literal(None)

    def list(self, parts: Sequence[nodes.Node | Token]) -> nodes.Node:
        return nodes.ListOf(tuple(part for part in parts if isinstance(part, nodes.Node)))

    def range(self, parts: tuple[Token, nodes.Node, nodes.Node, Token]) -> nodes.Node:
        opening, low, high, closing = parts
        return nodes.RangeOf(low, high, low_in=opening == "[", high_in=closing == "]")

    def entry(self, parts: tuple[Token, nodes.Node]) -> tuple[Token, Labelled]:
        key, value = parts
        name = unquoted(key) if key.type == "STRING" else key
        return key, (tidy_name(name), value)

    def context(self, parts: Sequence[tuple[Token, Labelled]]) -> nodes.Node:
        seen: set[str] = set()
        for key, (name, _) in parts:
            if name in seen:
                raise NotFeel(key, lazy_gettext("This key stands here twice."))
            seen.add(name)
        return nodes.ContextOf(tuple(entry for _, entry in parts))

    # Names and what hangs on them ---------------------------------------------------------------

    def name(self, words: Sequence[Token]) -> nodes.Node:
        for word in words:
            if word in RESERVED:
                raise NotFeel(word, lazy_gettext("“%(word)s” does not fit here.", word=str(word)))
        first = words[0]
        return nodes.Name(tidy_name(" ".join(words)), first.line or 1, first.column or 1)

    def quoted_name(self, parts: tuple[Token]) -> nodes.Node:
        word = parts[0]
        return nodes.Name(tidy_name(word[1:-1]), word.line or 1, word.column or 1)

    def path(self, parts: tuple[nodes.Node, nodes.Name]) -> nodes.Node:
        return nodes.Path(parts[0], parts[1].name)

    def filter(self, parts: tuple[nodes.Node, nodes.Node]) -> nodes.Node:
        return nodes.Filter(*parts)

    def argument(self, parts: tuple[Token, nodes.Node]) -> Labelled:
        return tidy_name(parts[0]), parts[1]

    def call(self, parts: Sequence[nodes.Node | Labelled]) -> nodes.Node:
        function = cast("nodes.Node", parts[0])
        plain = tuple(part for part in parts[1:] if isinstance(part, nodes.Node))
        labelled = tuple(part for part in parts[1:] if isinstance(part, tuple))
        return nodes.Call(function, plain, labelled)

    # Operators ----------------------------------------------------------------------------------

    def negate(self, parts: tuple[Token, nodes.Node]) -> nodes.Node:
        operand = parts[1]
        if isinstance(operand, nodes.Literal) and (number := _negative(operand.value)):
            return nodes.Literal(number)
        return nodes.Negate(operand)

    def chain(self, parts: Sequence[nodes.Node | Token]) -> nodes.Node:
        signs = [str(sign) for sign in parts[1::2]]
        operands = cast("Nodes", parts[0::2])
        return nodes.Chain(operands[0], tuple(zip(signs, operands[1:], strict=True)))

    def compare(self, parts: tuple[nodes.Node, Token, nodes.Node]) -> nodes.Node:
        left, sign, right = parts
        return nodes.Compare(str(sign), left, right)

    def between(self, parts: tuple[nodes.Node, nodes.Node, nodes.Node]) -> nodes.Node:
        return nodes.Between(*parts)

    def half_open(self, parts: tuple[Token, nodes.Node]) -> nodes.Node:
        return nodes.HalfOpen(str(parts[0]), parts[1])

    def tests(self, parts: Nodes) -> tuple[nodes.Node, ...]:
        return tuple(parts)

    def member(self, parts: tuple[nodes.Node, nodes.Node | tuple[nodes.Node, ...]]) -> nodes.Node:
        value, tests = parts
        return nodes.Member(value, tests if isinstance(tests, tuple) else (tests,))

    def anything(self, _parts: Nodes) -> nodes.Node:
        return nodes.Cell(tests=(), negated=True)

    def none_of(self, parts: Nodes) -> nodes.Node:
        return nodes.Cell(tests=tuple(parts[1:]), negated=True)

    def any_of(self, parts: Nodes) -> nodes.Node:
        return nodes.Cell(tests=tuple(parts), negated=False)

    def both(self, parts: Nodes) -> nodes.Node:
        return nodes.Both(tuple(parts))

    def either(self, parts: Nodes) -> nodes.Node:
        return nodes.Either(tuple(parts))

    # Sentences ----------------------------------------------------------------------------------

    def conditional(self, parts: tuple[nodes.Node, nodes.Node, nodes.Node]) -> nodes.Node:
        return nodes.Conditional(*parts)

    def steps(self, parts: tuple[nodes.Node, nodes.Node]) -> nodes.Node:
        return nodes.Steps(*parts)

    def iterator(self, parts: tuple[nodes.Name, nodes.Node]) -> nodes.Iteration:
        return nodes.Iteration(parts[0].name, parts[1])

    def iterators(self, parts: Sequence[nodes.Iteration]) -> tuple[nodes.Iteration, ...]:
        return tuple(parts)

    def loop(self, parts: tuple[tuple[nodes.Iteration, ...], nodes.Node]) -> nodes.Node:
        return nodes.Loop(*parts)

    def quantified(
        self, parts: tuple[Token, tuple[nodes.Iteration, ...], nodes.Node]
    ) -> nodes.Node:
        word, iterations, body = parts
        return nodes.Quantified(word == "every", iterations, body)

    def parameter(self, parts: Sequence[nodes.Name | Token]) -> str:
        first = parts[0]
        return first.name if isinstance(first, nodes.Name) else tidy_name(first)

    def parameters(self, parts: Sequence[str]) -> tuple[str, ...]:
        return tuple(parts)

    def function_of(self, parts: Sequence[tuple[str, ...] | nodes.Node]) -> nodes.Node:
        names = parts[0] if isinstance(parts[0], tuple) else ()
        return nodes.FunctionOf(names, cast("nodes.Node", parts[-1]))

    # Types --------------------------------------------------------------------------------------

    def type_name(self, parts: Sequence[Token]) -> nodes.Node:
        return _type(parts[0], ())

    def type_argument(self, parts: Sequence[Token | nodes.TypeOf]) -> tuple[str, nodes.TypeOf]:
        label = tidy_name(cast("Token", parts[0])) if len(parts) > 1 else ""
        return label, cast("nodes.TypeOf", parts[-1])

    def type_arguments(
        self, parts: Sequence[tuple[str, nodes.TypeOf]]
    ) -> tuple[tuple[str, nodes.TypeOf], ...]:
        return tuple(parts)

    def type_with(self, parts: Sequence[object]) -> nodes.Node:
        members = next((part for part in parts if type(part) is tuple), ())
        return _type(cast("Token", parts[0]), members)

    def instance_of(self, parts: tuple[nodes.Node, Token, nodes.TypeOf]) -> nodes.Node:
        return nodes.InstanceOf(parts[0], parts[2])


def _negative(value: object) -> Decimal | None:
    return value.copy_negate() if isinstance(value, Decimal) and value else None


def _type(name: Token, members: tuple[tuple[str, nodes.TypeOf], ...]) -> nodes.TypeOf:
    tidy = tidy_name(name)
    if tidy not in TYPES:
        raise NotFeel(name, lazy_gettext("There is no type “%(name)s”.", name=tidy))
    return nodes.TypeOf(tidy, members)
