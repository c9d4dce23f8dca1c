"""Ratings for leaders: of the dossiers that their units and those below them have settled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.feedback.model import Rating
from app.domain.journal.model import JournalEntry
from app.domain.people.model import Unit
from app.domain.people.overseers import OVERSEERS, seats_below
from app.domain.procedures.model import Procedure
from app.foundation.actor import Actor

#: Rows of one page.
PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RatedDossier:
    """One line; whose dossier it was is not said: the words are for learning from."""

    rating: Rating
    procedure_name: str
    unit_name: str


@dataclass(frozen=True, kw_only=True)
class RatingPage:
    """Some lines, the newest entries first, and the number after which the next page begins."""

    rows: tuple[RatedDossier, ...]
    before: int | None


def ratings_for(session: Session, actor: Actor, day: date, before: int | None) -> RatingPage:
    """Ratings of dossiers that the actor oversees and has not worked on himself."""
    seats = seats_below()
    in_reach = select(seats.c.unit_id).where(seats.c.role.in_(OVERSEERS))
    worked = exists().where(
        JournalEntry.dossier_id == Rating.dossier_id,
        JournalEntry.actor_id == actor.person_id,
        JournalEntry.unit_code.is_not(None),
    )
    wanted: Any = (
        select(Rating, Procedure.name, Unit.name)
        .join(Dossier, Dossier.id == Rating.dossier_id)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(Unit, Unit.id == Dossier.handling_unit_id)
        .where(Dossier.handling_unit_id.in_(in_reach), ~worked)
        .order_by(Rating.dossier_id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        wanted = wanted.where(Rating.dossier_id < before)
    found = session.execute(wanted, {"person": actor.person_id, "day": day}).all()
    rows = tuple(
        RatedDossier(rating=rating, procedure_name=procedure, unit_name=unit)
        for rating, procedure, unit in found[:PAGE]
    )
    return RatingPage(rows=rows, before=rows[-1].rating.dossier_id if len(found) > PAGE else None)
