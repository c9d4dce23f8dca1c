"""The list that the rules write to, and what the surroundings know."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from app.engine.decisions import Decision
from app.engine.diagram import Diagram, Flow, Node
from app.engine.problems import Problem, Severity, Text
from app.foundation.text import lazy_gettext

#: More findings than this help nobody.
MOST_PROBLEMS = 500


@dataclass(frozen=True, kw_only=True)
class Known:
    """Names that exist outside of the file; nothing means that they are not checked."""

    forms: Collection[str] | None = None
    roles: Collection[str] | None = None
    services: Collection[str] | None = None
    decisions: Mapping[str, Decision] | None = None
    #: Processes that can be called, with those that each calls itself.
    calls: Mapping[str, frozenset[str]] | None = None
    #: Processes that several files define.
    ambiguous: Collection[str] = ()

    def with_calls(
        self, calls: Mapping[str, frozenset[str]], ambiguous: Collection[str] = ()
    ) -> "Known":
        """The same, with what can be called."""
        return replace(self, calls=calls, ambiguous=ambiguous)


def closest(word: str, words: Collection[str]) -> Text:
    """A hint that names what the analyst may have meant."""
    found = get_close_matches(word[:80], sorted(words), n=1)
    if found:
        return lazy_gettext("Did you mean “%(word)s”?", word=found[0])
    return lazy_gettext("Known here: %(words)s.", words=", ".join(sorted(words)[:20]) or "–")


class Findings:
    """Problems in the order they were found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def error(
        self, code: str, subject: Node | Flow | Diagram | None, message: Text, hint: Text
    ) -> None:
        """The diagram cannot be published because of this."""
        self._add(Severity.ERROR, code, subject, message, hint)

    def warning(
        self, code: str, subject: Node | Flow | Diagram | None, message: Text, hint: Text
    ) -> None:
        """The analyst should look at this again."""
        self._add(Severity.WARNING, code, subject, message, hint)

    def sorted(self) -> tuple[Problem, ...]:
        """The findings in the order of the file, errors before warnings."""
        ranked = sorted(
            self._problems, key=lambda p: (p.severity is not Severity.ERROR, p.line or 0)
        )
        return tuple(ranked[:MOST_PROBLEMS])

    def add(self, problem: Problem) -> None:
        """Add a finding that is worded already."""
        self._problems.append(problem)

    def _add(
        self,
        severity: Severity,
        code: str,
        subject: Node | Flow | Diagram | None,
        message: Text,
        hint: Text,
    ) -> None:
        whole = isinstance(subject, Diagram)
        self.add(
            Problem(
                code=code,
                severity=severity,
                element_id=_id(subject),
                element_name=None if subject is None else subject.name or None,
                line=None if subject is None or whole else subject.line,
                message=message,
                hint=hint,
            )
        )


def _id(subject: Node | Flow | Diagram | None) -> str | None:
    if subject is None:
        return None
    return subject.process_id if isinstance(subject, Diagram) else subject.id
