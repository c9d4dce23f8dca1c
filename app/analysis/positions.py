"""From tokens in the middle of a diagram: can the process still end as it should?

A diagram is proven from its start. An instance that was begun in another diagram may stand where
no play of this one comes to, for example on one of two branches that join. So its own position is
played to the end, thread by thread, with the same rules.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.analysis.elements import is_known, net_from
from app.analysis.exploration import Play, explore
from app.analysis.reduction import reduced
from app.analysis.soundness import MOST_MARKINGS
from app.analysis.threads import Thread, thread_from
from app.analysis.verdicts import Verdict
from app.engine import Diagram, Node
from app.engine.migrating import Level, Token


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What will become of a position."""

    #: SOUND, DEADLOCK, LIVELOCK, MULTIPLE_MERGE or GAVE_UP.
    verdict: Verdict
    #: Ids of the elements that it is about.
    elements: tuple[str, ...] = ()


#: More tokens than this on one side path are not dealt to its rings.
MOST_DEALT = 10
GOOD = Prospect(verdict=Verdict.SOUND)


def prospect(diagram: Diagram, level: Level, *, most_markings: int = MOST_MARKINGS) -> Prospect:
    """The gravest that can happen on a level, whatever people and clocks decide. Never raises.

    Side paths that a non-interrupting event opens are threads of their own, once for each ring.
    """
    found = [GOOD]
    placed: set[Token] = set()
    for thread in _threads(diagram, level.container):
        tokens = [token for token in level.tokens if token.element in thread.nodes]
        placed.update(tokens)
        found.append(_of_thread(thread, tokens, most_markings))
    strangers = tuple(token.element for token in level.tokens if token not in placed)
    if strangers:
        found.append(Prospect(verdict=Verdict.GAVE_UP, elements=strangers))
    return min(found, key=lambda one: one.verdict.gravity)


def _threads(diagram: Diagram, container: str | None) -> Iterator[Thread]:
    """The main thread of a level and all that branch off from it, each once."""
    starts = [node for node in diagram.inside(container) if node.tag == "startEvent"]
    todo: list[Node] = starts[:1]
    known = {node.id for node in todo}
    for entry in todo:
        thread = thread_from(diagram, entry)
        yield thread
        new = [bell for bells in thread.bells.values() for bell in bells if bell.id not in known]
        known.update(bell.id for bell in new)
        todo += new


def _of_thread(thread: Thread, tokens: list[Token], most: int) -> Prospect:
    strange = tuple(n.id or "" for n in thread.ordered if not is_known(thread.diagram, n))
    if strange and tokens:
        return Prospect(verdict=Verdict.GAVE_UP, elements=strange)
    together = _played(thread, tokens, most)
    if thread.entry.tag == "boundaryEvent" and together is not GOOD:
        return GOOD if _are_rings(thread, tokens, most) else together
    return together


def _are_rings(thread: Thread, tokens: Sequence[Token], most: int) -> bool:
    """Whether the tokens can be dealt to several rings of the event, each of which can end."""
    if not tokens or len(tokens) > MOST_DEALT:
        return not tokens
    first, *others = tokens
    for size in range(len(tokens)):
        for chosen in dict.fromkeys(combinations(others, size)):
            rest = list((Counter(others) - Counter(chosen)).elements())
            ring = [first, *chosen]
            if _played(thread, ring, most) is GOOD and _are_rings(thread, rest, most):
                return True
    return False


def _played(thread: Thread, tokens: list[Token], most: int) -> Prospect:
    if not tokens:
        return GOOD
    net = net_from(thread, tokens)
    play = explore(reduced(net, ignore_terminate=True), most=most)
    if _judged(play) is GOOD:
        return GOOD
    # An end that takes all tokens away may be what saves it.
    return _judged(explore(reduced(net, ignore_terminate=False), most=most))


def _judged(play: Play) -> Prospect:
    if stuck := play.stuck():
        return Prospect(verdict=Verdict.DEADLOCK, elements=play.elements(stuck[0]))
    if trapped := play.trapped():
        return Prospect(verdict=Verdict.LIVELOCK, elements=play.elements(trapped[0]))
    if play.doublings:
        place = play.doublings[0].place
        return Prospect(
            verdict=Verdict.MULTIPLE_MERGE, elements=play.net.places[place].elements[:1]
        )
    return Prospect(verdict=Verdict.GAVE_UP) if play.gave_up else GOOD
