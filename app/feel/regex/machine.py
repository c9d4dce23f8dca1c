"""The machine that looks for a pattern: it goes back, never recurses, and pays for each step."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.feel import limits
from app.feel.regex.syntax import Program
from app.feel.run import Run

#: Steps are paid for in portions of this size.
_PORTION = 64


class Found(NamedTuple):
    """Where a pattern was found; `groups` holds all texts, "" for a group that took no part."""

    start: int
    end: int
    groups: tuple[str, ...]


def first(run: Run, program: Program, text: str, start: int = 0) -> Found | None:
    """Return the leftmost place at or after `start` where the pattern fits."""
    for place in range(start, len(text) + 1):
        found = _Attempt(run, program, text).at(place)
        if found:
            return found
    return None


def find_all(run: Run, program: Program, text: str) -> Iterator[Found]:
    """Yield the places where the pattern fits, from left to right, none overlapping."""
    place = 0
    while place <= len(text) and (found := first(run, program, text, place)):
        yield found
        place = max(found.end, found.start + 1)


class _Attempt:
    """One attempt to fit the pattern at one place."""

    def __init__(self, run: Run, program: Program, text: str) -> None:
        self._run = run
        self._program = program
        self._text = text
        self._waiting: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = []
        self._saves: tuple[int, ...] = (-1,) * (program.groups * 2 + 2)
        self._marks: tuple[int, ...] = (-1,) * program.loops
        # What is remembered is copied with every change of it.
        self._dear = 1 + len(self._saves + self._marks) // limits.GROUPS_PER_STEP

    def at(self, start: int) -> Found | None:
        """Return the fit that begins at `start`, trying the preferred ways first."""
        self._waiting = [(0, start, self._saves, self._marks)]
        steps, charge, dear = 0, self._run.charge, self._dear
        code = self._program.code
        charge(6 * dear)
        while self._waiting:
            pointer, place, self._saves, self._marks = self._waiting.pop()
            while pointer >= 0:
                steps += 1
                if not steps % _PORTION:
                    charge(_PORTION * dear)
                name, first_part, second = code[pointer]
                if name == "match":
                    charge(steps % _PORTION * dear)
                    return self._found(start, place)
                pointer, place = _STEPS[name](self, pointer, place, first_part, second)
        charge(steps % _PORTION * dear)
        return None

    def _found(self, start: int, end: int) -> Found:
        groups = [
            self._text[self._saves[n * 2] : self._saves[n * 2 + 1]]
            if self._saves[n * 2 + 1] >= 0
            else ""
            for n in range(1, self._program.groups + 1)
        ]
        return Found(start, end, (self._text[start:end], *groups))

    # Each step returns the next instruction and place; an instruction of -1 gives up this way.

    def set(self, pointer: int, place: int, accepts: Any, _unused: Any) -> tuple[int, int]:
        """Take one character."""
        if place < len(self._text) and accepts(self._text[place]):
            return pointer + 1, place + 1
        return -1, place

    def split(self, pointer: int, place: int, preferred: int, other: int) -> tuple[int, int]:
        """Go one way and remember the other."""
        self._waiting.append((pointer + other, place, self._saves, self._marks))
        return pointer + preferred, place

    def jump(self, pointer: int, place: int, distance: int, _unused: Any) -> tuple[int, int]:
        """Go on elsewhere."""
        return pointer + distance, place

    def save(self, pointer: int, place: int, slot: int, _unused: Any) -> tuple[int, int]:
        """Remember where a group begins or ends."""
        self._saves = (*self._saves[:slot], place, *self._saves[slot + 1 :])
        return pointer + 1, place

    def mark(self, pointer: int, place: int, slot: int, _unused: Any) -> tuple[int, int]:
        """Remember where a turn of a loop begins."""
        self._marks = (*self._marks[:slot], place, *self._marks[slot + 1 :])
        return pointer + 1, place

    def moved(self, pointer: int, place: int, slot: int, _unused: Any) -> tuple[int, int]:
        """Leave a loop whose turn took nothing."""
        return (pointer + 1 if self._marks[slot] != place else pointer + 2), place

    def again(self, pointer: int, place: int, group: int, _unused: Any) -> tuple[int, int]:
        """Take the text of an earlier group once more."""
        text = self._text[self._saves[group * 2] : self._saves[group * 2 + 1]]
        piece = self._text[place : place + len(text)]
        same = piece.casefold() == text.casefold() if self._program.any_case else piece == text
        return (pointer + 1, place + len(text)) if same else (-1, place)

    def start(self, pointer: int, place: int, lines: Any, _unused: Any) -> tuple[int, int]:
        """Stand at the beginning of the text, or of a line."""
        fits = place == 0 or (lines and self._text[place - 1] == "\n")
        return (pointer + 1 if fits else -1), place

    def end(self, pointer: int, place: int, lines: Any, _unused: Any) -> tuple[int, int]:
        """Stand at the end of the text, or of a line."""
        fits = place == len(self._text) or (lines and self._text[place] == "\n")
        return (pointer + 1 if fits else -1), place


_STEPS = {
    name: getattr(_Attempt, name)
    for name in ("set", "split", "jump", "save", "mark", "moved", "again", "start", "end")
}
