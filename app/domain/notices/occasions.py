"""What is told of which event: one table, and one notice for each audience of an act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.dossiers.status import Status
from app.domain.journal.events import RUNS, Event
from app.domain.notices.kinds import KINDS, WEIGHTS, Audience, Kind

#: The status that a dossier has come to.
_ARRIVED: Mapping[Status, str] = {
    Status.RECEIVED: "dossier-received",
    Status.IN_PROGRESS: "dossier-received",
    Status.REFUSED: "dossier-refused",
    Status.SUPPLEMENT_REQUESTED: "supplement-requested",
    Status.AWAITING_PAYMENT: "payment-requested",
    Status.WITHDRAWN: "dossier-withdrawn",
    Status.STOPPED: "processing-stopped",
    Status.RESULT_READY: "result-ready",
    Status.RETURNED_RESULT: "result-returned",
}
#: Where it matters whence it came; an empty word tells nothing.
_MOVED: Mapping[tuple[Status, Status], str] = {
    (Status.RECEIVED, Status.IN_PROGRESS): "",
    (Status.SUPPLEMENT_REQUESTED, Status.SUBMITTED): "supplement-received",
    (Status.SUPPLEMENT_REQUESTED, Status.RECEIVED): "supplement-received",
    (Status.SUPPLEMENT_REQUESTED, Status.IN_PROGRESS): "supplement-received",
    (Status.AWAITING_PAYMENT, Status.SUBMITTED): "payment-received",
    (Status.AWAITING_PAYMENT, Status.RECEIVED): "payment-received",
    (Status.AWAITING_PAYMENT, Status.IN_PROGRESS): "payment-received",
}
#: Events that are told whatever the status.
_HAPPENED: Mapping[Event, str] = {
    Event.PAYMENT_DEMANDED: "payment-requested",
    Event.PAYMENT_RECEIVED: "payment-received",
    Event.DATE_REAPPOINTED: "date-reappointed",
    Event.DOSSIER_CLAIMED: "dossier-claimed",
    Event.APOLOGY_DRAFTED: "apology-waiting",
    Event.STEP_WARNED: "step-warned",
    Event.STEP_OVERDUE: "step-overdue",
    Event.STEP_ESCALATED: "step-escalated",
    Event.RECEPTION_WARNED: "reception-warned",
    Event.RECEPTION_OVERDUE: "reception-overdue",
    Event.TERM_WARNED: "term-warned",
    Event.TERM_OVERDUE: "term-overdue",
}


#: What the carrier says of a parcel with a result.
_CARRIED: Mapping[str, tuple[str, ...]] = {
    "accepted": ("parcel-sent",),
    "returned": ("parcel-returned", "parcel-unfinished"),
    "failed": ("parcel-returned", "parcel-unfinished"),
}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of the journal, about to be told."""

    event: Event
    told: Mapping[str, Any]
    #: Its number in the dossier's journal.
    seq: int
    #: The status before a run of the engine; None where the dossier only begins.
    before: Status | None = None
    #: What the steps that it opened name themselves.
    named: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What is to be told, and the entry that says it."""

    kind: Kind
    happening: Happening


def occasions_of(act: Iterable[Happening]) -> tuple[Occasion, ...]:
    """What one act leads to: the most telling notice for each audience."""
    found: dict[Audience, Occasion] = {}
    for happening in act:
        for kind in _kinds_of(happening):
            known = found.get(kind.audience)
            if known is None or WEIGHTS[kind.key] >= WEIGHTS[known.kind.key]:
                found[kind.audience] = Occasion(kind=kind, happening=happening)
    return tuple(found.values())


def _kinds_of(happening: Happening) -> Iterable[Kind]:
    if happening.event in RUNS:
        keys = [*filter(KINDS.__contains__, happening.named), _of_status(happening)]
        if happening.event is Event.DOSSIER_WITHDRAWN:
            keys += ["work-withdrawn", "refund-asked" if happening.told["refund"] else ""]
    elif happening.event is Event.DUE_DATES_MOVED:
        moved = happening.told["due_at"] != happening.told["due_before"]
        keys = ["date-moved"] if moved else []
    elif happening.event is Event.PARCEL_MOVED:
        keys = [*_CARRIED.get(happening.told["state"], ())]
    elif happening.event is Event.PARCEL_BLOCKED:
        left = happening.told["reason"] == "not_prepared"
        keys = ["parcel-unfinished" if left else "parcel-blocked"]
    elif happening.event is Event.FILE_QUARANTINED:
        # An officer's own paper is no matter of the applicant's.
        keys = ["file-quarantined"] if happening.told["handed_in"] else []
    else:
        keys = [_HAPPENED.get(happening.event, "")]
    return [KINDS[key] for key in keys if key]


def _of_status(happening: Happening) -> str:
    if happening.told.get("returned"):
        return "send-again"
    after = Status(happening.told["status"])
    if happening.before is None and after is Status.SUBMITTED:
        return "dossier-submitted"
    if happening.before is after:
        return ""
    if happening.before is not None and (happening.before, after) in _MOVED:
        return _MOVED[happening.before, after]
    return _ARRIVED.get(after, "")
