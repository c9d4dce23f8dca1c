"""Findings of a called process, told where it is called: with the way to it and on inside of it.

Elements of a called process are named `process/element`, as in the journal.
"""

from collections.abc import Iterable, Iterator

from app.analysis.verdicts import Finding, Verdict
from app.analysis.wording import names
from app.engine import Diagram, Node
from app.foundation.text import lazy_gettext

#: What happens to the caller, too. What is only drawn wrong is told of the called file itself.
_SPREADS = {
    Verdict.DEADLOCK,
    Verdict.LIVELOCK,
    Verdict.UNBOUNDED,
    Verdict.MULTIPLE_MERGE,
    Verdict.GAVE_UP,
}


def lifted(found: Finding, diagram: Diagram, call: Node, way: tuple[str, ...]) -> Iterator[Finding]:
    """The finding of a called process as one of the call activity that `way` leads to."""
    if found.verdict not in _SPREADS:
        return
    process, here = call.called or "", call.id or ""
    arrived = tuple(id_ for id_ in way if id_ in diagram.by_id)
    yield Finding(
        verdict=found.verdict,
        elements=(here,),
        trace=(
            *arrived,
            *(() if here in arrived[-1:] else (here,)),
            *_inside(process, found.trace),
        ),
        flows=(*(id_ for id_ in way if id_ not in diagram.by_id), *_inside(process, found.flows)),
        marking=tuple(_inside(process, found.marking)),
        sentence=lazy_gettext(
            "In the process that %(step)s calls: %(sentence)s",
            step=names(diagram, (here,)),
            sentence=found.sentence,
        ),
        hint=found.hint,
    )


def _inside(process: str, ids: Iterable[str]) -> Iterator[str]:
    """Ids as the caller knows them; what is called from there has such names already."""
    return (id_ if "/" in id_ else f"{process}/{id_}" for id_ in ids)
