"""Who may send, see and answer feedback, and whom it is about (spec R2-14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.emails import NO_ADDRESS, is_address, normal
from app.domain.feedback.complaints import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Complaint,
    ComplaintState,
    Concern,
)
from app.domain.people.overseers import OVERSEERS
from app.domain.procedures.search.words import words_of
from app.foundation.actor import Actor, Seat
from app.foundation.errors import Conflict, Invalid, NotFound
from app.foundation.text import LazyString, gettext, lazy_gettext, one_line, plain
from app.worktime import Timeliness, WorkingCalendar, add_working_days, classify

#: Working days within which feedback is answered (spec §7.1, indicators 5.1 to 5.3).
ANSWER_DAYS = 15


class UnknownComplaint(NotFound):
    """There is no such feedback, or it is not the actor's to read."""

    message = lazy_gettext("There is no feedback with the code “%(code)s”.")


class ComplaintAnswered(Conflict):
    """An answer that was given stands."""

    message = lazy_gettext("This feedback has already been answered.")


class ComplaintTaken(Conflict):
    """Somebody looks into it already."""

    message = lazy_gettext("Somebody has already taken this feedback up.")


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a citizen sends; empty parts were left out."""

    concern: Concern
    subject: str
    text: str
    #: Code of a unit; a dossier decides by itself which unit it is.
    unit: str = ""
    dossier: str = ""
    #: Key of a procedure.
    procedure: str = ""
    officer: str = ""
    #: Of somebody without account.
    name: str = ""
    email: str = ""


def read_message(form: Mapping[str, str], *, has_account: bool) -> Message:
    """Check what a form sends; raises Invalid, naming each field."""
    errors: dict[str, list[str]] = {}
    concern = _concern(form, errors)
    message = Message(
        concern=concern,
        subject=_text(form, "subject", LONGEST_SUBJECT, _SUBJECT, errors),
        text=_text(form, "text", LONGEST_TEXT, _TEXT, errors, lines=True),
        unit=form.get("unit", "").strip()[:32],
        dossier=form.get("dossier", "").strip().upper()[:48],
        procedure=form.get("procedure", "").strip()[:80],
        officer=_text(form, "officer", LONGEST_NAME, None, errors),
        name="" if has_account else _text(form, "name", LONGEST_NAME, _NAME, errors),
        email="" if has_account else _email(form, errors),
    )
    if not message.unit and not message.dossier:
        errors["unit"] = [gettext("Choose the agency it is about.")]
    if concern is Concern.DOSSIER and not message.dossier:
        errors["dossier"] = [gettext("Enter the code of the dossier it is about.")]
    if errors:
        # As they stand on the page, whatever was looked at first.
        raise Invalid(errors={name: errors[name] for name in _FIELDS if name in errors})
    return message


_FIELDS = ("concern", "dossier", "unit", "officer", "subject", "text", "name", "email")


_SUBJECT = lazy_gettext("Say in a few words what it is about.")
_TEXT = lazy_gettext("Write what has happened.")
_NAME = lazy_gettext("Enter your full name.")
_ANSWER = lazy_gettext("Write the answer: the sender reads it word for word.")


def read_answer(form: Mapping[str, str]) -> str:
    """The answer as it will be read; raises Invalid without one."""
    errors: dict[str, list[str]] = {}
    answer = _text(form, "answer", LONGEST_TEXT, _ANSWER, errors, lines=True)
    if errors:
        raise Invalid(errors=errors)
    return answer


def _concern(form: Mapping[str, str], errors: dict[str, list[str]]) -> Concern:
    try:
        return Concern(form.get("concern", ""))
    except ValueError:
        errors["concern"] = [gettext("Choose what it is about.")]
        return Concern.PROCEDURE


def _text(
    form: Mapping[str, str],
    name: str,
    longest: int,
    missing: LazyString | None,
    errors: dict[str, list[str]],
    *,
    lines: bool = False,
) -> str:
    given = form.get(name, "")
    told = plain(given).replace("\r\n", "\n").strip() if lines else one_line(given)
    if missing is not None and not told:
        errors[name] = [str(missing)]
    if len(told) > longest:
        errors[name] = [gettext("Write at most %(count)s characters.", count=longest)]
    return told


def _email(form: Mapping[str, str], errors: dict[str, list[str]]) -> str:
    address = normal(form.get("email", ""))
    if not is_address(address):
        errors["email"] = [str(NO_ADDRESS)]
    return address


#: How people call whoever leads an office, folded; deputies are called by the same words.
_TITLES = (
    "lanh dao", "thu truong", "chu tich", "giam doc", "truong phong", "pho phong", "truong ban",
    "pho ban", "chanh van phong", "pho van phong", "cap truong", "sep", "director", "chair",
    "chairman", "chairwoman", "leader", "leaders", "manager", "boss", "head",
)  # fmt: skip


def named_among(names: Mapping[int, str], typed: str, text: str) -> frozenset[int]:
    """Numbers of those people who may be meant.

    What was typed of the officer shares the given name, or is part of the full name; or the whole
    name stands in the text. Rather one too many: whoever is meant must not read it, and there is
    always somebody above.
    """
    said, told = frozenset(words_of(typed)), _phrase(text)
    return frozenset(
        number for number, name in names.items() if _is_named(words_of(name), said, told)
    )


def _is_named(own: Sequence[str], said: Collection[str], told: str) -> bool:
    if not own:
        return False
    if said and (own[-1] in said or set(said) <= set(own)):
        return True
    return f" {' '.join(own)} " in told


def tells_a_title(*said: str) -> bool:
    """Whether somebody is called by the office he leads instead of by a name."""
    told = " ".join(map(_phrase, said))
    return any(f" {title} " in told for title in _TITLES)


def _phrase(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def handling_seat(
    complaint: Complaint, actor: Actor, concerned: Collection[int], above: Collection[int]
) -> Seat | None:
    """The seat of an overseer from which the actor sees and answers it; none for whom it is about.

    `above` are the numbers of its unit and of all those above that. Nobody answers himself.
    """
    if actor.person_id is None or actor.person_id in {complaint.sender_id, *concerned}:
        return None
    fits = (seat for seat in actor.seats if seat.role in OVERSEERS and seat.unit_id in above)
    return next(fits, None)


def answer_due(calendar: WorkingCalendar, sent_at: datetime) -> datetime:
    """When the term for the answer ends."""
    return add_working_days(calendar, sent_at, ANSWER_DAYS)


def is_late(complaint: Complaint, at: datetime) -> bool:
    """Whether the answer came, or has not come, after its day; days are compared (spec L-10)."""
    return classify(complaint.answered_at, complaint.due_at, at).by_date is Timeliness.OVERDUE


def ensure_open(complaint: Complaint) -> None:
    """Raise ComplaintAnswered once it has its answer."""
    if complaint.state is ComplaintState.ANSWERED:
        raise ComplaintAnswered
