"""What is wrong with a diagram, in words for the analyst who drew it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from app.foundation.text import LazyString

#: Words that are translated when they are shown.
Text: TypeAlias = LazyString | str


class Severity(Enum):
    """How bad a problem is."""

    #: The diagram would run falsely or not at all: it cannot be published.
    ERROR = "error"
    #: The diagram runs, but the analyst should look again.
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding. `code` is stable; `line` is the line of the element in the file."""

    code: str
    severity: Severity
    element_id: str | None
    element_name: str | None
    line: int | None
    message: Text
    hint: Text

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain JSON, translated now."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "element_id": self.element_id,
            "element_name": self.element_name,
            "line": self.line,
            "message": str(self.message),
            "hint": str(self.hint),
        }


#: Rules that came after versions had been published without them. Nothing new is published against
#: them; what was published stays readable, since its dossiers go on and are replayed.
LATER_RULES = frozenset({"timer.wrong-kind"})


def cannot_be_read(problems: Iterable[Problem]) -> bool:
    """Whether one of these keeps a diagram from being used at all."""
    return any(
        problem.severity is Severity.ERROR and problem.code not in LATER_RULES
        for problem in problems
    )
