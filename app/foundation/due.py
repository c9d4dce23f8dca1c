"""Rows that wait for an instant: found in the order of their instants, without reading others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, TextClause, select
from sqlalchemy.orm import InstrumentedAttribute, Session


class Due(NamedTuple):
    """One row and the instant it waits for; sorts by the instant."""

    instant: datetime
    row: int


@dataclass(frozen=True, kw_only=True)
class DueRows:
    """One kind of row that waits for an instant.

    A partial index over the instant must carry the same condition as `waiting`, word for word:
    then a look reads the index entries of what it finds, and nothing else.
    """

    #: The row's number and the instant it waits for; a row without an instant waits for nothing.
    number: InstrumentedAttribute[int]
    instant: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    #: What holds for a row only as long as it waits.
    waiting: tuple[ColumnElement[bool] | TextClause, ...]
    #: So long after its instant it comes due.
    after: timedelta = timedelta()

    def due(self, session: Session, at: datetime, limit: int = 100) -> list[Due]:
        """What has come due by then, the earliest first."""
        found = session.execute(
            select(self.instant, self.number)
            .where(*self.waiting, self.instant <= at - self.after)
            .order_by(self.instant)
            .limit(limit)
        )
        return [Due(instant + self.after, row) for instant, row in found if instant is not None]

    def next(self, session: Session, after: datetime) -> datetime | None:
        """The first instant after that moment at which a row comes due; reads one index entry."""
        found = session.scalar(
            select(self.instant)
            .where(*self.waiting, self.instant > after - self.after)
            .order_by(self.instant)
            .limit(1)
        )
        return None if found is None else found + self.after
