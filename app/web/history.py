"""Journal entries in plain words: one sentence for each event, whoever reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.dossiers.clock import Pause
from app.domain.dossiers.status import Status
from app.domain.dossiers.told_by_officers import REASONS as OFFICERS_REASONS
from app.domain.dossiers.withdrawal import REASON as WITHDRAWAL_REASON
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.procedures.cases import SupplementClock
from app.foundation.text import gettext
from app.queries.lineage import Lineage
from app.web.filters import date_vn, datetime_vn
from app.web.notice_words import kind_word, way_word
from app.web.payment_history import PAYMENT_SENTENCES
from app.web.postal_history import POSTAL_SENTENCES
from app.web.words import status_word
from app.worktime import Timeliness

#: What citizens are not bothered with: who took which work from a queue, and our own troubles.
INTERNAL = frozenset(
    {
        Event.TASK_CLAIMED,
        Event.TASK_RELEASED,
        Event.RECEPTION_MET,
        Event.APOLOGY_DRAFTED,
        Event.APOLOGY_EDITED,
        Event.APOLOGY_REJECTED,
        Event.STEP_WARNED,
        Event.STEP_OVERDUE,
        Event.STEP_ESCALATED,
        Event.RECEPTION_ESCALATED,
        Event.TERM_ESCALATED,
        Event.RECEPTION_WARNED,
        Event.TERM_WARNED,
        Event.VERSION_MIGRATED,
        Event.NOTICE_SENT,
        Event.NOTICE_FAILED,
        Event.INCIDENT_RAISED,
        Event.INCIDENT_RETRIED,
        Event.PARCEL_BLOCKED,
    }
)
#: The answer that gives the reason for a status, whoever gives it.
REASONS = OFFICERS_REASONS | {Status.WITHDRAWN: WITHDRAWAL_REASON}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a timeline, see `components/journey.html`."""

    at: datetime
    text: str
    who: str
    note: str


def _submitted(told: dict[str, Any], _step: str) -> str:
    code = told.get("code", "")
    if acting := told.get("authorisation"):
        owner = (told.get("applicant") or {}).get("name", "")
        return gettext(
            "Handed in by %(submitter)s for %(owner)s, code %(code)s",
            submitter=acting.get("name", ""),
            owner=owner,
            code=code,
        )
    if told.get("channel") == "counter":
        return gettext("Handed in at the counter, code %(code)s", code=code)
    if told.get("supersedes"):
        return gettext(
            "Sent, code %(code)s, instead of dossier %(old)s", code=code, old=told["supersedes"]
        )
    return gettext("Sent, code %(code)s", code=code)


def _completed(told: dict[str, Any], step: str) -> str:
    if told.get("on_behalf"):
        return gettext("%(step)s: done at the counter for the applicant", step=step)
    if told.get("returned"):
        return gettext(
            "%(step)s: the dossier is given back, to be sent again as a new one", step=step
        )
    return gettext("%(step)s: done", step=step)


def _withdrawn(told: dict[str, Any], _step: str) -> str:
    if told.get("on_behalf"):
        return gettext("Withdrawn at the counter for the applicant")
    if told.get("refund"):
        return gettext("Withdrawn by the applicant; the fee paid in advance is asked back")
    return gettext("Withdrawn by the applicant")


def _dates_moved(told: dict[str, Any], _step: str) -> str:
    reason = told.get("reason", "")
    if not _moved_result(told) and not told.get("steps"):
        return gettext(
            "The date %(day)s stays, counted with days that are settled by now: %(reason)s",
            day=date_vn(_moment(told.get("due_at"))),
            reason=reason,
        )
    if not _moved_result(told):
        return gettext("Steps are due at another time: %(reason)s", reason=reason)
    return gettext(
        "The result is due on %(after)s instead of %(before)s: %(reason)s",
        before=date_vn(_moment(told["due_before"])),
        after=date_vn(_moment(told["due_at"])),
        reason=reason,
    )


def _moved_result(told: dict[str, Any]) -> bool:
    """Whether the citizen's own date has moved."""
    return bool(_moment(told.get("due_at"))) and told["due_at"] != told.get("due_before")


