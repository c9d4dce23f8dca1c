"""What to do next, over all kinds of work: one list in the order of the instants."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.foundation.due import Due
from app.jobs.patience import Patience
from app.jobs.worklist import Work

#: Rows taken up between two looks.
BATCH = 100


class Entry(NamedTuple):
    """One due row. Sorts by its instant, then by the kind's place in the worklist."""

    instant: datetime
    place: int
    row: int


@dataclass
class Column:
    """One kind of work, and who of it has to wait."""

    work: Work
    patience: Patience


class Agenda:
    """The kinds of work merged; rows that failed or were busy are passed over until they may."""

    def __init__(self, worklist: tuple[Work, ...]) -> None:
        self._columns = [Column(work=work, patience=Patience()) for work in worklist]

    def ready(self, session: Session, at: datetime) -> list[Entry]:
        """The first rows that are due and need not wait, in the order of their instants.

        The first hundred of all are among the first hundred of each kind, so that every kind is
        asked for no more.
        """
        found = [self._ready(place, session, at) for place in range(len(self._columns))]
        return list(islice(heapq.merge(*found), BATCH))

    def next(self, session: Session, after: datetime) -> datetime | None:
        """When something comes due after that moment, or a row need wait no longer."""
        upcoming = [column.work.rows.next(session, after) for column in self._columns]
        waits = [column.patience.first(after) for column in self._columns]
        return min(filter(None, (*upcoming, *waits)), default=None)

    def __getitem__(self, entry: Entry) -> Column:
        """The kind of work an entry belongs to."""
        return self._columns[entry.place]

    def _ready(self, place: int, session: Session, at: datetime) -> list[Entry]:
        """Rows that wait are read too, lest they hide those behind them."""
        column = self._columns[place]
        limit = BATCH + len(column.patience)
        found = column.work.rows.due(session, at, limit)
        if len(found) < limit:
            column.patience.keep_only(due.row for due in found)
        # Several rows of one instant come in any order.
        return sorted(Entry(due.instant, place, due.row) for due in self._may(column, found, at))

    def _may(self, column: Column, found: list[Due], at: datetime) -> Iterator[Due]:
        return (due for due in found if column.patience.allows(due.row, at))
