"""Make a net small without changing what is right or wrong with it.

Places that a lone token passes on its way become one, equal ways become one, branches that begin
and end together become one, and a loop becomes a place where a token may spin. A diagram of
properly nested blocks shrinks to a single place; what is left over is where branches are mixed, and
only that is played through. Every rule keeps: whether tokens can get stuck, whether the end can be
reached, whether a place can hold two tokens, and which elements can happen. The moves that remain
name all the elements they stand for, so that a counter-example can be told in full.

The rules are those of Murata (1989), widened for choices: two places also become one where a token
can pass from the first to the second and the first offers nothing that the second does not.
"""

from dataclasses import replace

from app.analysis.net import Move, Net


def reduced(net: Net, *, ignore_terminate: bool) -> Net:
    """A smaller net.

    With `ignore_terminate` a token never takes a terminate end event where it has another way. Ends
    of that kind only ever help, so what is sound without them is sound; the reverse does not hold.
    """
    small = _Reducer(net.copy())
    while small.merge_moves() | small.merge_twins() | small.merge_series() | small.hurry():
        if ignore_terminate:
            small.ignore_terminate()
    return small.net


class _Reducer:
    def __init__(self, net: Net) -> None:
        self.net = net
        #: Moves that ask for places to be empty.
        self.guarded = [number for number, move in net.moves.items() if move.unless]

    def ignore_terminate(self) -> None:
        """Drop each terminate move whose only token can go elsewhere."""
        for number, move in list(self.net.moves.items()):
            if move.clears_all and len(move.needs) == 1:
                (place,) = move.needs
                if any(self._goes_alone(other) for other in self.net.emptying[place]):
                    self._cover(place, move.passed)
                    self.net.drop(number)

    def _goes_alone(self, number: int) -> bool:
        move = self.net.moves[number]
        return len(move.needs) == 1 and not move.clears_all and not move.unless

    def hurry(self) -> bool:
        """Where one way of a choice leads to a terminate end only, terminate by the choice."""
        before = len(self.net.places)
        for place in list(self.net.places):
            last = self._only(place)
            if last and last.clears_all and len(self.net.feeding[place]) == 1:
                (number,) = self.net.feeding[place]
                if self.net.moves[number].is_step and not self._stops(place):
                    self._terminate_by(number, place, last)
        return len(self.net.places) < before

    def _only(self, place: int) -> Move | None:
        """The one move that a token in the place can make, if it needs nothing else."""
        moves = [self.net.moves[number] for number in self.net.emptying[place]]
        alone = len(moves) == 1 and len(moves[0].needs) == 1 and not moves[0].unless
        return moves[0] if alone else None

    def _terminate_by(self, number: int, place: int, last: Move) -> None:
        move = self.net.moves[number]
        covers = move.covers | last.covers | self.net.places[place].covers
        trace = move.trace + last.trace
        self.net.change(
            number, replace(move, gives=(), clears_all=True, trace=trace, covers=covers)
        )
        for gone in list(self.net.emptying[place]):
            self.net.drop(gone)
        self.net.drop_place(place)

    def merge_moves(self) -> bool:
        """Of moves with one effect keep the first; drop moves without any effect."""
        seen: dict[object, int] = {}
        before = len(self.net.moves)
        for number, move in list(self.net.moves.items()):
            if move.is_step and move.gives[0] in move.needs:
                self._cover(move.gives[0], move.passed)
                self._edit(move.gives[0], spins=True)
                self.net.drop(number)
            elif (kept := seen.setdefault(move.effect(), number)) != number:
                self._also(kept, move.passed)
                self.net.drop(number)
        return len(self.net.moves) < before

    def merge_twins(self) -> bool:
        """Of places that are filled and emptied by the same moves keep the first.

        Places that are filled together and have nothing before them but an end are alike too.
        """
        seen: dict[object, int] = {}
        before = len(self.net.places)
        for number, place in list(self.net.places.items()):
            feeding, emptying = self.net.feeding[number], self.net.emptying[number]
            if place.pinned or not emptying or self._fed_twice(number):
                continue
            alike = None if self._drains(number) else frozenset(emptying)
            kept = seen.setdefault((frozenset(feeding), alike), number)
            if kept != number:
                self._drop_twin(kept, number)
        return len(self.net.places) < before

    def _drains(self, place: int) -> bool:
        """Whether tokens do nothing here but go; then it matters only how they come."""
        last = self._only(place)
        return last is not None and last.is_plain and not (last.gives or self._stops(place))

    def _fed_twice(self, place: int) -> bool:
        return any(self.net.moves[n].gives.count(place) > 1 for n in self.net.feeding[place])

    def _drop_twin(self, kept: int, twin: int) -> None:
        first, second = self.net.places[kept], self.net.places[twin]
        elements = tuple(dict.fromkeys((*first.elements, *second.elements)))
        self._edit(kept, elements=elements, spins=first.spins or second.spins)
        self._cover(kept, second.covers)
        if self.net.emptying[twin].keys() != self.net.emptying[kept].keys():
            for number in list(self.net.emptying[twin]):
                self._cover(kept, self.net.moves[number].passed)
                self.net.drop(number)
        for number in {**self.net.feeding[twin], **self.net.emptying[twin]}:
            move = self.net.moves[number]
            gives = tuple(place for place in move.gives if place != twin)
            self.net.change(number, replace(move, needs=move.needs - {twin}, gives=gives))
        self._forget(twin, kept)

    def merge_series(self) -> bool:
        """Make one of two places where a token can pass from the first to the second."""
        merged = [self._merge_from(place) for place in list(self.net.places)]
        return any(merged)

    def _merge_from(self, place: int) -> bool:
        if place not in self.net.places or self.net.places[place].pinned:
            return False
        return any(self._merge_by(number) for number in list(self.net.emptying[place]))

    def _merge_by(self, number: int) -> bool:
        step = self.net.moves[number]
        if not step.is_step or self.net.places[step.gives[0]].pinned:
            return False
        (first,), (second,) = step.needs, step.gives
        if first == second or self._stops(first) != self._stops(second):
            return False
        others = [other for other in self.net.emptying[first] if other != number]
        if not others and self._stays_better(first, second):
            self._pull_back(number)
        elif self._offers_all(second, others):
            self._push_on(number, others)
        elif back := self._way_back(first, second):
            self._close_circle(number, back)
        else:
            return False
        return True

    def _stops(self, place: int) -> list[int]:
        """Moves that a token in the place holds up."""
        return [
            number
            for number in self.guarded
            if number in self.net.moves and place in self.net.moves[number].unless
        ]

    def _stays_better(self, first: int, second: int) -> bool:
        """Whether people see the token rather in the first place, and it is the only source."""
        places = self.net.places
        only_source = len(self.net.feeding[second]) == 1
        return (
            only_source
            and bool(self.net.emptying[second])
            and (places[first].rank > places[second].rank)
        )

    def _offers_all(self, second: int, others: list[int]) -> bool:
        offered = {
            (tuple(sorted(move.gives)), move.clears_all)
            for move in (self.net.moves[number] for number in self.net.emptying[second])
            if len(move.needs) == 1 and not (move.clears or move.unless)
        }
        return all(
            len(move.needs) == 1
            and not (move.clears or move.unless)
            and (tuple(sorted(move.gives)), move.clears_all) in offered
            for move in (self.net.moves[number] for number in others)
        )

    def _way_back(self, first: int, second: int) -> int | None:
        shared = self.net.emptying[first].keys() & self.net.emptying[second].keys()
        if shared:
            return None
        for number in self.net.emptying[second]:
            move = self.net.moves[number]
            if move.is_step and move.gives == (first,):
                return number
        return None

    def _pull_back(self, number: int) -> None:
        """The token waits in the first place and passes the step when it goes on."""
        step = self.net.moves[number]
        (first,), (second,) = step.needs, step.gives
        self.net.drop(number)
        for later in list(self.net.emptying[second]):
            move = self.net.moves[later]
            needs = move.needs - {second} | {first}
            self.net.change(later, replace(move, needs=needs, trace=step.trace + move.trace))
        gone = self.net.places[second]
        self._cover(first, step.passed | gone.covers)
        self._edit(first, spins=self.net.places[first].spins or gone.spins)
        self._forget(second, first)

    def _push_on(self, number: int, others: list[int]) -> None:
        """The token passes the step at once and waits in the second place."""
        step = self.net.moves[number]
        (first,), (second,) = step.needs, step.gives
        covers = step.passed | self.net.places[first].covers
        for other in (number, *others):
            covers |= self.net.moves[other].passed
            self.net.drop(other)
        self._redirect(first, second, step, covers)
        self._forget(first, second)

    def _close_circle(self, number: int, back: int) -> None:
        """The token waits in the second place, and goes back when the first has to offer more."""
        step, return_ = self.net.moves[number], self.net.moves[back]
        (first,), (second,) = step.needs, step.gives
        self.net.drop(number)
        self.net.drop(back)
        for later in list(self.net.emptying[first]):
            move = self.net.moves[later]
            needs = move.needs - {first} | {second}
            self.net.change(later, replace(move, needs=needs, trace=return_.trace + move.trace))
        covers = step.passed | return_.passed | self.net.places[first].covers
        self._redirect(first, second, step, frozenset())
        self._cover(second, covers)
        self._edit(second, spins=True)
        self._forget(first, second)

    def _forget(self, place: int, kept: int) -> None:
        """Take a place out; another one stands for it."""
        for number in self._stops(place):
            move = self.net.moves[number]
            self.net.change(number, replace(move, unless=move.unless - {place} | {kept}))
        self.net.drop_place(place)

    def _redirect(self, first: int, second: int, step: Move, covers: frozenset[str]) -> None:
        for number in list(self.net.feeding[first]):
            move = self.net.moves[number]
            gives = tuple(second if place == first else place for place in move.gives)
            times = move.gives.count(first)
            self.net.change(
                number,
                replace(
                    move,
                    gives=gives,
                    trace=move.trace + step.trace * times,
                    covers=move.covers | covers,
                ),
            )

    def _cover(self, place: int, covers: frozenset[str]) -> None:
        self._edit(place, covers=self.net.places[place].covers | covers)

    def _also(self, number: int, covers: frozenset[str]) -> None:
        move = self.net.moves[number]
        self.net.moves[number] = replace(move, covers=move.covers | covers)

    def _edit(self, place: int, **changes: object) -> None:
        self.net.places[place] = replace(self.net.places[place], **changes)  # type: ignore[arg-type] # the fields of Place
