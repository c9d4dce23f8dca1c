"""The way of a dossier through its diagram, as people tell it: who does what, in which order."""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from app.analysis import Counting
from app.analysis.hours import allotted
from app.domain.dossiers.status import Status
from app.domain.people.model import APPLICANT
from app.engine import Definition, Step
from app.queries.graph import Graph, graph_of


def way_to_result(definition: Definition) -> tuple[Step, ...]:
    """What officers do from the start to the result, in order; side ways are left out.

    A step belongs to the way if an end with the status “result returned” can be reached from it
    without a step of the applicant, who is asked only when something is missing, and if every
    question on the way to it has the good outcome. What officers do in called processes is part
    of it.
    """
    graph = graph_of(definition)
    forward = _neighbours(definition, graph)
    good = _distances(_reversed(forward), _good_ends(definition, graph))
    straight = _neighbours(definition, _without_detours(graph, good))
    order = _distances(straight, _outermost(definition, graph, "start"))
    on_way = [one for one in order if one in good and definition.steps[one].kind == "user"]
    return tuple(definition.steps[one] for one in sorted(on_way, key=lambda one: order[one]))


def still_to_come(definition: Definition, open_steps: Collection[str]) -> tuple[Step, ...]:
    """The steps of the way that probably follow those open now."""
    way = way_to_result(definition)
    places = {step.id: place for place, step in enumerate(way)}
    if not open_steps:
        return ()
    reached = _distances(
        _neighbours(definition, graph_of(definition), applicant=True), list(open_steps)
    )
    last = max((places[step] for step in open_steps if step in places), default=-1)
    return tuple(
        step
        for step in way
        if places[step.id] > last and step.id in reached and step.id not in open_steps
    )


def hours_of(step: Step, case: str) -> Decimal | None:
    """Working hours of a step in a case; None where there are none or they depend on more."""
    part = allotted(step, {"case": case})
    return part.hours if part.counting is Counting.COUNTED else None


def _neighbours(
    definition: Definition, graph: Graph, *, applicant: bool = False
) -> Mapping[str, list[str]]:
    """What follows each element; steps of the applicant are no way through unless asked for.

    A sub-process or call activity leads to its start, and its ends lead to what follows it.
    """
    followers: dict[str, list[str]] = {one: [] for one in definition.steps}
    for edge in graph.edges:
        for source in _ways_out(definition, graph, edge.source):
            followers[source].append(edge.target)
    for outer, elements in graph.inside.items():
        followers[outer] += [one for one in elements if definition.steps[one].kind == "start"]
    for host, bells in graph.bells.items():
        followers[host] += bells
    if not applicant:
        for step in definition.steps.values():
            if step.roles == APPLICANT:
                followers[step.id] = []
    return followers


def _without_detours(graph: Graph, good: Collection[str]) -> Graph:
    """The graph in which each gateway goes its default way, where that leads to a good end."""
    chosen = {
        edge.source: edge.id
        for edge in graph.edges
        if graph.defaults.get(edge.source) == edge.id and edge.target in good
    }
    edges = (edge for edge in graph.edges if chosen.get(edge.source, edge.id) == edge.id)
    return replace(graph, edges=tuple(edges))


def _ways_out(definition: Definition, graph: Graph, element: str) -> list[str]:
    """Where a token comes from that leaves an element: for one with an inside, from its ends."""
    if element not in graph.inside:
        return [element]
    return [one for one in graph.inside[element] if definition.steps[one].kind == "end"]


def _reversed(followers: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    turned: dict[str, list[str]] = {one: [] for one in followers}
    for source, targets in followers.items():
        for target in targets:
            turned[target].append(source)
    return turned


def _outermost(definition: Definition, graph: Graph, kind: str) -> list[str]:
    """The elements of a kind that lie in no sub-process and no called process."""
    inner = graph.around.keys()
    return [one.id for one in definition.steps.values() if one.kind == kind and one.id not in inner]


def _good_ends(definition: Definition, graph: Graph) -> list[str]:
    ends = _outermost(definition, graph, "end")
    good = [one for one in ends if definition.steps[one].status in (None, Status.RETURNED_RESULT)]
    return good or ends


def _distances(followers: Mapping[str, list[str]], begin: list[str]) -> dict[str, int]:
    """How many steps away everything reachable is; insertion order is the order of discovery."""
    found = dict.fromkeys(begin, 0)
    waiting = deque(begin)
    while waiting:
        here = waiting.popleft()
        for after in followers.get(here, ()):
            if after not in found:
                found[after] = found[here] + 1
                waiting.append(after)
    return found
