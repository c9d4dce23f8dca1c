"""A list of procedures as pages show it: what was asked for, what could be chosen next, cards."""

from enum import Enum
from typing import Any, TypeVar

from flask import request, url_for

from app.domain.procedures.model import Level, OnlineLevel
from app.queries.catalogue_pages import Asked, Finding, Listed
from app.web.words import word_for

#: Nobody asks longer questions.
_LONGEST = 200
#: Agencies named beside a list; the page of agencies has all of them.
_AGENCIES = 8

Member = TypeVar("Member", bound=Enum)


def asked_of_page(agency: str = "") -> Asked:
    """What the address asks for; a filter nobody knows is none."""
    return Asked(
        q=_word("q"),
        level=member(Level, _word("level")),
        field=_word("field"),
        online=member(OnlineLevel, _word("online")),
        agency=agency or _word("agency"),
    )


def member(kind: type[Member], name: str) -> Member | None:
    """The member of that name, if there is one."""
    return kind.__members__.get(name)


def card(one: Listed, agency: str | None = None) -> dict[str, Any]:
    """A procedure as `components/procedures.html` draws it, told from which agency it was found."""
    return {
        "name": one.name,
        "url": url_for("portal.procedure", key=one.key, agency=agency),
        "field": one.field,
        "level": one.level,
        "online_level": one.online_level,
        "term_text": one.term_text,
    }


def list_context(asked: Asked, found: Finding, endpoint: str, **place: Any) -> dict[str, Any]:
    """What `portal/_list.html` needs; `endpoint` and `place` are the page it stands on."""
    # A page of one agency says so in its path.
    kept = _without(_as_query(asked), "agency") if place else _as_query(asked)

    def page(**more: Any) -> str:
        return url_for(endpoint, **place, **kept, **more)

    facets = found.facets
    return {
        "asked": asked,
        "found": found,
        "action": url_for(endpoint, **place),
        "clear_url": url_for(endpoint, **place),
        "filtered": bool(kept),
        "procedures": [card(one, asked.agency or None) for one in found.listed],
        "levels": _options(facets.levels, asked.level),
        "fields": [(name, f"{name} ({count})") for name, count in facets.fields.items()],
        "online_levels": _options(facets.online, asked.online),
        "agencies": [
            (one.name, count, url_for("portal.agency", code=one.code, **_without(kept, "agency")))
            for one, count in facets.agencies[:_AGENCIES]
        ],
        "more_agencies": len(facets.agencies) > _AGENCIES,
        "previous_url": page(before=found.before) if found.before else None,
        "next_url": page(after=found.after) if found.after else None,
    }


def _options(counts: Any, chosen: Enum | None) -> list[tuple[str, str]]:
    """Values and words of a list to choose from; what is chosen stays, even if it finds nothing."""
    every = {**counts, **({chosen: counts.get(chosen, 0)} if chosen else {})}
    return [(one.name, f"{word_for(one)} ({count})") for one, count in every.items()]


def _as_query(asked: Asked) -> dict[str, Any]:
    told = {
        "q": asked.q,
        "level": asked.level.name if asked.level else "",
        "field": asked.field,
        "online": asked.online.name if asked.online else "",
        "agency": asked.agency,
    }
    return {name: value for name, value in told.items() if value}


def _without(kept: dict[str, Any], name: str) -> dict[str, Any]:
    return {one: value for one, value in kept.items() if one != name}


def _word(name: str) -> str:
    return request.args.get(name, "").strip()[:_LONGEST]
