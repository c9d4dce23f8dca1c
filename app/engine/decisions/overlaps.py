"""Rules against each other: the same conditions twice, two rules for one case, a case for none.

Every finding names an example that the cells themselves were asked about. It may still be one that
never happens, because inputs can depend on each other: so these are warnings.
"""

import json
from collections.abc import Iterator
from itertools import combinations

from app import feel
from app.engine.decisions.cells import Cells
from app.engine.decisions.model import Policy, Rule, Table
from app.engine.decisions.samples import Undecidable, passing
from app.engine.problems import Text
from app.foundation.text import lazy_gettext

#: More pairs than this of one table help nobody.
MOST_OVERLAPS = 10

#: Combinations looked at for a case without a rule; beyond it nothing is said.
MOST_CASES = 20_000

#: One sample of each column, or nothing where the column does not matter.
_Case = tuple[object, ...]
_Trials = list[dict[object, int]]


def check_overlaps(table: Table, cells: Cells) -> None:
    """Note repeated rules, and in single-hit tables overlapping rules and a case for no rule."""
    repeated = _repeated(table, cells)
    trials = _trials(table)
    if table.policy is Policy.UNIQUE:
        _overlapping(table, trials, repeated, cells)
    if not table.policy.lists and not any(column.default for column in table.outputs):
        _missing(table, trials, cells)


def _repeated(table: Table, cells: Cells) -> set[int]:
    """Note rules that ask what an earlier one asks; gives their numbers."""
    seen: dict[tuple[str, ...], Rule] = {}
    repeated = set()
    for rule in table.rules:
        key = tuple(_plain(test.source) for test in rule.tests)
        if table.policy.lists:
            key += tuple(_plain(output.source) for output in rule.outputs)
        first = seen.setdefault(key, rule)
        if first is not rule:
            repeated.add(rule.number)
            _note_repeated(table, rule, first, cells)
    return repeated


def _note_repeated(table: Table, rule: Rule, first: Rule, cells: Cells) -> None:
    note = cells.notes.error if table.policy is Policy.UNIQUE else cells.notes.warning
    note(
        "rule.repeated",
        cells.spot(rule.id, rule.line, rule.number),
        lazy_gettext("Rule %(rule)s repeats rule %(first)s.", rule=rule.number, first=first.number),
        lazy_gettext("Delete one of them, or change its conditions."),
    )


def _plain(source: str) -> str:
    """A cell without the blanks that mean nothing; an empty one is a dash."""
    return " ".join(source.split()) or "-"


def _trials(table: Table) -> _Trials | None:
    try:
        return [passing(table, place) for place in range(len(table.inputs))]
    except Undecidable:
        return None


def _overlapping(table: Table, trials: _Trials | None, repeated: set[int], cells: Cells) -> None:
    found = 0
    for (i, one), (j, other) in combinations(enumerate(table.rules), 2):
        if repeated & {one.number, other.number}:
            continue
        case = _shared(table, trials, 1 << i | 1 << j) if trials is not None else None
        if case is None:
            continue
        found += 1
        if found > MOST_OVERLAPS:
            return
        cells.notes.warning(
            "rule.overlap",
            cells.spot(other.id, other.line, other.number),
            lazy_gettext(
                "The rules %(one)s and %(other)s both apply, for example here: %(example)s",
                one=one.number,
                other=other.number,
                example=_shown(table, case),
            ),
            lazy_gettext("The hit policy UNIQUE stops the process there; narrow one of the rules."),
        )


def _shared(table: Table, trials: _Trials, both: int) -> _Case | None:
    """One case to which both rules apply."""
    case = []
    for place, column in enumerate(trials):
        sample = next((value for value, bits in column.items() if bits & both == both), _NONE)
        if sample is _NONE:
            return None
        case.append(sample if _matters(table, place) else _NONE)
    return tuple(case)


def _missing(table: Table, trials: _Trials | None, cells: Cells) -> None:
    if trials is None or not table.rules:
        return
    budget = iter(range(MOST_CASES))
    case = next(_uncovered(trials, (1 << len(table.rules)) - 1, budget), None)
    if case is None:
        return
    shown = tuple(value if _matters(table, place) else _NONE for place, value in enumerate(case))
    cells.notes.warning(
        "table.gap",
        cells.spot(),
        lazy_gettext("No rule applies here: %(example)s", example=_shown(table, shown)),
        lazy_gettext("Add a rule or a default output; without one the result is null."),
    )


def _uncovered(trials: _Trials, alive: int, budget: Iterator[int]) -> Iterator[_Case]:
    """Cases to which none of the rules in `alive` applies."""
    if not alive:
        yield tuple(next(iter(column), _NONE) for column in trials)
    elif trials:
        for sample, bits in trials[0].items():
            if next(budget, None) is None:
                return
            for rest in _uncovered(trials[1:], alive & bits, budget):
                yield (sample, *rest)


def _matters(table: Table, place: int) -> bool:
    return any(_plain(rule.tests[place].source) != "-" for rule in table.rules)


def _shown(table: Table, case: _Case) -> Text:
    parts = [
        f"{column.label} = {json.dumps(feel.to_json(value), ensure_ascii=False)}"
        for column, value in zip(table.inputs, case, strict=True)
        if value is not _NONE
    ]
    return ", ".join(parts) or lazy_gettext("(any values)")


_NONE = object()