def _moment(text: object) -> datetime | None:
    """A recorded moment; nothing where somebody has damaged the record."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _incident(told: dict[str, Any], step: str) -> str:
    if not told.get("step") or told.get("reason") == "nothing-open":
        return gettext("The process stands still")
    return gettext("%(step)s: the diagram cannot go on", step=step)


def _reception_begins(told: dict[str, Any], _step: str) -> str:
    if due := _when(told, "due_at"):
        return gettext("To be received by %(when)s", when=due)
    return gettext("Result to be expected by %(when)s", when=_when(told, "expected_at"))


def _answered(told: dict[str, Any], _step: str) -> str:
    if told.get("answer") == Status.WITHDRAWN:
        return gettext("The time for reception ends with the withdrawal")
    if told.get("in_time"):
        return gettext("Answered within the time for reception")
    return gettext("Answered after the time for reception")


def _paused(told: dict[str, Any], step: str) -> str:
    if told.get("reason") == Pause.SUPPLEMENT.value:
        return gettext("The clock waits for the supplement")
    if told.get("reason") == Pause.PAYMENT.value:
        return gettext("The clock waits for the payment")
    return gettext("The clock waits: %(step)s", step=step)


def _resumed(told: dict[str, Any], _step: str) -> str:
    due = _when(told, "due_at")
    if told.get("mode") == SupplementClock.RESTART.value:
        return gettext("A new term begins; result due by %(when)s", when=due)
    return gettext("The clock goes on; result due by %(when)s", when=due)


def _escalated(told: dict[str, Any], what: str) -> str:
    unit = told.get("unit")
    if not unit:
        return gettext("%(step)s: late, and no superior to tell", step=what)
    if told.get("asked", told["role"]) != told["role"]:
        return gettext(
            "%(step)s: late, the next superior in %(unit)s was told, since nobody holds the role",
            step=what,
            unit=unit,
        )
    return gettext("%(step)s: late, a superior in %(unit)s was told", step=what, unit=unit)


def _stopped_by_withdrawal(told: dict[str, Any]) -> str:
    """No answer of the office's, so it was neither early nor on time; but it may have been late."""
    if told.get("by_date") == Timeliness.OVERDUE.value:
        return gettext("The clock ends with the withdrawal; the promised date had passed")
    return gettext("The clock ends with the withdrawal")


def _stopped(told: dict[str, Any], _step: str) -> str:
    said = {
        Timeliness.EARLY.value: gettext("Done early"),
        Timeliness.ON_TIME.value: gettext("Done on time"),
        Timeliness.OVERDUE.value: gettext("Done late"),
    }
    return said.get(told.get("by_date", ""), gettext("The clock stops"))


def _rated(told: dict[str, Any], _step: str) -> str:
    if told.get("again"):
        return gettext("The applicant changed the rating: %(total)s points", total=told["total"])
    return gettext(
        "The applicant rated the handling: %(total)s points", total=told.get("total", "")
    )


def _when(told: dict[str, Any], name: str) -> str:
    """A moment of an entry in words; nothing where the entry is erased or damaged."""
    return datetime_vn(_moment(told.get(name)))


