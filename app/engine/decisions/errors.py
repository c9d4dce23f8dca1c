"""How a decision fails while it is worked out; nothing of the run may be stored then."""

from app.engine.errors import EngineFailure
from app.foundation.text import LazyString, lazy_gettext


class DecisionFailed(EngineFailure):
    """A decision has no truthful answer for these values; `decision` is its id."""

    def __init__(self, decision: str, detail: LazyString | str, *, step: str | None = None) -> None:
        self.decision = decision
        super().__init__("decision", step=step or decision, detail=str(detail))


class DecisionConflict(DecisionFailed):
    """Rules that exclude each other all apply; `rules` are their numbers, counted from 1."""

    def __init__(
        self, decision: str, name: str, rules: tuple[int, ...], *, step: str | None = None
    ) -> None:
        self.rules = rules
        detail = lazy_gettext(
            "The rules %(rules)s of “%(name)s” apply at once and contradict each other.",
            rules=", ".join(map(str, rules)),
            name=name,
        )
        super().__init__(decision, detail, step=step)
