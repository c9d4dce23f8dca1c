"""Wrong secrets make whoever tries wait, longer every time, known name or not."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, case, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime, inserting
from app.foundation.due import DueRows
from app.foundation.errors import NotAllowed
from app.foundation.text import lazy_gettext

#: So many wrong secrets for one name, and how long nobody may try it then.
NAME_PAUSES: tuple[tuple[int, timedelta], ...] = (
    (5, timedelta(minutes=1)),
    (10, timedelta(minutes=5)),
    (15, timedelta(minutes=15)),
    (20, timedelta(minutes=60)),
)
#: The same for one address: many people may sit behind it.
ADDRESS_PAUSES: tuple[tuple[int, timedelta], ...] = (
    (30, timedelta(minutes=1)),
    (60, timedelta(minutes=5)),
    (90, timedelta(minutes=15)),
    (120, timedelta(minutes=60)),
)
#: Failures are forgotten when none has followed for so long.
FORGIVEN_AFTER = timedelta(hours=24)


class Paused(NotAllowed):
    """Too many wrong secrets; `minutes` until another is looked at."""

    message = lazy_gettext(
        "There were too many wrong attempts. Log-in with this user name or from this connection "
        "is paused for %(minutes)s minutes. You can set a new password meanwhile."
    )


class Throttle(Base):
    """How often one name or one address has been wrong."""

    __tablename__ = "throttles"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: SHA-256 of the kind and the name or address: nobody reads here who has tried what.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


def digest_of_name(login: str) -> bytes:
    """Under which failures of a log-in name are counted, however it is written."""
    return hashlib.sha256(b"name:" + login.strip().casefold().encode()).digest()


def digest_of_address(remote: str) -> bytes:
    """Under which failures from an address are counted."""
    return hashlib.sha256(b"address:" + remote.encode()).digest()


def pause_after(failures: int, pauses: tuple[tuple[int, timedelta], ...]) -> timedelta | None:
    """How long to pause after that failure; None for most.

    After the last rung of the ladder every further handful pauses as long as the last.
    """
    handful = pauses[0][0]
    if failures < handful or failures % handful:
        return None
    return [pause for rung, pause in pauses if failures >= rung][-1]


def ensure_open(session: Session, login: str, remote: str, at: datetime) -> None:
    """Raises Paused when the name or the address has to wait."""
    wanted = (digest_of_name(login), digest_of_address(remote))
    until = session.scalars(
        select(Throttle.paused_until).where(Throttle.digest.in_(wanted), Throttle.paused_until > at)
    ).all()
    if longest := max((one for one in until if one is not None), default=None):
        raise Paused(minutes=-(-int((longest - at).total_seconds()) // 60))


def count_failure(session: Session, login: str, remote: str, at: datetime) -> bool:
    """Count a wrong secret for both; whether the name is paused by it."""
    _count(session, digest_of_address(remote), ADDRESS_PAUSES, at)
    return _count(session, digest_of_name(login), NAME_PAUSES, at)


def forgive(session: Session, login: str) -> None:
    """The name was told the right secret; the address keeps its count, lest one account hide it."""
    session.execute(
        delete(Throttle).where(Throttle.digest == digest_of_name(login)),
        execution_options={"synchronize_session": False},
    )


#: Failures that count no more, so that nobody need remember them.
OLD_FAILURES = DueRows(
    number=Throttle.id, instant=Throttle.failed_at, waiting=(), after=FORGIVEN_AFTER
)


def forget_failures(session: Session, row_id: int, *, at: datetime) -> bool:
    """Delete the count of one name or address, unless it has gone on meanwhile."""
    gone = session.execute(
        delete(Throttle)
        .where(Throttle.id == row_id, Throttle.failed_at <= at - FORGIVEN_AFTER)
        .returning(Throttle.id),
        execution_options={"synchronize_session": False},
    )
    return gone.first() is not None


def _count(
    session: Session, digest: bytes, pauses: tuple[tuple[int, timedelta], ...], at: datetime
) -> bool:
    """One statement: of two who fail at once for a new name, the second waits for the first."""
    known = Throttle.failures + 1
    counting = (
        inserting(session, Throttle)
        .values(digest=digest, failures=1, failed_at=at)
        .on_conflict_do_update(
            index_elements=["digest"],
            set_={
                "failures": case((Throttle.failed_at < at - FORGIVEN_AFTER, 1), else_=known),
                "failed_at": at,
            },
        )
        .returning(Throttle.failures)
    )
    pause = pause_after(session.execute(counting).scalar_one(), pauses)
    if pause is not None:
        session.execute(
            update(Throttle).where(Throttle.digest == digest).values(paused_until=at + pause),
            execution_options={"synchronize_session": False},
        )
    return pause is not None
