"""What was said to and by another house, kept message by message."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime

#: Messages of one conversation that a page shows.
SHOWN = 100


class Direction(Enum):
    """Who said it."""

    SENT = "sent"  # we
    RECEIVED = "received"  # the other house


class PartnerMessage(Base):
    """One message, without keys and signatures and without whom it concerns.

    Each partner has a table of its own, whose rows name what the message is about.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    direction: Mapped[Direction] = mapped_column(default=Direction.RECEIVED)
    #: Which of the partner's messages, by its own word for it.
    kind: Mapped[str] = mapped_column(String(16))
    #: What came of it, in one word: `ok`, `repeated`, `bad_signature`, `timed_out`...
    result: Mapped[str] = mapped_column(String(32))
    body: Mapped[Any] = mapped_column(JsonBytes)


_Kind = TypeVar("_Kind", bound=PartnerMessage)


def last_messages(
    session: Session, kind: type[_Kind], about: ColumnElement[bool]
) -> Sequence[_Kind]:
    """The last messages for which that holds, oldest first."""
    wanted = select(kind).where(about).order_by(kind.id.desc()).limit(SHOWN)
    return session.scalars(wanted).all()[::-1]
