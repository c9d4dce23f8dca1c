"""What a proof says: a verdict, and for each finding the play that shows it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.foundation.text import LazyString


class Verdict(Enum):
    """What is true of a diagram; the gravest first."""

    #: Tokens get stuck.
    DEADLOCK = "deadlock"
    #: The process can get where it goes on for ever and never ends.
    LIVELOCK = "livelock"
    #: Ever more tokens are about.
    UNBOUNDED = "unbounded"
    #: Something runs twice at once.
    MULTIPLE_MERGE = "multiple-merge"
    #: Nothing ever comes to a step.
    DEAD_TASK = "dead-task"
    #: The drawing does not say where to begin, or where a flow leads.
    AMBIGUOUS = "ambiguous"
    #: Too large to be played through, or with elements that the proof does not know.
    GAVE_UP = "gave-up"
    #: None of this.
    SOUND = "sound"

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return list(Verdict).index(self)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the play that shows it."""

    verdict: Verdict
    #: Ids of the elements that it is about.
    elements: tuple[str, ...]
    #: Ids of the elements that are passed, in order, before it happens.
    trace: tuple[str, ...] = ()
    #: Ids of the flows that are passed.
    flows: tuple[str, ...] = ()
    #: Ids of the elements in which tokens stand at the end.
    marking: tuple[str, ...] = ()
    #: What happens, for the analyst; names the elements.
    sentence: LazyString
    #: What to do about it.
    hint: LazyString

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON, translated now."""
        return {
            "verdict": self.verdict.value,
            "elements": list(self.elements),
            "trace": list(self.trace),
            "flows": list(self.flows),
            "marking": list(self.marking),
            "sentence": str(self.sentence),
            "hint": str(self.hint),
        }


@dataclass(frozen=True, kw_only=True)
class Proof:
    """All that is wrong with the flow of a diagram, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict of the gravest finding."""
        return self.findings[0].verdict if self.findings else Verdict.SOUND

    def as_dict(self) -> dict[str, Any]:
        """The proof as plain JSON, translated now."""
        return {
            "verdict": self.verdict.value,
            "findings": [finding.as_dict() for finding in self.findings],
        }
