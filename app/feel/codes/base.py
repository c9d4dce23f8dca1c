"""How a syntax tree becomes closures: each kind of node has one maker, found by its type."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from app.feel import nodes
from app.feel.run import Local, Run
from app.feel.values import Value

#: The compiled form of a node.
Code: TypeAlias = Callable[[Run, Local], Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where in the expression a node stands.

    `bound` are the names that enclosing constructs bind for certain; `outermost` is true where
    there is nothing but the variables of the context, which makes looking them up fast.
    """

    expression: str
    bound: frozenset[str] = frozenset()
    outermost: bool = True

    def inside(self, *names: str) -> "Place":
        """Return the place inside a construct that binds these names."""
        return replace(self, bound=self.bound.union(names), outermost=False)


Maker: TypeAlias = Callable[[Any, Place], Code]
_MAKERS: dict[type[nodes.Node], Maker] = {}
_M = TypeVar("_M", bound=Maker)


def makes(*kinds: type[nodes.Node]) -> Callable[[_M], _M]:
    """Register the maker of the code of these nodes."""

    def register(maker: _M) -> _M:
        for kind in kinds:
            _MAKERS[kind] = maker
        return maker

    return register


def make(node: nodes.Node, place: Place) -> Code:
    """Return the code of a node; raises FeelError for a call that can never work."""
    return _MAKERS[type(node)](node, place)
