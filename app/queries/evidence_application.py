"""What was handed in, column by column, as the first entry of the journal tells it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.domain.procedures.cases import SupplementClock
from app.queries.definitions import loaded_version

#: What is told of a submitter, and the column that keeps it.
_OF_SUBMITTER = {
    "identity_number": "submitter_identity",
    "phone": "submitter_phone",
    "email": "submitter_email",
    "document_number": "authorisation_number",
}


def told_columns(session: Session, first: JournalEntry) -> Mapping[str, Any]:
    """The columns of a dossier as its submission gives them; `x.value` looks inside an enum."""
    told = first.payload or {}
    who = told["applicant"]
    at_counter = first.role is not None
    codes = {told["receiving_unit"], told["handling_unit"]}
    units = {
        row.code: row.id
        for row in session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(codes)))
    }
    return (
        {
            "code": told["code"],
            "case_key": told["case"],
            "channel.value": told["channel"],
            "data": told["data"],
            "owner_kind.value": who["kind"],
            "owner_name": who["name"],
            "owner_identity": who["identity_number"],
            "owner_phone": who["phone"],
            "owner_email": who["email"],
            "owner_address": who["address"],
            "submitter_id": None if at_counter else first.actor_id,
            "submitter_name": told["submitter"],
            "owner_birth_date": _day(who.get("birth_date")),
            "assisted_by_id": first.actor_id if at_counter else None,
            "submitted_at": first.at,
            "receiving_unit_id": units.get(told["receiving_unit"]),
            "handling_unit_id": units.get(told["handling_unit"]),
        }
        | _right(told.get("authorisation"))
        | _law(session, first, told)
    )


def _right(acting: Mapping[str, Any] | None) -> dict[str, Any]:
    """Who handed it in for the owner; entries from before that question do not tell it."""
    if acting is None:
        return dict.fromkeys(("authorisation", *_OF_SUBMITTER.values(), "authorisation_date"))
    columns = {column: acting[key] for key, column in _OF_SUBMITTER.items()}
    return columns | {
        "authorisation.value": acting["basis"],
        "authorisation_date": _day(acting["document_date"]),
    }


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def claimed_columns(entries: Iterable[JournalEntry]) -> Mapping[str, Any]:
    """Whose it became when somebody took it into his account; nothing where nobody has."""
    for entry in entries:
        if entry.event is Event.DOSSIER_CLAIMED and entry.payload is not None:
            owner = entry.actor_id if entry.payload["owner"] else None
            return {"submitter_id": entry.actor_id, "owner_id": owner}
    return {}


def _law(session: Session, first: JournalEntry, told: Mapping[str, Any]) -> dict[str, Any]:
    """The legal term it was handed in under.

    Entries from before the clocks do not tell it: the upgrade took it from the catalogue entry of
    the version, and let every supplement resume the clock.
    """
    if "term" in told:
        return {
            "term_amount": Decimal(told["term"]["amount"]),
            "term_unit.value": told["term"]["unit"],
            "supplement_clock.value": told["term"]["supplement_clock"],
        }
    term = loaded_version(session, first.version_id).case(told["case"]).term
    return {
        "term_amount": term.amount,
        "term_unit": term.unit,
        "supplement_clock": SupplementClock.RESUME,
    }
