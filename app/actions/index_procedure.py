"""Bring what is found of a procedure in line with what is published of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.people.model import Unit
from app.domain.procedures.model import Procedure, ProcedureOffer, ProcedureVersion
from app.domain.procedures.search.entry import EntryText, Findable, entry_text
from app.domain.procedures.search.model import SearchEntry, SearchGeneration, SearchWord
from app.foundation.db import add_rows, upsert_counter

#: A procedure with what its version tells lists.
Published = tuple[Procedure, Mapping[str, Any]]


def index_procedure(session: Session, procedure: Procedure, listing: Mapping[str, Any]) -> None:
    """Write the entry of one procedure; `listing` is what its version tells lists.

    The counter stays locked until the commit, so that two at once do not both add a word.
    """
    _count(session)
    session.execute(delete(SearchEntry).where(SearchEntry.procedure_id == procedure.id))
    _write(session, [(procedure, listing)])


def index_all(session: Session) -> int:
    """Write every entry anew, as after a change of the synonyms; returns how many there are."""
    _count(session)
    session.execute(delete(SearchEntry))
    session.execute(delete(SearchWord))
    published = session.execute(
        select(Procedure, ProcedureVersion.catalogue).join(
            ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id
        )
    )
    return _write(session, [(procedure, listing) for procedure, listing in published])


def _count(session: Session) -> None:
    upsert_counter(session, SearchGeneration, name="catalogue")


def _write(session: Session, published: Sequence[Published]) -> int:
    units = _units(session, [procedure.id for procedure, _ in published])
    texts = [
        (procedure, entry_text(_findable(procedure, listing, tuple(units.get(procedure.id, ())))))
        for procedure, listing in published
    ]
    add_rows(session, SearchEntry, [_row(procedure, text) for procedure, text in texts])
    _add_words(session, {word: told for _, text in texts for word, told in text.words.items()})
    return len(texts)


def _row(procedure: Procedure, text: EntryText) -> dict[str, Any]:
    return {
        "procedure_id": procedure.id,
        "level": procedure.level,
        "field": procedure.field,
        "online_level": procedure.online_level,
        "text": text.text,
        "marked": text.marked,
    }


def _findable(procedure: Procedure, listing: Mapping[str, Any], units: tuple[str, ...]) -> Findable:
    return Findable(
        name=procedure.name,
        code=procedure.national_code,
        field=procedure.field,
        online_level=procedure.online_level,
        summary=listing.get("summary", ""),
        keywords=tuple(listing.get("keywords", ())),
        units=units,
    )


def _units(session: Session, procedure_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Names of the units that offer each procedure without an end."""
    offered = (
        select(ProcedureOffer.procedure_id, Unit.name)
        .join(Unit, Unit.id == ProcedureOffer.unit_id)
        .where(ProcedureOffer.valid_to.is_(None))
        .order_by(Unit.code)
    )
    if len(procedure_ids) == 1:
        offered = offered.where(ProcedureOffer.procedure_id == procedure_ids[0])
    names: dict[int, list[str]] = {}
    for procedure_id, name in session.execute(offered):
        names.setdefault(procedure_id, []).append(name)
    return names


def _add_words(session: Session, words: Mapping[str, str]) -> None:
    known = set(session.scalars(select(SearchWord.word)))
    rows = [{"word": word, "sound": told} for word, told in words.items() if word not in known]
    add_rows(session, SearchWord, rows)
