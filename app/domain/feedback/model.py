"""How an applicant rates the handling of a dossier."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, JsonBytes, UtcDateTime

#: Characters of a comment.
LONGEST_COMMENT = 2000


class Rating(Base):
    """The rating in force; the journal keeps every one that was ever given."""

    __tablename__ = "ratings"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    #: The journal entry that tells it.
    seq: Mapped[int]
    #: The rules that criteria 1 to 4 were counted by, see `computed.RULES`.
    rules: Mapped[str] = mapped_column(String(16))
    #: Points by the number of the criterion, and the facts behind those that were computed.
    points: Mapped[Any] = mapped_column(JsonBytes)
    facts: Mapped[Any] = mapped_column(JsonBytes)
    total: Mapped[int] = mapped_column(SmallInteger)
    #: In the applicant's own words; the journal keeps a digest of it.
    comment: Mapped[str | None] = mapped_column(String(LONGEST_COMMENT))
    #: Who rated; none for a visitor who has proved to be the applicant.
    rated_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: When it was first given: from then on it can be changed for some days.
    first_rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