#: How each event is said; the second argument is the name of its step.
SENTENCES: dict[Event, Callable[[dict[str, Any], str], str]] = {
    Event.DOSSIER_SUBMITTED: _submitted,
    Event.TASK_CLAIMED: lambda _told, step: gettext("%(step)s: taken by an officer", step=step),
    Event.TASK_RELEASED: lambda _told, step: gettext("%(step)s: given back", step=step),
    Event.TASK_COMPLETED: _completed,
    Event.SERVICE_COMPLETED: lambda _told, step: gettext("%(step)s: done by itself", step=step),
    Event.TIMER_FIRED: lambda _told, step: gettext("Time has run out: %(step)s", step=step),
    Event.MESSAGE_DELIVERED: lambda told, step: gettext(
        "%(step)s: “%(name)s” has arrived", step=step, name=told.get("name", "")
    ),
    Event.DOSSIER_WITHDRAWN: _withdrawn,
    Event.VERSION_MIGRATED: lambda told, _step: gettext(
        "Goes on under version %(new)s of the procedure, after version %(old)s",
        new=told.get("to_version", ""),
        old=told.get("from_version", ""),
    ),
    Event.RECEPTION_STARTED: _reception_begins,
    Event.RECEPTION_MET: _answered,
    Event.DUE_DATE_SET: lambda told, _step: gettext(
        "Result promised by %(when)s", when=_when(told, "due_at")
    ),
    Event.CLOCK_PAUSED: _paused,
    Event.CLOCK_RESUMED: _resumed,
    Event.CLOCK_STOPPED: _stopped,
    Event.STEP_WARNED: lambda _told, step: gettext("%(step)s: most of the time is used", step=step),
    Event.STEP_OVERDUE: lambda _told, step: gettext("%(step)s: late", step=step),
    Event.STEP_ESCALATED: _escalated,
    Event.RECEPTION_WARNED: lambda _told, _step: gettext("Most of the time for reception is used"),
    Event.RECEPTION_OVERDUE: lambda _told, _step: gettext("Not received in time"),
    Event.TERM_WARNED: lambda _told, _step: gettext("Most of the term is used"),
    Event.TERM_OVERDUE: lambda _told, _step: gettext("The result is late"),
    Event.RECEPTION_ESCALATED: lambda told, _step: _escalated(told, gettext("Reception")),
    Event.TERM_ESCALATED: lambda told, _step: _escalated(told, gettext("The result")),
    Event.DUE_DATES_MOVED: _dates_moved,
    Event.APOLOGY_DRAFTED: lambda told, _step: gettext(
        "A letter of apology waits for approval; proposed date: %(when)s",
        when=_when(told, "due_at"),
    ),
    Event.APOLOGY_EDITED: lambda told, _step: gettext(
        "The draft of the letter was changed; proposed date: %(when)s", when=_when(told, "due_at")
    ),
    Event.APOLOGY_REJECTED: lambda told, _step: gettext(
        "The letter of apology was rejected: %(reason)s", reason=told.get("reason", "")
    ),
    Event.DATE_REAPPOINTED: lambda told, _step: gettext(
        "The office apologises: the result is promised by %(after)s instead of %(before)s",
        after=_when(told, "due_at"),
        before=_when(told, "due_before"),
    ),
    **PAYMENT_SENTENCES,
    **POSTAL_SENTENCES,
    Event.NOTICE_SENT: lambda told, _step: gettext(
        "Told by %(channel)s: %(kind)s", channel=way_word(told), kind=kind_word(told)
    ),
    Event.NOTICE_FAILED: lambda told, _step: gettext(
        "Could not be told by %(channel)s: %(kind)s",
        channel=way_word(told),
        kind=kind_word(told),
    ),
    Event.INCIDENT_RAISED: _incident,
    Event.INCIDENT_RETRIED: lambda _told, step: gettext("%(step)s: tried again", step=step),
    Event.DOSSIER_CLAIMED: lambda _told, _step: gettext("Taken into the account of the applicant"),
    Event.DOSSIER_SUPERSEDED: lambda told, _step: gettext(
        "Sent again as dossier %(code)s", code=told.get("code", "")
    ),
    Event.FILE_QUARANTINED: lambda told, _step: gettext(
        "A file with malicious software (%(threat)s) was put into quarantine",
        threat=told.get("threat", ""),
    ),
    Event.FILE_RELEASED: lambda _told, _step: gettext(
        "A file was checked again, found clean, and let out of quarantine"
    ),
    Event.DOSSIER_RATED: _rated,
}


def sentence(entry: JournalEntry, lineage: Lineage, *, status: int) -> str:
    """The event in the reader's language; an erased payload leaves the bare event.

    `status` is the one that the dossier has with it.
    """
    told = entry.payload or {}
    if entry.event is Event.CLOCK_STOPPED and status == Status.WITHDRAWN:
        return _stopped_by_withdrawal(told)
    key, steps = told.get("step", ""), lineage.at(entry.seq).definition.steps
    step = steps[key].name if key in steps else key
    return SENTENCES[entry.event](told, step or gettext("A step"))


def timeline(entries: Sequence[JournalEntry], lineage: Lineage, *, internal: bool) -> list[Line]:
    """The history, newest first; `internal` for officers and auditors, who see everything."""
    lines: list[Line] = []
    status = 0
    reasons: dict[str, str] = {}
    for entry in entries:
        told = entry.payload or {}
        given = told.get("data") or {}
        reasons |= {key: given[key] for key in REASONS.values() if given.get(key)}
        after = told.get("status", status)
        note = _note(after, reasons, told) if after != status else ""
        status = after
        if internal or not _is_internal(entry):
            lines.append(
                Line(
                    at=entry.at,
                    text=sentence(entry, lineage, status=status),
                    who=who(entry),
                    note=note,
                )
            )
    return lines[::-1]


def _is_internal(entry: JournalEntry) -> bool:
    if entry.event is Event.DUE_DATES_MOVED:
        return not _moved_result(entry.payload or {})
    return entry.event in INTERNAL


def who(entry: JournalEntry) -> str:
    """Person and unit, as they were then; a visitor is the applicant."""
    return " – ".join(part for part in (entry.unit_name, person(entry)) if part)


def person(entry: JournalEntry) -> str:
    """Who it was; visitors have no name of their own."""
    return entry.actor_name or gettext("Applicant")


def _note(code: int, reasons: dict[str, str], told: dict[str, Any]) -> str:
    if code not in set(Status):
        # Somebody has damaged the record: the audit says so, and here the rest is shown.
        return ""
    status = Status(code)
    words = status_word(status)
    # Given back to a visitor, it was refused for what he has to supplement.
    asked = Status.SUPPLEMENT_REQUESTED if told.get("returned") else status
    reason = reasons.get(REASONS.get(asked, ""), "")
    return f"{words}: {reason}" if reason else words
