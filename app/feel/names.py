"""Which variables an expression needs from outside."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.feel import nodes
from app.feel.functions import REGISTRY

Names = Iterator[str]


def free_names(node: nodes.Node, bound: frozenset[str] = frozenset()) -> Names:
    """Yield the names that nothing inside the expression binds.

    Inside a filter a name may be a property of the items as well as a variable, so names that
    occur only there are left out; a built-in called by its name is no variable.
    """
    special = _SPECIAL.get(type(node))
    if special:
        yield from special(node, bound)
    else:
        yield from _of_all(nodes.children(node), bound)


def _of_all(parts: Iterable[nodes.Node], bound: frozenset[str]) -> Names:
    for part in parts:
        yield from free_names(part, bound)


def _name(node: nodes.Name, bound: frozenset[str]) -> Names:
    if node.name not in bound:
        yield node.name


def _filter(node: nodes.Filter, bound: frozenset[str]) -> Names:
    yield from free_names(node.base, bound)


def _member(node: nodes.Member, bound: frozenset[str]) -> Names:
    yield from free_names(node.value, bound)
    yield from _of_all(node.tests, bound | {"?"})


def _cell(node: nodes.Cell, bound: frozenset[str]) -> Names:
    yield from _of_all(node.tests, bound | {"?"})


def _call(node: nodes.Call, bound: frozenset[str]) -> Names:
    called = node.function
    parts: Iterable[nodes.Node] = nodes.children(node)
    if isinstance(called, nodes.Name) and called.name in REGISTRY and called.name not in bound:
        parts = (*node.arguments, *(value for _, value in node.labelled))
    yield from _of_all(parts, bound)


def _function(node: nodes.FunctionOf, bound: frozenset[str]) -> Names:
    yield from free_names(node.body, bound.union(node.parameters))


def _context(node: nodes.ContextOf, bound: frozenset[str]) -> Names:
    for key, value in node.entries:
        yield from free_names(value, bound)
        bound |= {key}


def _loop(node: nodes.Loop | nodes.Quantified, bound: frozenset[str]) -> Names:
    for iteration in node.iterations:
        yield from free_names(iteration.domain, bound)
        bound |= {iteration.name}
    yield from free_names(node.body, bound | {"partial"} if isinstance(node, nodes.Loop) else bound)


_SPECIAL: dict[type[nodes.Node], Callable[[Any, frozenset[str]], Names]] = {
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
