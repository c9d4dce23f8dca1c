"""Play a net through: every marking it can come to, one token in a place at most.

A marking is a number with one bit for each place, so that a few ten thousand of them are played
through in a second. Where a second token would come to a place the play stops: that is a finding
of its own, and what follows from it is of no use to the analyst.
"""

from collections import deque
from dataclasses import dataclass, field

from app.analysis.net import Net

#: The marking before the first token is there.
BEFORE = -1


@dataclass(frozen=True, kw_only=True)
class Doubling:
    """A move that would put a second token into a place."""

    before: int
    move: int
    place: int
    #: The places that would hold a token then.
    after: int


@dataclass(kw_only=True)
class Play:
    """What a net can do. Markings are in the order they were found, nearest first."""

    net: Net
    #: The marking each was first reached from, and by which move.
    origin: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    #: Where each marking leads in one move.
    next: dict[int, list[int]] = field(default_factory=dict)
    doublings: list[Doubling] = field(default_factory=list)
    #: Moves that happened in some play.
    fired: set[int] = field(default_factory=set)
    #: Elements that happened in some play.
    covered: set[str] = field(default_factory=set)
    #: Not every marking was looked at.
    gave_up: bool = False

    def trace(self, marking: int) -> tuple[str, ...]:
        """Nodes and flows that are passed on a shortest way to a marking."""
        moves: list[int] = []
        while came := self.origin[marking]:
            marking, number = came
            moves.append(number)
        return tuple(id_ for number in reversed(moves) for id_ in self.net.moves[number].trace)

    def way_to(self, element: str) -> tuple[str, ...] | None:
        """Nodes and flows that are passed until an element is entered, if a play tells of it."""
        for marking, came in self.origin.items():
            if came and element in self.net.moves[came[1]].trace:
                trace = self.trace(marking)
                return trace[: trace.index(element) + 1]
        return None

    def elements(self, marking: int) -> tuple[str, ...]:
        """Elements in which tokens stand."""
        return self.net.elements(self.marked(marking))

    def marked(self, marking: int) -> list[int]:
        """The places that hold a token."""
        return [place for place in self.net.places if marking >> place & 1]

    def stuck(self) -> list[int]:
        """Markings with tokens and without a move."""
        doubling = {found.before for found in self.doublings}
        return [m for m, after in self.next.items() if m and not after and m not in doubling]

    def trapped(self) -> list[int]:
        """Markings that go on for ever: neither an end nor a finding can be reached."""
        open_ends = [marking for marking, after in self.next.items() if not after]
        open_ends += [found.before for found in self.doublings]
        open_ends += [marking for marking in self.origin if marking not in self.next]
        before: dict[int, list[int]] = {}
        for marking, after in self.next.items():
            for later in after:
                before.setdefault(later, []).append(marking)
        safe = set(open_ends)
        while open_ends:
            for earlier in before.get(open_ends.pop(), ()):
                if earlier not in safe:
                    safe.add(earlier)
                    open_ends.append(earlier)
        return [marking for marking in self.next if marking not in safe]


@dataclass(frozen=True, kw_only=True)
class _Bits:
    """A move as bits of the marking."""

    number: int
    needs: int
    unless: int
    keeps: int
    gives: int
    #: A place that gets two tokens from this one move.
    twice: int | None


def explore(net: Net, *, most: int, far_first: bool = False) -> Play:
    """Play through at most so many markings, from the start.

    Nearest first, which gives the shortest counter-examples; or far ones first, which finds some in
    nets that are too large.
    """
    play = Play(net=net, origin={BEFORE: None})
    start = _bits(net, net.start)
    moves = [_bits(net, number) for number in net.moves if number != net.start]
    todo: deque[int] = deque()
    _fire(play, start, before=BEFORE, marking=0, todo=todo)
    while todo:
        marking = todo.pop() if far_first else todo.popleft()
        if len(play.next) >= most:
            play.gave_up = True
            break
        play.next[marking] = []
        for move in moves:
            if marking & move.needs == move.needs and not marking & move.unless:
                _fire(play, move, before=marking, marking=marking, todo=todo)
    _gather(play)
    return play


def _bits(net: Net, number: int) -> _Bits:
    move = net.moves[number]
    taken = sum(1 << place for place in move.needs | move.clears)
    return _Bits(
        number=number,
        needs=sum(1 << place for place in move.needs),
        unless=sum(1 << place for place in move.unless),
        keeps=0 if move.clears_all else ~taken,
        gives=sum(1 << place for place in set(move.gives)),
        twice=next((place for place in move.gives if move.gives.count(place) > 1), None),
    )


def _fire(play: Play, move: _Bits, *, before: int, marking: int, todo: deque[int]) -> None:
    left = marking & move.keeps
    after = left | move.gives
    clash = left & move.gives
    if clash or move.twice is not None:
        place = clash.bit_length() - 1 if clash else move.twice or 0
        play.doublings.append(Doubling(before=before, move=move.number, place=place, after=after))
        return
    if before != BEFORE:
        play.next[before].append(after)
    play.fired.add(move.number)
    if after not in play.origin:
        play.origin[after] = (before, move.number)
        todo.append(after)


def _gather(play: Play) -> None:
    """Collect everything that could happen."""
    marked = 0
    for marking in play.next:
        marked |= marking
    play.covered.update(*(play.net.places[place].covers for place in play.marked(marked)))
    play.covered.update(*(play.net.moves[number].passed for number in play.fired))
