"""The applicant rates how a dossier was handled (spec L-14)."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.actions.record import record
from app.domain.feedback.computed import RULES
from app.domain.feedback.criteria import Criterion, total_of
from app.domain.feedback.model import Rating
from app.domain.feedback.rules import Opinion, digest_of_comment, ensure_rateable
from app.domain.inbox.rules import is_applicant
from app.domain.journal.events import Event
from app.domain.journal.queries import entries_of
from app.foundation.actor import Actor
from app.queries.dossier_pages import UnknownDossier
from app.queries.rating_facts import computed_criteria
from app.queries.ratings import as_told, rating_of


def rate_dossier(
    session: Session, code: str, opinion: Opinion, *, actor: Actor, at: datetime, days: int
) -> Rating:
    """Rate, or think otherwise within `days` of the first rating; the journal keeps both.

    Criteria 1 to 4 are counted from the journal, never asked. Raises UnknownDossier for anybody
    but the applicant, NotRateable and RatingStands.
    """
    work = _opened(session, code, actor, at)
    dossier = work.dossier
    rating = rating_of(session, dossier.id)
    ensure_rateable(dossier, rating, days, at)
    points, facts = as_told(computed_criteria(session, dossier, entries_of(session, dossier.id)))
    points |= {str(int(criterion)): given for criterion, given in opinion.points.items()}
    total = total_of({Criterion(int(number)): given for number, given in points.items()})
    again = rating is not None
    if rating is None:
        rating = Rating(dossier_id=dossier.id, first_rated_at=at)
        session.add(rating)
    rating.seq, rating.rules = work.head.seq + 1, RULES
    rating.points, rating.facts, rating.total = points, facts, total
    rating.comment = opinion.comment or None
    rating.rated_by_id, rating.rated_at = actor.person_id, at
    session.flush()
    told = {
        "rules": RULES,
        "points": points,
        "facts": facts,
        "total": total,
        "comment": digest_of_comment(rating.comment),
        "again": again,
    }
    record(session, work, Event.DOSSIER_RATED, told, actor=actor, seat=None, at=at)
    return rating


def _opened(session: Session, code: str, actor: Actor, at: datetime) -> Casework:
    work = open_dossier_called(session, code, at)
    if work is None or not is_applicant(work.dossier, actor):
        raise UnknownDossier(code=code)
    return work
