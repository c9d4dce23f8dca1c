"""The catalogue as the public searches it: every deployed procedure, in memory."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.procedures.model import Level, OnlineLevel, Procedure, ProcedureVersion
from app.domain.procedures.queries import procedures_in_force


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A procedure as lists show it."""

    key: str
    name: str
    code: str
    field: str
    level: Level
    online_level: OnlineLevel
    summary: str
    #: The term of the default case, as the law words it.
    term_text: str
    #: Name and everything searched, without marks and capitals.
    folded_name: str
    folded: str


#: Versions never change, so what lists show of them is read once; by version number.
_known: WeakKeyDictionary[Engine, dict[int, Mapping[str, Any]]] = WeakKeyDictionary()
_lock = Lock()


def fold(text: str) -> str:
    """`text` without marks and capitals, as people type in a hurry: `Hộ tịch` becomes `ho tich`."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def listed_procedures(session: Session) -> tuple[Listed, ...]:
    """Every deployed procedure, by level and name."""
    procedures = procedures_in_force(session)
    told = _listings(session, [procedure.current_version_id or 0 for procedure in procedures])
    return tuple(
        _listed(procedure, told[procedure.current_version_id or 0]) for procedure in procedures
    )


def search(
    procedures: Iterable[Listed], words: str = "", field: str = "", level: str = ""
) -> list[Listed]:
    """Those in which every word occurs, of that field and level; names that fit come first."""
    wanted = fold(words).split()
    found = [
        one
        for one in procedures
        if field in ("", one.field)
        and level in ("", one.level.name)
        and all(word in one.folded for word in wanted)
    ]
    return sorted(found, key=lambda one: -sum(word in one.folded_name for word in wanted))


def _listings(session: Session, version_ids: list[int]) -> Mapping[int, Mapping[str, Any]]:
    with _lock:
        shelf = _known.setdefault(session.get_bind().engine, {})
    if missing := [number for number in version_ids if number not in shelf]:
        rows = session.execute(
            select(ProcedureVersion.id, ProcedureVersion.catalogue).where(
                ProcedureVersion.id.in_(missing)
            )
        ).all()
        with _lock:
            shelf.update({row.id: row.catalogue for row in rows})
    return shelf


def _listed(procedure: Procedure, told: Mapping[str, Any]) -> Listed:
    words = (
        procedure.name,
        procedure.national_code,
        procedure.field,
        told.get("summary", ""),
        *told.get("keywords", ()),
    )
    return Listed(
        key=procedure.key,
        name=procedure.name,
        code=procedure.national_code,
        field=procedure.field,
        level=procedure.level,
        online_level=procedure.online_level,
        summary=told.get("summary", ""),
        term_text=told.get("term_text", ""),
        folded_name=fold(procedure.name),
        folded=fold(" ".join(words)),
    )
