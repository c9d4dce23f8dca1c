"""The eleven criteria of a rating in words, and why the record gives the points it gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.domain.feedback.criteria import (
    COMPUTED,
    OF_SATISFACTION,
    POINTS,
    Criterion,
    percent_of,
)
from app.domain.feedback.model import Rating
from app.foundation.text import LazyString, gettext, lazy_gettext, ngettext
from app.web.filters import date_vn, hours_vn
from app.web.words import word_for
from app.worktime import Timeliness

#: What each criterion asks.
CRITERIA: Mapping[Criterion, LazyString] = {
    Criterion.TOTAL_TIME: lazy_gettext("Whole time, against the time the law gives"),
    Criterion.UNIT_TIME: lazy_gettext("Time of each unit that took part"),
    Criterion.CONTACTS: lazy_gettext("How often you had to come back to complete the dossier"),
    Criterion.AGENCIES: lazy_gettext("How many agencies you had to deal with"),
    Criterion.ONE_STOP: lazy_gettext(
        "How the one-stop unit received the dossier and returned the result"
    ),
    Criterion.PUBLICATION: lazy_gettext("How the procedure was published: papers, fees, times"),
    Criterion.ATTITUDE: lazy_gettext("How the officers treated you"),
    Criterion.COMPLAINTS: lazy_gettext("How feedback and complaints were taken up and answered"),
    Criterion.ONLINE: lazy_gettext("Progress and quality of the online service"),
    Criterion.CONVENIENCE: lazy_gettext("How convenient it was"),
    Criterion.OVERALL: lazy_gettext("All in all"),
}
_QUALITY = {2: lazy_gettext("Good"), 1: lazy_gettext("Acceptable"), 0: lazy_gettext("Not good")}
_SATISFACTION = {
    2: lazy_gettext("Very satisfied"),
    1: lazy_gettext("Satisfied"),
    0: lazy_gettext("Not satisfied"),
}


@dataclass(frozen=True, kw_only=True)
class CriterionView:
    """One line of a rating: what was asked, the points, and why or which answer."""

    number: int
    text: str
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RatingView:
    """A rating as pages show it."""

    lines: tuple[CriterionView, ...]
    total: int
    percent: str
    comment: str
    rated_at: datetime


def options_of(criterion: Criterion) -> list[tuple[str, str]]:
    """Value and words of every answer, the best first."""
    words = _SATISFACTION if criterion in OF_SATISFACTION else _QUALITY
    return [(str(points), str(words[points])) for points in POINTS]


def rating_view(rating: Rating) -> RatingView:
    """The whole rating."""
    return RatingView(
        lines=tuple(
            line_of(one, rating.points[str(int(one))], rating.facts.get(str(int(one)), {}))
            for one in Criterion
        ),
        total=rating.total,
        percent=percent_words(rating.total),
        comment=rating.comment or "",
        rated_at=rating.rated_at,
    )


def percent_words(total: int) -> str:
    """`81,8 %`."""
    return f"{percent_of(total)} %".replace(".", ",")


def line_of(criterion: Criterion, points: int, facts: Mapping[str, Any]) -> CriterionView:
    """One criterion with its points; `facts` are those that were computed."""
    if criterion in COMPUTED:
        reasons = tuple(_REASONS[criterion](facts))
    else:
        reasons = (dict(options_of(criterion))[str(points)],)
    text = str(CRITERIA[criterion])
    return CriterionView(number=int(criterion), text=text, points=points, reasons=reasons)


def _of_term(facts: Mapping[str, Any]) -> Iterator[str]:
    done = date_vn(datetime.fromisoformat(facts["finished_at"]))
    if facts["due_at"] is None:
        yield gettext("The office was done on %(day)s; no date had been promised.", day=done)
        if facts["received_in_time"] is not None:
            yield (
                gettext("It answered within the time for reception.")
                if facts["received_in_time"]
                else gettext("It answered after the time for reception.")
            )
        return
    yield gettext(
        "The office was done on %(day)s, promised was %(promised)s: %(timing)s.",
        day=done,
        promised=date_vn(datetime.fromisoformat(facts["due_at"])),
        timing=word_for(Timeliness(facts["timeliness"])),
    )
    if facts["reappointed"]:
        yield gettext("The first promise counts, not the new date of the letter of apology.")


def _of_units(facts: Mapping[str, Any]) -> Iterator[str]:
    for one in facts["units"]:
        told = {
            "unit": one["unit"],
            "used": hours_vn(Decimal(one["used"])),
            "allowed": hours_vn(Decimal(one["allowed"])),
        }
        if one["points"] == 0:
            yield gettext("%(unit)s: %(used)s instead of %(allowed)s, too long.", **told)
        elif one["late"]:
            late = ngettext("%(num)s step was late", "%(num)s steps were late", one["late"])
            yield gettext("%(unit)s: %(used)s of %(allowed)s; %(late)s.", late=late, **told)
        else:
            yield gettext("%(unit)s: %(used)s of %(allowed)s, every step in time.", **told)
    if not facts["units"]:
        yield gettext("No step had a time of its own.")


def _of_contacts(facts: Mapping[str, Any]) -> Iterator[str]:
    days = [date_vn(datetime.fromisoformat(one["at"])) for one in facts["asked"]]
    if not days:
        yield gettext("After it was handed in, nothing more was asked.")
        return
    times = ngettext("Asked %(num)s time more", "Asked %(num)s times more", len(days))
    yield f"{times}: {', '.join(days)}."


def _of_agencies(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"{', '.join(facts['agencies'])}."


_REASONS: Mapping[Criterion, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    Criterion.TOTAL_TIME: _of_term,
    Criterion.UNIT_TIME: _of_units,
    Criterion.CONTACTS: _of_contacts,
    Criterion.AGENCIES: _of_agencies,
}
