"""Early, on time or overdue, as the two official ways of counting see it (spec L-10)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.foundation.clock import local_date


class Timeliness(Enum):
    """How a dossier stands to its due date."""

    EARLY = "early"  # trước hạn
    ON_TIME = "on_time"  # đúng hạn; also what is still open and not overdue
    OVERDUE = "overdue"  # quá hạn


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The same dossier compared in two ways.

    Official statistics compare days; decision 766, the reception rule and the deadlines of steps
    compare instants.
    """

    by_date: Timeliness
    by_instant: Timeliness


def classify(finished_at: datetime | None, due: datetime | None, now: datetime) -> Standing:
    """How a dossier stands that was finished at `finished_at`, or is still open `now`.

    What has no due date is on time. At the due instant, and by days on the due day, is on time.
    Raises ValueError for moments without a zone.
    """
    if any(moment is not None and moment.tzinfo is None for moment in (finished_at, due, now)):
        raise ValueError("a moment without a time zone is no instant")
    if due is None:
        return Standing(by_date=Timeliness.ON_TIME, by_instant=Timeliness.ON_TIME)
    at, done = finished_at or now, finished_at is not None
    day, last = local_date(at), local_date(due)
    return Standing(
        by_date=_timeliness(earlier=day < last, later=day > last, done=done),
        by_instant=_timeliness(earlier=at < due, later=at > due, done=done),
    )


def _timeliness(*, earlier: bool, later: bool, done: bool) -> Timeliness:
    if later:
        return Timeliness.OVERDUE
    return Timeliness.EARLY if earlier and done else Timeliness.ON_TIME
