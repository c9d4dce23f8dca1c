"""Cells of a decision table (unary tests of DMN), ready to judge a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from app.feel.codes import Code, Place, make
from app.feel.names import names_of
from app.feel.program import KEPT
from app.feel.reading import read_cell
from app.feel.run import Calendar, Run
from app.foundation.text import lazy_gettext


@dataclass(frozen=True, kw_only=True, slots=True)
class UnaryTests:
    """What a cell asks of a value; the names are those it needs beside it, as in `Compiled`."""

    source: str
    names: frozenset[str]
    filter_names: frozenset[str]
    code: Code = field(repr=False, compare=False)

    def __call__(
        self,
        value: object,
        context: Mapping[str, object],
        now: datetime | None = None,
        calendar: Calendar | None = None,
    ) -> bool:
        """Tell whether the value passes; a test that makes no sense for it does not hold.

        `value` is JSON-like or a value of FEEL, `now` and `calendar` as in `Compiled.evaluate`.
        Raises FeelError when a limit is reached or one of the two is needed and missing.
        """
        run = Run(expression=self.source, context=context, now=now, calendar=calendar)
        try:
            return self.code(run, ({"?": run.take(value)}, None)) is True
        except RecursionError:
            raise run.stopped(lazy_gettext("Its values are nested too deep.")) from None


@lru_cache(maxsize=KEPT)
def compile_unary(cell: str) -> UnaryTests:
    """Return the tests of a cell, ready to call as `tests(value, context)`.

    A cell is `-` or empty (everything passes), tests with commas between them of which one must
    hold (`> 5`, `[1..5)`, `"a", "b"`, `null`, a list), `not(...)` around them (none may hold), or a
    condition on the value under the name `?` (`? * 2 > limit`). Raises FeelError with the place of
    the mistake.
    """
    tree = read_cell(cell)
    code = make(tree, Place(expression=cell, outermost=False))
    names, filter_names = names_of(tree)
    return UnaryTests(source=cell, names=names, filter_names=filter_names, code=code)
