"""A token net: places that hold tokens, and moves that carry them on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Rank(IntEnum):
    """Where a token is best said to stand, when several places have become one."""

    #: On a flow, on its way.
    FLOW = 0
    #: At a gateway that passes it on at once.
    GATEWAY = 1
    #: In a step that takes time.
    STEP = 2
    #: Before a parallel gateway that waits for its other flows.
    JOIN = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """Something that holds a token."""

    #: Elements in which a person sees the token.
    elements: tuple[str, ...]
    rank: Rank
    #: Elements that can happen whenever a token is here.
    covers: frozenset[str] = frozenset()
    #: A token here can go round in circles and come back.
    spins: bool = False
    #: Some move takes tokens away from here if there are any: the place must stay itself.
    pinned: bool = False


@dataclass(frozen=True, kw_only=True)
class Move:
    """Takes one token from each of `needs` and puts one on each of `gives`."""

    needs: frozenset[int]
    gives: tuple[int, ...]
    #: Places that lose their token if they have one.
    clears: frozenset[int] = frozenset()
    #: Places that must be empty.
    unless: frozenset[int] = frozenset()
    #: A terminate end event: every token of the net is taken away.
    clears_all: bool = False
    #: Ids of the nodes and flows that are passed, in order.
    trace: tuple[str, ...] = ()
    #: What can happen instead of this move, with the same effect.
    covers: frozenset[str] = frozenset()

    @property
    def passed(self) -> frozenset[str]:
        """Everything that can happen when this move can."""
        return self.covers.union(self.trace)

    @property
    def is_plain(self) -> bool:
        """Whether it takes away nothing but what it needs, and asks for nothing else."""
        return not (self.clears or self.clears_all or self.unless)

    @property
    def is_step(self) -> bool:
        """Whether it only carries one token from one place to one other."""
        return self.is_plain and len(self.needs) == len(self.gives) == 1

    def effect(self) -> tuple[object, ...]:
        """What it does to tokens; equal for moves that only pass different elements."""
        return self.needs, tuple(sorted(self.gives)), self.clears, self.unless, self.clears_all


@dataclass(kw_only=True)
class Net:
    """Places and moves by number, and which move feeds or empties which place."""

    places: dict[int, Place] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)
    #: Numbers of the moves that put tokens on a place, in the order they were added.
    feeding: dict[int, dict[int, None]] = field(default_factory=dict)
    #: Numbers of the moves that need a token of a place.
    emptying: dict[int, dict[int, None]] = field(default_factory=dict)
    #: The move that happens once, before all others; it needs nothing.
    start: int = -1
    _count: int = 0

    def elements(self, places: Iterable[int]) -> tuple[str, ...]:
        """Elements in which a person sees the tokens of some places, each once."""
        found = (self.places[place].elements for place in places)
        return tuple(dict.fromkeys(id_ for elements in found for id_ in elements))

    def place(self, element: str, rank: Rank) -> int:
        """Add a place."""
        number = self._next()
        self.places[number] = Place(elements=(element,), rank=rank)
        self.feeding[number] = {}
        self.emptying[number] = {}
        return number

    def move(self, move: Move) -> int:
        """Add a move."""
        number = self._next()
        self._link(number, move)
        return number

    def change(self, number: int, move: Move) -> None:
        """Put another move in the place of one."""
        self.drop(number)
        self._link(number, move)

    def drop(self, number: int) -> None:
        """Take a move out."""
        move = self.moves.pop(number)
        for place in move.needs:
            del self.emptying[place][number]
        for place in move.gives:
            self.feeding[place].pop(number, None)

    def drop_place(self, number: int) -> None:
        """Take out a place that no move touches any more."""
        del self.places[number], self.feeding[number], self.emptying[number]

    def _link(self, number: int, move: Move) -> None:
        self.moves[number] = move
        for place in move.needs:
            self.emptying[place][number] = None
        for place in move.gives:
            self.feeding[place][number] = None

    def _next(self) -> int:
        self._count += 1
        return self._count

    def copy(self) -> "Net":
        """The same net, to be changed on its own."""
        return Net(
            places=dict(self.places),
            moves=dict(self.moves),
            feeding={place: dict(moves) for place, moves in self.feeding.items()},
            emptying={place: dict(moves) for place, moves in self.emptying.items()},
            start=self.start,
            _count=self._count,
        )
