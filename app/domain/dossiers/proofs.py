"""Codes sent to the e-mail address of a dossier: who reads them there may look at it (R3-03)."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime

#: So long a code may be typed in, and so often a wrong one; then another has to be asked for.
LIFE = timedelta(minutes=15)
MOST_TRIES = 5
#: No dossier is sent more codes within an hour.
MOST_AN_HOUR = 4
#: After so long nothing is counted with a row any more.
KEPT = timedelta(days=1)
DIGITS = 6


class ProofCode(Base):
    """One code that was sent; only the newest of a dossier counts, and it opens once.

    What it says is kept nowhere: it follows from the promise of its e-mail and the house's secret.
    """

    __tablename__ = "proof_codes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    #: The promise of the e-mail that brought it.
    mail_id: Mapped[int] = mapped_column(BigId, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: How often something else was typed in.
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def digits_of(token: str) -> str:
    """The code that follows from the secret part of an e-mail, `token` being hexadecimal."""
    return f"{int(token[:15], 16) % 10**DIGITS:0{DIGITS}}"
