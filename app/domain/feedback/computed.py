"""Criteria 1 to 4: what the record of a dossier answers by itself, with the facts behind each.

The spec says what is looked at and that it gives 2, 1 or 0 points (L-14); where the steps between
them lie is decided here and explained in docs/adr/0024. Whoever changes a rule changes `RULES`:
every rating names the rules that it was counted by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.feedback.criteria import Criterion
from app.worktime import Timeliness, classify

#: Name of the rules below.
RULES = "2026-1"
_TENTHS = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class TermFacts:
    """The promise and when the office was done."""

    #: The date promised on the receipt, moved by pauses only: an apology sets no other (spec L-06).
    due_at: datetime | None
    finished_at: datetime
    #: Whether a leader had to promise another date.
    reappointed: bool = False
    #: Whether the office answered within the time for reception; None where there was none.
    received_in_time: bool | None = None


@dataclass(frozen=True, kw_only=True)
class StepTime:
    """A step of an office that had a time of its own, in working hours of that office."""

    unit: str
    allowed: Decimal
    used: Decimal
    #: Whether it was not done when it was due.
    late: bool


@dataclass(frozen=True, kw_only=True)
class Contact:
    """An entry of the journal in which the applicant was asked to come back."""

    seq: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Computed:
    """Points of one criterion; `facts` are plain JSON and say why."""

    criterion: Criterion
    points: int
    facts: Mapping[str, Any]


_BY_TIME = {Timeliness.EARLY: 2, Timeliness.ON_TIME: 1, Timeliness.OVERDUE: 0}
#: Points by how often the applicant was asked; more often gives none.
_BY_CONTACTS = {0: 2, 1: 1}
#: Points by how many agencies he had to deal with; more give none.
_BY_AGENCIES = {0: 2, 1: 2, 2: 1}


def total_time(term: TermFacts) -> Computed:
    """Criterion 1: done before the day promised 2, on that day 1, later 0.

    Without a promise the dossier is on time (spec L-10), unless its reception was late.
    """
    timeliness = classify(term.finished_at, term.due_at, term.finished_at).by_date
    if term.due_at is None and term.received_in_time is False:
        timeliness = Timeliness.OVERDUE
    facts = {
        "due_at": term.due_at.isoformat() if term.due_at else None,
        "finished_at": term.finished_at.isoformat(),
        "timeliness": timeliness.value,
        "reappointed": term.reappointed,
        "received_in_time": term.received_in_time,
    }
    return Computed(criterion=Criterion.TOTAL_TIME, points=_BY_TIME[timeliness], facts=facts)


def unit_time(steps: Sequence[StepTime]) -> Computed:
    """Criterion 2: the unit that did worst counts.

    All steps in time 2; a step late, but no more used in all than the unit had in all 1; more 0.
    Where no step had a time of its own nothing was early and nothing late: 1.
    """
    units: dict[str, list[StepTime]] = {}
    for step in steps:
        units.setdefault(step.unit, []).append(step)
    told = [_of_unit(unit, own) for unit, own in units.items()]
    points = min((one["points"] for one in told), default=_BY_TIME[Timeliness.ON_TIME])
    return Computed(criterion=Criterion.UNIT_TIME, points=points, facts={"units": told})


def _of_unit(unit: str, steps: Sequence[StepTime]) -> dict[str, Any]:
    allowed = sum((step.allowed for step in steps), Decimal(0))
    used = sum((step.used for step in steps), Decimal(0))
    late = sum(step.late for step in steps)
    points = 0 if used > allowed else 1 if late else 2
    return {
        "unit": unit,
        "steps": len(steps),
        "late": late,
        "allowed": _told(allowed),
        "used": _told(used),
        "points": points,
    }


def contacts(asked: Sequence[Contact]) -> Computed:
    """Criterion 3: never asked to come back 2, once 1, more often 0."""
    facts = {"asked": [{"seq": one.seq, "at": one.at.isoformat()} for one in asked]}
    points = _BY_CONTACTS.get(len(asked), 0)
    return Computed(criterion=Criterion.CONTACTS, points=points, facts=facts)


def agencies(names: Sequence[str]) -> Computed:
    """Criterion 4: one agency 2, two 1, more 0. Agencies that offices ask do not count."""
    points = _BY_AGENCIES.get(len(names), 0)
    return Computed(criterion=Criterion.AGENCIES, points=points, facts={"agencies": list(names)})


def _told(hours: Decimal) -> str:
    return f"{hours.quantize(_TENTHS).normalize():f}"
