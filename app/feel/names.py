"""Which variables an expression needs from outside."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from app.feel import nodes
from app.feel.functions import REGISTRY


class Scope(NamedTuple):
    """What is known where a name stands: what is bound, and whether it is surely a variable."""

    bound: frozenset[str] = frozenset()
    certain: bool = True

    def inside(self, *names: str) -> "Scope":
        """Return the scope inside a construct that binds these names."""
        return Scope(self.bound.union(names), self.certain)


#: Names that nothing inside the expression binds, and whether each is surely a variable.
Found = Iterator[tuple[str, bool]]


def names_of(node: nodes.Node) -> tuple[frozenset[str], frozenset[str]]:
    """Return the variables that are needed, and the names that occur only inside filters.

    Inside a filter a name may be a property of the items as well as a variable, which only the
    values can tell; a built-in called by its name is no variable.
    """
    found = frozenset(_names(node, Scope()))
    certain = frozenset(name for name, is_certain in found if is_certain)
    return certain, frozenset(name for name, _ in found) - certain


def _names(node: nodes.Node, scope: Scope) -> Found:
    special = _SPECIAL.get(type(node))
    if special:
        yield from special(node, scope)
    else:
        yield from _of_all(nodes.children(node), scope)


def _of_all(parts: Iterable[nodes.Node], scope: Scope) -> Found:
    for part in parts:
        yield from _names(part, scope)


def _name(node: nodes.Name, scope: Scope) -> Found:
    if node.name not in scope.bound:
        yield node.name, scope.certain


def _filter(node: nodes.Filter, scope: Scope) -> Found:
    yield from _names(node.base, scope)
    yield from _names(node.condition, Scope(scope.bound | {"item"}, certain=False))


def _member(node: nodes.Member, scope: Scope) -> Found:
    yield from _names(node.value, scope)
    yield from _of_all(node.tests, scope.inside("?"))


def _cell(node: nodes.Cell, scope: Scope) -> Found:
    yield from _of_all(node.tests, scope.inside("?"))


def _call(node: nodes.Call, scope: Scope) -> Found:
    called = node.function
    parts: Iterable[nodes.Node] = nodes.children(node)
    if isinstance(called, nodes.Name) and called.name in REGISTRY:
        parts = (*node.arguments, *(value for _, value in node.labelled))
    yield from _of_all(parts, scope)


def _function(node: nodes.FunctionOf, scope: Scope) -> Found:
    yield from _names(node.body, scope.inside(*node.parameters))


def _context(node: nodes.ContextOf, scope: Scope) -> Found:
    for key, value in node.entries:
        yield from _names(value, scope)
        scope = scope.inside(key)


def _loop(node: nodes.Loop | nodes.Quantified, scope: Scope) -> Found:
    for iteration in node.iterations:
        yield from _names(iteration.domain, scope)
        scope = scope.inside(iteration.name)
    yield from _names(node.body, scope.inside("partial") if isinstance(node, nodes.Loop) else scope)


_SPECIAL: dict[type[nodes.Node], Callable[[Any, Scope], Found]] = {
    nodes.Name: _name,
    nodes.Filter: _filter,
    nodes.Member: _member,
    nodes.Cell: _cell,
    nodes.Call: _call,
    nodes.FunctionOf: _function,
    nodes.ContextOf: _context,
    nodes.Loop: _loop,
    nodes.Quantified: _loop,
}
