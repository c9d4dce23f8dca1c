"""The working hours that the law gives a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from app import feel
from app.engine import Step

#: Whose time is not the authority's (spec SLA): the citizen, who completes the dossier or pays.
APPLICANT = "applicant"
#: What decides where a step has other hours online (spec Q-04).
CHANNEL, ONLINE = "channel", "online"


class Counting(Enum):
    """How the hours of a step count."""

    COUNTED = "counted"
    #: The statutory clock stands still, or the citizen is at work.
    PAUSED = "paused"
    #: The hours depend on variables that were not given.
    DEPENDS = "depends"
    #: A person works here, and no hours are written.
    MISSING = "missing"
    #: The platform does it at once.
    AUTOMATIC = "automatic"


@dataclass(frozen=True, kw_only=True)
class Allotted:
    """The hours of one step under given variables."""

    counting: Counting
    hours: Decimal = Decimal(0)
    #: Variables that decide and were not given.
    depends_on: frozenset[str] = frozenset()


def allotted(step: Step, variables: Mapping[str, object]) -> Allotted:
    """What a step takes from the legal term. Hours that make no sense count as missing."""
    if step.clock != "run" or step.roles == APPLICANT:
        return Allotted(counting=Counting.PAUSED)
    if step.working_hours is None:
        by_hand = step.kind == "user"
        return Allotted(counting=Counting.MISSING if by_hand else Counting.AUTOMATIC)
    if step.working_hours_online is None:
        return _written(step.working_hours, variables)
    if CHANNEL not in variables:
        return Allotted(counting=Counting.DEPENDS, depends_on=frozenset({CHANNEL}))
    online = variables[CHANNEL] == ONLINE
    return _written(step.working_hours_online if online else step.working_hours, variables)


def as_written(step: Step) -> str | None:
    """The hours as the analyst wrote them, those for online dossiers behind the others."""
    if step.working_hours_online is None:
        return step.working_hours
    return f"{step.working_hours} / {ONLINE}: {step.working_hours_online}"


def _written(text: str, variables: Mapping[str, object]) -> Allotted:
    compiled = feel.compile_zeebe(text)
    if compiled is None:
        return _counted(text)
    unknown = compiled.names - variables.keys()
    if unknown:
        return Allotted(counting=Counting.DEPENDS, depends_on=unknown)
    try:
        return _counted(compiled.evaluate(variables))
    except feel.FeelError:
        return Allotted(counting=Counting.MISSING)


def _counted(value: object) -> Allotted:
    try:
        hours = Decimal(str(value))
    except InvalidOperation:
        return Allotted(counting=Counting.MISSING)
    if not hours.is_finite() or hours <= 0:
        return Allotted(counting=Counting.MISSING)
    return Allotted(counting=Counting.COUNTED, hours=hours)
