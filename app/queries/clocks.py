"""What the clocks of a dossier are counted with, where they stand, and what holds them."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.dossiers.clock import Clocks, Pause
from app.domain.dossiers.clock_rules import Hold, Law
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Channel, Status
from app.domain.people.model import APPLICANT
from app.domain.procedures.cases import Case
from app.engine import Definition, Outcome, clock_at
from app.worktime import Term, WorkingCalendar


def law_of(dossier: Dossier | Any, calendar: WorkingCalendar) -> Law:
    """What the dates of a dossier are counted with; any row with `LAW_COLUMNS`.

    The law is that of the version it was handed in under, whatever version it runs on now.
    """
    return Law(
        online=dossier.channel is Channel.ONLINE,
        term=Term(amount=dossier.term_amount, unit=dossier.term_unit),
        supplement_clock=dossier.supplement_clock,
        calendar=calendar,
    )


def law_for(case: Case, channel: Channel, calendar: WorkingCalendar) -> Law:
    """What the dates of a new dossier will be counted with."""
    return Law(
        online=channel is Channel.ONLINE,
        term=case.term,
        supplement_clock=case.supplement_clock,
        calendar=calendar,
    )


def holds_of(definition: Definition, outcome: Outcome) -> Iterator[Hold]:
    """Everything that waits after a run and keeps the term waiting (spec §3.4).

    The applicant's steps do, whatever they are called: their time is not the office's.
    """
    waits = [
        *((task.step, APPLICANT in task.roles) for task in outcome.open),
        *((wait.step, False) for wait in outcome.waiting if wait.attached_to is None),
        *((timer.step, False) for timer in outcome.timers if timer.attached_to is None),
    ]
    for step, is_applicants in waits:
        if pause := _PAUSES.get(definition.steps[step].status or 0):
            yield Hold(pause=pause, step=step)
        elif is_applicants or clock_at(definition, step) != "run":
            yield Hold(pause=Pause.STEP, step=step)


_PAUSES: Mapping[int, Pause] = {
    Status.SUPPLEMENT_REQUESTED: Pause.SUPPLEMENT,
    Status.AWAITING_PAYMENT: Pause.PAYMENT,
}


#: What `law_of` reads.
LAW_COLUMNS = (
    Dossier.channel,
    Dossier.term_amount,
    Dossier.term_unit,
    Dossier.supplement_clock,
)
#: What `clocks_of` reads.
CLOCK_COLUMNS = (
    Dossier.clock,
    Dossier.due_at_current,
    Dossier.due_at_original,
    Dossier.reception_started_at,
    Dossier.reception_due_at,
    Dossier.reception_met_at,
    Dossier.paused_at,
    Dossier.paused_for,
)


def clocks_of(dossier: Dossier | Any) -> Clocks:
    """The clocks as the row has them; any row with `CLOCK_COLUMNS`."""
    return Clocks(
        state=dossier.clock,
        due_at_current=dossier.due_at_current,
        due_at_original=dossier.due_at_original,
        reception_started_at=dossier.reception_started_at,
        reception_due_at=dossier.reception_due_at,
        reception_met_at=dossier.reception_met_at,
        paused_at=dossier.paused_at,
        paused_for=dossier.paused_for,
    )
