"""Find out whether a net that doubles tokens does so without end.

A play that comes to a marking which holds all the tokens of an earlier one and some more can go on
in the same way for ever (Karp and Miller, 1969), provided that no move on the way took tokens away
beyond what it needs, or asked for a place to be empty.
"""

from collections import Counter
from dataclasses import dataclass

from app.analysis.net import Move, Net


@dataclass(frozen=True, kw_only=True)
class Growth:
    """A play that can be continued into ever more tokens."""

    trace: tuple[str, ...]
    #: Places that hold more and more tokens.
    growing: tuple[int, ...]
    #: Places that hold tokens at the end.
    marked: tuple[int, ...]


@dataclass(frozen=True)
class _Stage:
    """One marking of a play, with its past."""

    tokens: Counter[int]
    move: Move
    before: "_Stage | None"

    def earlier(self) -> "_Stage | None":
        """An earlier stage that is covered by this one."""
        stage = self
        while stage.move.is_plain and stage.before:
            stage = stage.before
            if stage.tokens < self.tokens:
                return stage
        return None

    def trace(self) -> tuple[str, ...]:
        passed: list[tuple[str, ...]] = []
        stage: _Stage | None = self
        while stage:
            passed.append(stage.move.trace)
            stage = stage.before
        return tuple(id_ for trace in reversed(passed) for id_ in trace)


def growth(net: Net, *, most: int) -> Growth | None:
    """A play that grows without end, if one is found among so many markings."""
    first = net.moves[net.start]
    todo = [_Stage(Counter(first.gives), first, None)]
    seen = {_key(todo[0])}
    for stage in todo:
        for move in _enabled(net, stage):
            after = _Stage(_after(stage.tokens, move), move, stage)
            if _key(after) in seen:
                continue
            if earlier := after.earlier():
                grown = after.tokens - earlier.tokens
                return Growth(trace=after.trace(), growing=tuple(grown), marked=tuple(after.tokens))
            if len(seen) >= most:
                return None
            seen.add(_key(after))
            todo.append(after)
    return None


def _key(stage: _Stage) -> frozenset[tuple[int, int]]:
    return frozenset(stage.tokens.items())


def _enabled(net: Net, stage: _Stage) -> list[Move]:
    return [
        move
        for number, move in net.moves.items()
        if number != net.start
        and all(stage.tokens[place] for place in move.needs)
        and not any(stage.tokens[place] for place in move.unless)
    ]


def _after(tokens: Counter[int], move: Move) -> Counter[int]:
    if move.clears_all:
        return Counter(move.gives)
    left = tokens - Counter(move.needs)
    kept = Counter({place: times for place, times in left.items() if place not in move.clears})
    return kept + Counter(move.gives)
