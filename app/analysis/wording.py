"""The sentences of a proof, for the analyst who drew the diagram."""

from collections.abc import Iterable

from app.analysis.verdicts import Verdict
from app.engine import Diagram
from app.foundation.text import LazyString, lazy_gettext

#: More names than this make no sentence.
_MOST_NAMES = 5


def names(diagram: Diagram, ids: Iterable[str]) -> str:
    """The names of elements in quotation marks; the id where there is no name."""
    found = [diagram.by_id[id_].name or id_ if id_ in diagram.by_id else id_ for id_ in ids]
    shown = [f"“{name}”" for name in found[:_MOST_NAMES]]
    return ", ".join(shown + ["…"] * (len(found) > _MOST_NAMES))


def sentence(verdict: Verdict, diagram: Diagram, elements: Iterable[str]) -> LazyString:
    """What happens, with the names of the elements."""
    steps = names(diagram, elements)
    match verdict:
        case Verdict.DEADLOCK:
            return lazy_gettext(
                "The process can get stuck: %(steps)s waits for something that never comes.",
                steps=steps,
            )
        case Verdict.LIVELOCK:
            return lazy_gettext(
                "The process can go round for ever: no end can be reached from %(steps)s.",
                steps=steps,
            )
        case Verdict.UNBOUNDED:
            return lazy_gettext(
                "A loop starts %(steps)s again and again while it still runs, without limit.",
                steps=steps,
            )
        case Verdict.MULTIPLE_MERGE:
            return lazy_gettext("%(steps)s can run twice at the same time.", steps=steps)
        case Verdict.DEAD_TASK:
            return lazy_gettext("Nothing ever comes to %(steps)s.", steps=steps)
        case _:
            raise ValueError(f"{verdict} has no sentence of its own")


#: What to do about each verdict.
HINTS: dict[Verdict, LazyString] = {
    Verdict.DEADLOCK: lazy_gettext(
        "Join with a parallel gateway only what one parallel gateway split; "
        "join what an exclusive gateway split with an exclusive gateway."
    ),
    Verdict.LIVELOCK: lazy_gettext("Draw a way out of the loop, to an end event."),
    Verdict.UNBOUNDED: lazy_gettext(
        "Join the parallel ways before the flow leads back, or let only one of them lead back."
    ),
    Verdict.MULTIPLE_MERGE: lazy_gettext(
        "Join parallel ways with a parallel gateway before this element."
    ),
    Verdict.DEAD_TASK: lazy_gettext("Connect it, or delete it."),
    Verdict.AMBIGUOUS: lazy_gettext("Put the drawing right first; then it can be proven."),
    Verdict.GAVE_UP: lazy_gettext(
        "Split the diagram into sub-processes, or nest its gateways in pairs."
    ),
}
