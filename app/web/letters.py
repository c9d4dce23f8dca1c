"""Form 04 as the templates name it: the letter that apologises and names a new date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.apologies.model import LetterState
from app.domain.dossiers.clock import Pause
from app.foundation.text import gettext
from app.queries.dossier_pages import DossierPage
from app.queries.letter_pages import Letter
from app.web.filters import hours_vn
from app.web.words import word_for


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """Everything form 04 shows."""

    state: LetterState
    unit: str
    document: str
    code: str
    procedure_name: str
    owner_name: str
    owner_phone: str
    owner_address: str
    receiving_unit: str
    received_at: datetime | None
    due_before: datetime
    due_at: datetime
    #: The leader's words; while there are none, what the record says.
    reason: str
    #: The record's own reasons, sentence by sentence.
    causes: tuple[str, ...]
    drafted_at: datetime
    decided_at: datetime | None
    signer: str


def letter_view(page: DossierPage, letter: Letter) -> LetterView:
    """The letter of a dossier, ready to be shown."""
    row, dossier = letter.row, page.dossier
    causes = tuple(_causes(row.cause))
    return LetterView(
        state=row.state,
        unit=page.handling_unit.name,
        document=row.document or "",
        code=dossier.code,
        procedure_name=page.version.catalogue.name,
        owner_name=dossier.owner_name,
        owner_phone=dossier.owner_phone or "",
        owner_address=dossier.owner_address or "",
        receiving_unit=page.receiving_unit.name,
        received_at=dossier.received_at,
        due_before=row.due_before,
        due_at=row.due_at,
        # Of a rejected letter the row keeps why it was rejected.
        reason=(row.reason if row.state is not LetterState.REJECTED else "") or " ".join(causes),
        causes=causes,
        drafted_at=row.drafted_at,
        decided_at=row.decided_at,
        signer=letter.decided_by if row.state is LetterState.APPROVED else "",
    )


def _causes(cause: Mapping[str, Any]) -> Iterator[str]:
    """The sentences, the most telling first."""
    for step in cause["steps"]:
        yield gettext(
            "“%(name)s” (%(unit)s) took %(used)s instead of %(hours)s.",
            name=step["name"],
            unit=step["unit"],
            used=hours_vn(Decimal(step["used"])),
            hours=hours_vn(Decimal(step["hours"])),
        )
    for step in cause["open"]:
        yield gettext("The dossier is now at “%(name)s” (%(unit)s).", **step)
    if Decimal(cause["ahead"]):
        yield gettext(
            "The steps that follow still need %(hours)s.", hours=hours_vn(Decimal(cause["ahead"]))
        )
    for pause in cause["pauses"]:
        yield gettext(
            "The clock waited for %(hours)s: %(why)s.",
            hours=hours_vn(Decimal(pause["hours"])),
            why=word_for(Pause(pause["reason"])),
        )
