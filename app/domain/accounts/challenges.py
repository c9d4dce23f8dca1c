"""The confirmation code that keeps machines out (spec R3-08): to be seen, or to be answered.

A challenge is nothing but a signed name and an instant; what is right follows from the name and
the house's secret, so that showing one stores nothing. Answering spends it, right or wrong.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime
from app.foundation.text import lazy_gettext

#: So long one may take for the form.
LIFE = timedelta(minutes=30)
#: Letters and digits that nobody takes for each other.
SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
LENGTH = 5
WRONG = lazy_gettext("The confirmation code is not right. Here is a new one.")
#: Numbers in words: a machine that reads pictures does not read these.
_NUMBERS = (
    lazy_gettext("one"),
    lazy_gettext("two"),
    lazy_gettext("three"),
    lazy_gettext("four"),
    lazy_gettext("five"),
    lazy_gettext("six"),
    lazy_gettext("seven"),
    lazy_gettext("eight"),
    lazy_gettext("nine"),
)
_QUESTIONS = (
    lazy_gettext("How much is %(one)s plus %(other)s? Answer in digits."),
    lazy_gettext("A dossier has %(one)s sheets, and %(other)s are added. How many sheets is that?"),
    lazy_gettext("Add %(one)s and %(other)s and write the sum in digits."),
)


class SpentChallenge(Base):
    """A challenge that has been answered: it works no second time."""

    __tablename__ = "spent_challenges"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: When its signature is worth nothing any more, and the row may go.
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What is asked under one name."""

    name: str
    secret: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a challenge has a name")

    @property
    def digest(self) -> bytes:
        """Under which it is spent."""
        return hashlib.sha256(self.name.encode()).digest()

    @property
    def code(self) -> str:
        """What the picture shows."""
        return "".join(SIGNS[byte % len(SIGNS)] for byte in self.bytes_for("code")[:LENGTH])

    @property
    def question(self) -> str:
        """What can be answered without seeing anything, in the reader's language."""
        which, one, other, *_ = self.bytes_for("question")
        told = {"one": _NUMBERS[one % 9], "other": _NUMBERS[other % 9]}
        asked = str(_QUESTIONS[which % len(_QUESTIONS)]) % told
        return asked[:1].upper() + asked[1:]

    def is_met_by(self, code: str, answer: str) -> bool:
        """Whether the code or the answer is right; one of them is enough."""
        typed = code.replace(" ", "").upper()
        if typed:
            return hmac.compare_digest(typed.encode(), self.code.encode())
        _, one, other, *_ = self.bytes_for("question")
        return answer.strip() == str(one % 9 + other % 9 + 2)

    def bytes_for(self, purpose: str) -> bytes:
        """Chance that is always the same for this name and purpose."""
        told = f"{purpose}:{self.name}".encode()
        return hmac.digest(self.secret.encode(), told, "sha256")
