"""The catalogue as the public reads it: filters with their counts, one page of procedures."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.procedures.model import Level, OnlineLevel, Procedure, ProcedureVersion
from app.domain.procedures.search.words import fold
from app.queries.catalogue_search import Closeness, Matches, matches
from app.queries.catalogue_shelf import Agency, Item, Shelf, shelf

#: Procedures on one page of a list, and among suggestions.
PAGE = 20
SUGGESTIONS = 8
#: What was handed in lately tells what is often needed; so many of the newest dossiers are read.
_LATEST = 500


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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody looks for; every filter may be missing."""

    q: str = ""
    level: Level | None = None
    field: str = ""
    online: OnlineLevel | None = None
    #: Code of the agency.
    agency: str = ""


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What could be chosen next, with how many procedures each choice would leave."""

    levels: Mapping[Level, int]
    fields: Mapping[str, int]
    online: Mapping[OnlineLevel, int]
    #: Those of the chosen level, the ones with most procedures first.
    agencies: Sequence[tuple[Agency, int]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One page of what was found."""

    total: int
    listed: Sequence[Listed]
    facets: Facets
    #: Keys to go on from (`after`, `before`), or None at an end.
    after: str | None
    before: str | None
    closeness: Closeness
    #: See `Matches.understood`.
    understood: str
    #: The agency that was asked for, if it offers anything.
    agency: Agency | None


def find(
    session: Session, asked: Asked, day: date, *, after: str = "", before: str = ""
) -> Finding:
    """The page of procedures that follows the one of key `after`, or comes before `before`.

    Keys are places in the order and not numbers of pages, so that a procedure published meanwhile
    neither hides nor repeats another.
    """
    known = shelf(session, day)
    found = matches(session, asked.q) if asked.q else None
    items = _in_order(known, found)
    fitting = _fitting(items, known, asked)
    begin = _begin([item.key for item in fitting], after, before)
    shown = fitting[begin : begin + PAGE]
    return Finding(
        total=len(fitting),
        listed=_listed(session, shown),
        facets=_facets(known, items, asked),
        after=shown[-1].key if begin + PAGE < len(fitting) else None,
        before=shown[0].key if begin and shown else None,
        closeness=found.closeness if found else Closeness.ALL,
        understood=found.understood if found else "",
        agency=known.agency(asked.agency),
    )


def suggestions(session: Session, typed: str, day: date) -> Sequence[Item]:
    """The best few for what is typed so far."""
    found = matches(session, typed, typing=True)
    return _in_order(shelf(session, day), found)[:SUGGESTIONS]


def often_needed(session: Session, day: date, most: int) -> Sequence[Listed]:
    """What was handed in most often lately, filled up with what runs fully online."""
    known = shelf(session, day)
    latest = session.scalars(
        select(Dossier.procedure_id).order_by(Dossier.id.desc()).limit(_LATEST)
    )
    asked = [number for number, _ in Counter(latest).most_common() if number in known.by_id]
    online = sorted(known.items, key=lambda item: item.online_level is not OnlineLevel.FULL)
    order = dict.fromkeys([*asked, *(item.id for item in online)])
    return _listed(session, [known.by_id[number] for number in list(order)[:most]])


def _in_order(known: Shelf, found: Matches | None) -> Sequence[Item]:
    if found is None:
        return known.items
    return [known.by_id[number] for number in found.ids if number in known.by_id]


def _tests(known: Shelf, asked: Asked) -> Mapping[str, Callable[[Item], bool]]:
    """A test for each filter that is set."""
    agency = known.agency(asked.agency)
    offered = agency.procedures if agency else frozenset()
    every: dict[str, Callable[[Item], bool]] = {
        "level": lambda item: item.level is asked.level,
        "field": lambda item: item.field == asked.field,
        "online": lambda item: item.online_level is asked.online,
        "agency": lambda item: item.id in offered,
    }
    return {name: test for name, test in every.items() if getattr(asked, name)}


def _fitting(items: Sequence[Item], known: Shelf, asked: Asked) -> Sequence[Item]:
    for test in _tests(known, asked).values():
        items = [item for item in items if test(item)]
    return items


def _facets(known: Shelf, items: Sequence[Item], asked: Asked) -> Facets:
    """Each facet counts what the other filters leave."""

    def left(without: str) -> Sequence[Item]:
        return _fitting(items, known, replace(asked, **{without: getattr(_NOTHING, without)}))

    ids = {item.id for item in left("agency")}
    agencies = [
        (one, len(one.procedures & ids))
        for one in known.agencies
        if asked.level in (None, one.level)
    ]
    agencies.sort(key=lambda pair: -pair[1])
    return Facets(
        levels=_counted((item.level for item in left("level")), Level),
        fields=dict(
            sorted(
                Counter(item.field for item in left("field")).items(),
                key=lambda pair: fold(pair[0]),
            )
        ),
        online=_counted((item.online_level for item in left("online")), OnlineLevel),
        agencies=[pair for pair in agencies if pair[1]],
    )


def _counted(values: Iterable[Any], order: Iterable[Any]) -> dict[Any, int]:
    counts = Counter(values)
    return {member: counts[member] for member in order if counts[member]}


def _begin(keys: Sequence[str], after: str, before: str) -> int:
    """Where the page begins; a key that is no longer there leads to the first page."""
    if after in keys:
        return keys.index(after) + 1
    return max(keys.index(before) - PAGE, 0) if before in keys else 0


def _listed(session: Session, items: Sequence[Item]) -> Sequence[Listed]:
    """What lists show of some procedures, in the same order; one statement."""
    rows = session.execute(
        select(Procedure, ProcedureVersion.catalogue)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .where(Procedure.id.in_([item.id for item in items]))
    ).all()
    told = {procedure.id: _listing(procedure, catalogue) for procedure, catalogue in rows}
    return [told[item.id] for item in items if item.id in told]


def _listing(procedure: Procedure, told: Mapping[str, Any]) -> Listed:
    return Listed(
        key=procedure.key,
        name=procedure.name,
        code=procedure.national_code,
        field=procedure.field,
        level=procedure.level,
        online_level=procedure.online_level,
        summary=told.get("summary", ""),
        term_text=told.get("term_text", ""),
    )


_NOTHING = Asked()
