"""Values to try a table with: those its cells speak of, and one between each two of them.

A cell of comparisons, ranges and lists cannot tell two values apart that lie between the same two
constants, so that trying one of each kind decides. For other cells the trial still proves what it
finds, because the cells themselves were asked; it may only miss something.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from app import feel
from app.engine.decisions.model import Input, Table
from app.foundation.text import lazy_gettext

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"(?<!\w)(?:(?<=\.\.)|(?<!\.))-?\d{1,18}(?:\.\d{1,9})?(?![\w])")
#: A call, which may make values of any type; `not(...)` is none.
_CALL = re.compile(r"\b(?!not\b)[^\W\d]\w*\s*\(")
_KINDS = ("number", "string", "boolean", "date")

#: More trials than this in one column are no longer cheap.
MOST_TRIALS = 20_000


class Undecidable(Exception):
    """The cells of a column cannot be tried alone: they need variables, the moment, or patience."""


def passing(table: Table, place: int) -> dict[object, int]:
    """For each sample of a column the rules it passes, as bits. Raises Undecidable."""
    tests = [rule.tests[place] for rule in table.rules]
    if any(test.names for test in tests):
        raise Undecidable
    samples = samples_of(table.inputs[place], tests)
    if len(samples) * len(tests) > MOST_TRIALS:
        raise Undecidable
    try:
        return {
            sample: sum(1 << at for at, test in enumerate(tests) if test(sample, {}))
            for sample in samples
        }
    except feel.FeelError as error:
        raise Undecidable from error


def samples_of(column: Input, tests: Iterable[feel.UnaryTests]) -> list[object]:
    """Values worth trying in a column, those that may occur only. Raises Undecidable."""
    sources = [test.source for test in tests]
    if column.allowed is not None:
        sources.append(column.allowed.source)
    kind = column.kind.name if column.kind else _guessed(sources)
    if kind not in _KINDS:
        raise Undecidable
    found = list(dict.fromkeys(_samples(kind, sources, column)))
    allowed = column.allowed
    if allowed is None:
        return found
    if allowed.names:
        raise Undecidable
    return [sample for sample in found if allowed(sample, {})]


def _guessed(sources: list[str]) -> str:
    """The type of a column that names none, from what its cells are written like."""
    text = " ".join(sources)
    bare = _STRING.sub(" ", text)
    kinds = {
        "string": bare != text,
        "number": bool(_NUMBER.search(bare)),
        "boolean": bool(re.search(r"\b(true|false)\b", bare)),
    }
    written = [kind for kind, is_used in kinds.items() if is_used]
    if len(written) > 1 or "@" in bare or _CALL.search(bare):
        return "mixed"
    return written[0] if written else "string"


def _samples(kind: str, sources: list[str], column: Input) -> Iterator[object]:
    if kind == "boolean":
        yield from (True, False)
    elif kind == "number":
        whole = column.kind is not None and column.kind.whole
        yield from _numbers(sources, whole=whole)
    elif kind == "string":
        texts = [text for source in sources for text in _STRING.findall(source)]
        yield from texts
        yield str(lazy_gettext("(other)"))
    else:
        yield from _dates(sources)


def _numbers(sources: list[str], *, whole: bool) -> Iterator[object]:
    found = sorted({Decimal(n) for source in sources for n in _NUMBER.findall(source)})
    if not found:
        yield Decimal(0)
        return
    yield from found
    for low, high in pairwise(found):
        between = low + 1 if low + 1 < high else (low + high) / 2
        if not whole or between == between.to_integral_value():
            yield between
    yield found[-1] + 1
    yield found[0] - 1


def _dates(sources: list[str]) -> Iterator[object]:
    days = []
    for source in sources:
        for text in _STRING.findall(source):
            try:
                days.append(date.fromisoformat(text))
            except ValueError as error:
                raise Undecidable from error
    for day in sorted(set(days)):
        try:
            yield from (day, day - timedelta(days=1), day + timedelta(days=1))
        except OverflowError as error:
            raise Undecidable from error
    if not days:
        yield date(2000, 1, 1)
