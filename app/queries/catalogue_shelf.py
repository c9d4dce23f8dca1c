"""The catalogue in short, kept in memory until something is published: what facets are counted of.

Nothing is counted in the database while somebody looks for a procedure; one small statement asks
whether what is kept is still true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from app.domain.people.model import Unit, UnitLevel
from app.domain.procedures.model import Level, OnlineLevel, Procedure, ProcedureOffer
from app.domain.procedures.search.model import SearchEntry, SearchGeneration
from app.domain.procedures.search.words import fold

#: The levels from the top down, and which units stand on each (spec U-04, R3-20..R3-22).
UNITS_OF = {
    Level.PROVINCE: (
        UnitLevel.PROVINCE,
        UnitLevel.DEPARTMENT,
        UnitLevel.BRANCH,
        UnitLevel.CENTRE,
    ),
    Level.DISTRICT: (UnitLevel.DISTRICT,),
    Level.COMMUNE: (UnitLevel.COMMUNE,),
}
_ORDER = {level: place for place, level in enumerate(UNITS_OF)}


@dataclass(frozen=True, kw_only=True)
class Item:
    """A procedure as facets and orders know it."""

    id: int
    key: str
    name: str
    field: str
    level: Level
    online_level: OnlineLevel


@dataclass(frozen=True, kw_only=True)
class Agency:
    """A unit that takes new dossiers, and of which procedures (ids)."""

    id: int
    code: str
    name: str
    level: Level
    procedures: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Everything that is offered on a day."""

    #: By level and name.
    items: tuple[Item, ...]
    by_id: Mapping[int, Item]
    #: By level and name; only units that exist on the day and offer something.
    agencies: tuple[Agency, ...]

    def agency(self, code: str) -> Agency | None:
        """The agency of that code, if it offers anything."""
        return next((one for one in self.agencies if one.code == code), None)


_kept: WeakKeyDictionary[Engine, tuple[int, date, Shelf]] = WeakKeyDictionary()
_lock = Lock()


def shelf(session: Session, day: date) -> Shelf:
    """What is offered on `day`; read again only when something has been published since."""
    engine = session.get_bind().engine
    generation = session.scalar(select(SearchGeneration.last)) or 0
    with _lock:
        kept = _kept.get(engine)
    if kept is not None and kept[:2] == (generation, day):
        return kept[2]
    read = _read(session, day)
    with _lock:
        _kept[engine] = (generation, day, read)
    return read


def _read(session: Session, day: date) -> Shelf:
    rows = session.execute(
        select(
            SearchEntry.procedure_id.label("id"),
            Procedure.key,
            Procedure.name,
            SearchEntry.field,
            SearchEntry.level,
            SearchEntry.online_level,
        ).join(Procedure, Procedure.id == SearchEntry.procedure_id)
    )
    items = [Item(**row) for row in rows.mappings()]
    items.sort(key=lambda item: (_ORDER[item.level], fold(item.name), item.id))
    return Shelf(
        items=tuple(items),
        by_id={item.id: item for item in items},
        agencies=_agencies(session, day),
    )


def _agencies(session: Session, day: date) -> tuple[Agency, ...]:
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.level, ProcedureOffer.procedure_id)
        .join(Unit, Unit.id == ProcedureOffer.unit_id)
        .join(SearchEntry, SearchEntry.procedure_id == ProcedureOffer.procedure_id)
        .where(
            ProcedureOffer.valid_from <= day,
            or_(ProcedureOffer.valid_to.is_(None), ProcedureOffer.valid_to >= day),
            Unit.valid_from <= day,
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
        )
    )
    offered: dict[tuple[int, str, str, UnitLevel], set[int]] = {}
    for number, code, name, level, procedure_id in rows:
        offered.setdefault((number, code, name, level), set()).add(procedure_id)
    # Communes offer the same: the set is kept once for all of them.
    same: dict[frozenset[int], frozenset[int]] = {}
    found = [
        Agency(
            id=number,
            code=code,
            name=name,
            level=_LEVEL_OF[level],
            procedures=same.setdefault(frozen := frozenset(procedures), frozen),
        )
        for (number, code, name, level), procedures in offered.items()
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.level], fold(one.name), one.code)))


_LEVEL_OF = {unit: level for level, units in UNITS_OF.items() for unit in units}
