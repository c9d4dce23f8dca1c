"""Made-up work, so that a ticker can be watched without the law in the way."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.foundation.due import Due
from app.jobs.worklist import Work
from tests.support.apps import MONDAY


class Rows:
    """One kind of row, each due at an instant; some always fail, some are always busy."""

    def __init__(
        self,
        due: Iterable[tuple[int, datetime]],
        *,
        name: str = "made up",
        fails: Iterable[int] = (),
        busy: Iterable[int] = (),
    ) -> None:
        self.waiting = dict(due)
        self.name, self.fails, self.busy = name, set(fails), set(busy)
        self.tried: list[int] = []
        #: Who did what, over all kinds that share the list.
        self.diary: list[tuple[str, int]] = []
        self.looks = 0

    def due(self, _session: Session, at: datetime, limit: int) -> list[Due]:
        self.looks += 1
        ripe = (Due(instant, row) for row, instant in self.waiting.items() if instant <= at)
        return sorted(ripe)[:limit]

    def next(self, _session: Session, after: datetime) -> datetime | None:
        return min((instant for instant in self.waiting.values() if instant > after), default=None)

    def act(self, _session: Session, row: int, *, at: datetime) -> bool:
        assert at.tzinfo is not None
        self.tried.append(row)
        if row in self.fails:
            raise RuntimeError(f"row {row} is poisoned")
        if row in self.busy:
            return False
        del self.waiting[row]
        self.diary.append((self.name, row))
        return True

    def work(self) -> Work:
        return Work(name=self.name, rows=self, act=self.act)


def overdue(rows: Iterable[int]) -> list[tuple[int, datetime]]:
    """Rows that came due before Monday, one second after the other."""
    return [(row, MONDAY - timedelta(days=1) + timedelta(seconds=row)) for row in rows]
