"""The way of a dossier through its diagram, as people tell it: who does what, in which order."""

from collections import deque
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from app.domain.dossiers.status import Status
from app.domain.people.model import APPLICANT
from app.engine import Definition, Step


def way_to_result(definition: Definition) -> tuple[Step, ...]:
    """What officers do from the start to the result, in order; side ways are left out.

    A step belongs to the way if an end with the status “result returned” can be reached from it
    without a step of the applicant, who is asked only when something is missing.
    """
    forward = _neighbours(definition)
    starts = [step.id for step in definition.steps.values() if step.kind == "start"]
    order = _distances(forward, starts)
    good = _distances(_reversed(forward), _good_ends(definition))
    on_way = [one for one in order if one in good and definition.steps[one].kind == "user"]
    return tuple(definition.steps[one] for one in sorted(on_way, key=lambda one: order[one]))


def still_to_come(definition: Definition, open_steps: Collection[str]) -> tuple[Step, ...]:
    """The steps of the way that probably follow those open now."""
    way = way_to_result(definition)
    places = {step.id: place for place, step in enumerate(way)}
    if not open_steps:
        return ()
    reached = _distances(_neighbours(definition, applicant=True), list(open_steps))
    last = max((places[step] for step in open_steps if step in places), default=-1)
    return tuple(
        step
        for step in way
        if places[step.id] > last and step.id in reached and step.id not in open_steps
    )


def hours_of(step: Step) -> Decimal | None:
    """Working hours of a step; None where there are none or they depend on the dossier."""
    try:
        return Decimal(step.working_hours) if step.working_hours else None
    except InvalidOperation:
        return None


def _neighbours(definition: Definition, *, applicant: bool = False) -> Mapping[str, list[str]]:
    """What follows each element; steps of the applicant are no way through unless asked for."""
    followers: dict[str, list[str]] = {one: [] for one in definition.steps}
    for flow in definition.diagram.flows:
        if flow.source in followers and flow.target in followers:
            followers[flow.source].append(flow.target)
    for node in definition.diagram.nodes:
        if node.attached_to in followers and node.id in followers:
            followers[node.attached_to].append(node.id)
    if not applicant:
        for step in definition.steps.values():
            if step.roles == APPLICANT:
                followers[step.id] = []
    return followers


def _reversed(followers: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    turned: dict[str, list[str]] = {one: [] for one in followers}
    for source, targets in followers.items():
        for target in targets:
            turned[target].append(source)
    return turned


def _good_ends(definition: Definition) -> list[str]:
    ends = [step for step in definition.steps.values() if step.kind == "end"]
    good = [step.id for step in ends if step.status in (None, Status.RETURNED_RESULT)]
    return good or [step.id for step in ends]


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
