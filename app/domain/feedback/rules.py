"""Who may rate a dossier, when, and with which answers (spec L-14)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import FINISHED, Status
from app.domain.feedback.criteria import ASKED, POINTS, Criterion
from app.domain.feedback.model import LONGEST_COMMENT, Rating
from app.domain.inbox.rules import is_applicant
from app.foundation.actor import Actor
from app.foundation.errors import Conflict, Invalid, NotFound
from app.foundation.text import gettext, lazy_gettext, plain

#: The office has decided: a result, a refusal, a stop. The law hands a rating slip out with a
#: refusal too; an applicant who withdrew ended the matter himself, and nothing was decided.
RATEABLE = FINISHED - {Status.WITHDRAWN}


class NotRateable(Conflict):
    """The office is not done yet, or the applicant has withdrawn."""

    message = lazy_gettext("A dossier can be rated once the office has settled it.")


class NotRated(NotFound):
    """Nobody has rated the dossier yet."""

    message = lazy_gettext("This dossier has not been rated yet.")


class RatingStands(Conflict):
    """The time in which a rating could be changed is over."""

    message = lazy_gettext("You have rated this dossier. The rating can no longer be changed.")


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the applicant answers: points for each criterion of `ASKED`, and a comment."""

    points: Mapping[Criterion, int]
    comment: str


def can_rate(dossier: Dossier, actor: Actor) -> bool:
    """Whether the actor is the applicant of a dossier that is settled."""
    return dossier.status in RATEABLE and is_applicant(dossier, actor)


def changeable_until(rating: Rating, days: int) -> datetime:
    """Until when the applicant may think otherwise, `days` after he first rated."""
    return rating.first_rated_at + timedelta(days=days)


def ensure_rateable(dossier: Dossier, rating: Rating | None, days: int, at: datetime) -> None:
    """Raise NotRateable before the end, RatingStands when it can be changed no more."""
    if dossier.status not in RATEABLE:
        raise NotRateable
    if rating is not None and at > changeable_until(rating, days):
        raise RatingStands


def field_of(criterion: Criterion) -> str:
    """How forms call the answer to a criterion."""
    return f"c{int(criterion)}"


def read_opinion(form: Mapping[str, str]) -> Opinion:
    """Check `c5` to `c11` and `comment` of a form; raises Invalid, naming each field."""
    errors: dict[str, list[str]] = {}
    known = {str(points): points for points in POINTS}
    found: dict[Criterion, int] = {}
    for criterion in ASKED:
        given = form.get(field_of(criterion), "")
        if given in known:
            found[criterion] = known[given]
        else:
            errors[field_of(criterion)] = [
                gettext("Choose an answer for criterion %(number)s.", number=int(criterion))
            ]
    comment = plain(form.get("comment", "")).strip()
    if len(comment) > LONGEST_COMMENT:
        errors["comment"] = [gettext("Write at most %(count)s characters.", count=LONGEST_COMMENT)]
    if errors:
        raise Invalid(errors=errors)
    return Opinion(points=found, comment=comment)


def digest_of_comment(comment: str | None) -> str | None:
    """What the record keeps of a comment; the words themselves may have to be erased one day."""
    return hashlib.sha256(comment.encode()).hexdigest() if comment else None
