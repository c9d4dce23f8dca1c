"""The slips that a dossier's record has issued (spec §2.3), and where each of them comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class UnknownSlip(NotFound):
    """The dossier has issued no slip with that number of the journal."""

    message = lazy_gettext("There is no such slip.")


class SlipForm(Enum):
    """Which sheet it is; the values are the numbers of the law's forms."""

    SENT = "00"  # a proof for whoever sent it, before anybody has looked at it
    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"


#: What sets the date of an answer, and the date of a result.
_PROMISES = frozenset({Event.RECEPTION_STARTED, Event.DUE_DATE_SET})


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A slip, with the entry of the journal that issued it."""

    form: SlipForm
    entry: JournalEntry
    #: The date that the same act promised, if it did.
    due_at: datetime | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What the entry tells."""
        return self.entry.payload or {}


def slips_in(entries: Sequence[JournalEntry]) -> list[Issued]:
    """Every slip, oldest first."""
    return list(_issued(entries))


def slip_at(entries: Sequence[JournalEntry], seq: int) -> Issued:
    """The slip of one entry; raises UnknownSlip."""
    for issued in _issued(entries):
        if issued.entry.seq == seq:
            return issued
    raise UnknownSlip


def agency_above(session: Session, unit: Unit) -> str:
    """The name of the unit's superior, which heads its letters; empty for the highest."""
    if unit.parent_id is None:
        return ""
    return session.scalar(select(Unit.name).where(Unit.id == unit.parent_id)) or ""


def _issued(entries: Sequence[JournalEntry]) -> Iterator[Issued]:
    for entry in entries:
        if form := _form_of(entry):
            yield Issued(form=form, entry=entry, due_at=_promised(entries, entry))


def _form_of(entry: JournalEntry) -> SlipForm | None:
    if entry.payload is None:
        return None
    if entry.event is Event.DOSSIER_SUBMITTED:
        return SlipForm.SENT
    number = entry.payload.get("slip")
    known = {form.value: form for form in SlipForm if form is not SlipForm.SENT}
    return known.get(number) if isinstance(number, str) else None


def _promised(entries: Sequence[JournalEntry], entry: JournalEntry) -> datetime | None:
    """The date the sheet promises: the entry that sets it follows in the same moment."""
    due_at = next(
        (
            (one.payload or {}).get("due_at")
            for one in entries
            if one.seq > entry.seq and one.at == entry.at and one.event in _PROMISES
        ),
        None,
    )
    return datetime.fromisoformat(due_at) if due_at else None
