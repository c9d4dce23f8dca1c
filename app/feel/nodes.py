"""The syntax tree of FEEL: what an expression says, before anything is worked out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from app.feel.limits import STEPS_OF_CALL


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes; `line` and `column` are kept only where an error may have to point."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written out: null, boolean, number, string, date, time, duration."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or function; several words are joined by one space."""

    name: str
    line: int = field(default=1, compare=False)
    column: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`base.name`."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[condition]`, where a number selects by position."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(1, 2)` or `function(label: 1)`; one of the two argument kinds is empty."""

    function: Node
    arguments: tuple[Node, ...]
    labelled: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{key: value}`; a later entry sees the earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[low..high]`, with round or turned brackets where an end does not belong to it."""

    low: Node
    high: Node
    low_in: bool
    high_in: bool


@dataclass(frozen=True, slots=True)
class HalfOpen(Node):
    """`> 5`: a test of the value that stands before `in`; in parentheses also a range."""

    operator: str
    bound: Node


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """`a + b - c`, worked out from the left; operators of one strength only."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`left = right` and the five other comparisons."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`value in (test, test)`; one test is enough."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """A cell of a decision table: one test is enough, or with `not(...)` none may hold."""

    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Both(Node):
    """`a and b and c`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """`a or b or c`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Steps(Node):
    """`low..high` after `for x in`: whole numbers or days, upwards or downwards."""

    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in domain`."""

    name: str
    domain: Node


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """`for x in xs, y in ys return body`."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in xs satisfies body`, or `every`."""

    every: bool
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class TypeOf(Node):
    """A type: `list<number>`, `context<a: string>`, `function<> -> Any`."""

    name: str
    members: tuple[tuple[str, "TypeOf"], ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(a, b) body`."""

    parameters: tuple[str, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: TypeOf


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below `node`."""
    for part in fields(node):
        value = getattr(node, part.name)
        for item in value if isinstance(value, tuple) else (value,):
            inner = item[1] if isinstance(item, tuple) else item
            if isinstance(inner, Node):
                yield inner


def everything(node: Node) -> Iterator[Node]:
    """Yield `node` and all nodes below it; needs no recursion."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def mentions(node: Node, name: str) -> bool:
    """Tell whether a name occurs anywhere in `node`."""
    return any(isinstance(part, Name) and part.name == name for part in everything(node))


def effort(node: Node) -> int:
    """Return about how many steps it takes to evaluate `node` once."""
    return 1 + sum(STEPS_OF_CALL if isinstance(part, Call) else 1 for part in everything(node))


def depth_of(node: Node) -> int:
    """Return how deep the nodes stand inside each other; needs no recursion."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(current))
    return deepest
