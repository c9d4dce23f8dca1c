"""The list that the checks of a decision file write to."""

from dataclasses import dataclass

from app.engine.problems import Problem, Severity, Text
from app.foundation.text import lazy_gettext

#: More findings than this help nobody.
MOST_PROBLEMS = 200


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where something is wrong: the element itself, and the name of the decision it is part of."""

    id: str | None
    name: str | None
    line: int | None
    #: Number of the rule, counted from 1, and heading of the column, for the words.
    rule: int | None = None
    column: str = ""

    def where(self) -> Text:
        """The place in words: a row and a column, a column alone, or nothing."""
        if self.rule is None:
            return self.column
        if not self.column:
            return lazy_gettext("rule %(rule)s", rule=self.rule)
        return lazy_gettext("rule %(rule)s, “%(column)s”", rule=self.rule, column=self.column)


class Notes:
    """Problems in the order they were found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def error(self, code: str, spot: Spot | None, message: Text, hint: Text) -> None:
        """The file cannot be published because of this."""
        self._add(Severity.ERROR, code, spot, message, hint)

    def warning(self, code: str, spot: Spot | None, message: Text, hint: Text) -> None:
        """The author should look at this again."""
        self._add(Severity.WARNING, code, spot, message, hint)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far stands in the way of publishing."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def sorted(self) -> tuple[Problem, ...]:
        """The findings in the order of the file, errors before warnings."""
        ranked = sorted(
            self._problems, key=lambda p: (p.severity is not Severity.ERROR, p.line or 0)
        )
        return tuple(ranked[:MOST_PROBLEMS])

    def _add(
        self, severity: Severity, code: str, spot: Spot | None, message: Text, hint: Text
    ) -> None:
        self._problems.append(
            Problem(
                code=code,
                severity=severity,
                element_id=spot.id if spot else None,
                element_name=spot.name if spot else None,
                line=spot.line if spot else None,
                message=message,
                hint=hint,
            )
        )
