"""Who may decide about a letter of apology, and what a new date has to be (spec Q-06, L-06)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.apologies.model import LONGEST_NUMBER, LONGEST_REASON, Apology, LetterState
from app.domain.dossiers.clock import Clocks, ClockState
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.rules import can_tell
from app.domain.people.seats import leader_seat
from app.foundation.actor import Actor, Seat
from app.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from app.foundation.text import gettext, lazy_gettext
from app.worktime import WorkingCalendar, is_working_time

#: The slip a letter is printed as (spec §2.3).
SLIP = "04"
#: A new date further away is a slip of the pen.
FURTHEST = timedelta(days=90)
#: A closing counts as working time: it is when most dates are.
_JUST_BEFORE = timedelta(seconds=1)


class UnknownLetter(NotFound):
    """There is no such letter, or not for the actor."""

    message = lazy_gettext("There is no letter of apology for this dossier.")


class AlreadyReappointed(Conflict):
    """A date may be set anew once, and once only (spec L-06)."""

    message = lazy_gettext(
        "The date of this dossier has already been set anew once. The law allows it only once: "
        "settle the dossier by the date that was promised."
    )


class LetterWaits(Conflict):
    """There is a draft already."""

    message = lazy_gettext("A letter of apology for this dossier already waits for approval.")


class LetterDecided(Conflict):
    """The letter is no draft any more."""

    message = lazy_gettext("This letter no longer waits for approval.")


class NothingToApologiseFor(Conflict):
    """No promise is running."""

    message = lazy_gettext(
        "A letter of apology needs a date that has been promised and a clock that runs."
    )


class NotALeader(NotAllowed):
    """Only a head of the handling unit decides."""

    message = lazy_gettext("Only a leader of the handling unit may decide about this letter.")


class OwnLetter(NotAllowed):
    """Nobody approves what he has drafted or put in words himself."""

    message = lazy_gettext("You have written this letter: another leader has to decide about it.")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a letter says."""

    reason: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Decision(Wording):
    """What a leader decides: the letter as it goes out."""

    #: Number and date of the letter as a document.
    document: str


def can_decide(letter: Apology, actor: Actor, unit_id: int) -> bool:
    """Whether the letter of a dossier of that unit waits for the actor."""
    return (
        letter.state is LetterState.DRAFT
        and leader_seat(actor, unit_id) is not None
        and actor.person_id not in (letter.drafted_by_id, letter.edited_by_id)
    )


def can_edit(
    letter: Apology, dossier: Dossier, actor: Actor, units_at_work: Collection[int]
) -> bool:
    """Whether the actor may put the draft in other words: whoever works on the dossier."""
    return letter.state is LetterState.DRAFT and can_tell(dossier, actor, units_at_work)


def ensure_decidable(letter: Apology, actor: Actor, unit_id: int) -> Seat:
    """The seat from which the actor decides; raises NotALeader, OwnLetter, LetterDecided."""
    seat = leader_seat(actor, unit_id)
    if seat is None:
        raise NotALeader
    if actor.person_id in (letter.drafted_by_id, letter.edited_by_id):
        raise OwnLetter
    if letter.state is not LetterState.DRAFT:
        raise LetterDecided
    return seat


def ensure_running(clocks: Clocks) -> None:
    """Raise unless a promise is running: what waits or is done needs no letter."""
    if clocks.state is not ClockState.RUNNING:
        raise NothingToApologiseFor


def ensure_wording(
    wording: Wording, calendar: WorkingCalendar, due_before: datetime, at: datetime
) -> None:
    """Raise Invalid for a reason or a date that does not hold."""
    _refuse(
        {
            "reason": _missing_or_long(wording.reason, LONGEST_REASON),
            "due_at": _odd_date(wording.due_at, calendar, due_before, at),
        }
    )


def ensure_sound(
    decision: Decision, calendar: WorkingCalendar, due_before: datetime, at: datetime
) -> None:
    """Raise Invalid, naming every field that does not hold."""
    _refuse(
        {
            "reason": _missing_or_long(decision.reason, LONGEST_REASON),
            "document": _missing_or_long(decision.document, LONGEST_NUMBER),
            "due_at": _odd_date(decision.due_at, calendar, due_before, at),
        }
    )


def _refuse(errors: Mapping[str, list[str]]) -> None:
    if found := {name: messages for name, messages in errors.items() if messages}:
        raise Invalid(errors=found)


def ensure_reason(reason: str) -> None:
    """Raise Invalid for a rejection without a reason."""
    if messages := _missing_or_long(reason, LONGEST_REASON):
        raise Invalid(errors={"rejection": messages})


def _missing_or_long(told: str, longest: int) -> list[str]:
    if not told:
        return [gettext("This is needed: it stands in the record.")]
    if len(told) > longest:
        return [gettext("Write at most %(count)s characters.", count=longest)]
    return []


def _odd_date(
    due_at: datetime | None, calendar: WorkingCalendar, due_before: datetime, at: datetime
) -> list[str]:
    if due_at is None:
        return [gettext("Give day and time of the new date.")]
    if due_at <= max(due_before, at):
        return [gettext("The new date has to lie after the old one, and after now.")]
    if due_at > max(due_before, at) + FURTHEST:
        return [gettext("The new date lies more than %(days)s days away.", days=FURTHEST.days)]
    if not (is_working_time(calendar, due_at) or is_working_time(calendar, due_at - _JUST_BEFORE)):
        return [gettext("The office does not work at that time: choose a working hour.")]
    return []
