"""Expressions ready to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from app.feel.codes import Code, Place, make
from app.feel.names import names_of
from app.feel.reading import read
from app.feel.run import Calendar, Run
from app.feel.values import Value
from app.foundation.text import lazy_gettext

#: How many compiled expressions are kept; a busy house has some hundreds.
KEPT = 2_048


@dataclass(frozen=True, kw_only=True, slots=True)
class Compiled:
    """An expression that can be evaluated many times.

    `names` are the variables it needs. `filter_names` occur only inside filters (`people[age >
    limit]`), where each may be a variable or a property of the items: hand them over if they are
    variables, but do not miss them.
    """

    source: str
    names: frozenset[str]
    filter_names: frozenset[str]
    code: Code = field(repr=False, compare=False)

    def evaluate(
        self,
        context: Mapping[str, object],
        now: datetime | None = None,
        calendar: Calendar | None = None,
    ) -> Value:
        """Return the value of the expression over JSON-like variables.

        A missing variable is null, and so is what makes no sense (`1 + "a"`). `now` is the aware
        moment that `now()` and `today()` mean, `calendar` what `working hours from()` and the like
        count with. Raises FeelError when a limit is reached, or when one of the two is needed and
        missing; the result holds `Decimal`, `date`, `time`, `datetime`, `timedelta`.
        """
        run = Run(expression=self.source, context=context, now=now, calendar=calendar)
        try:
            return self.code(run, None)
        except RecursionError:
            raise run.stopped(lazy_gettext("Its values are nested too deep.")) from None


@lru_cache(maxsize=KEPT)
def compile_expression(expression: str) -> Compiled:
    """Return an expression ready to run; raises FeelError with the place of the mistake."""
    tree = read(expression)
    code = make(tree, Place(expression=expression))
    names, filter_names = names_of(tree)
    return Compiled(source=expression, names=names, filter_names=filter_names, code=code)


def compile_zeebe(text: str) -> Compiled | None:
    """Compile `=expression` as Camunda 8 writes it; None for text that is meant literally."""
    bare = text.strip()
    return compile_expression(bare[1:].strip()) if bare.startswith("=") else None


def evaluate(
    expression: str,
    context: Mapping[str, object],
    now: datetime | None = None,
    calendar: Calendar | None = None,
) -> Value:
    """Compile and evaluate in one step; see `Compiled.evaluate`."""
    return compile_expression(expression).evaluate(context, now, calendar)
