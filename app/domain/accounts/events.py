"""What happened to an account: appended, never changed, shown to its owner."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, BigId, UtcDateTime
from app.foundation.text import LazyString, lazy_gettext


class AccountEvent(Enum):
    """Facts in the past tense."""

    ACTIVATED = "ACTIVATED"
    LOGGED_IN = "LOGGED_IN"
    LOGGED_OUT = "LOGGED_OUT"
    LOG_IN_FAILED = "LOG_IN_FAILED"
    LOCKED = "LOCKED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - the name of a fact
    PASSWORD_RECOVERED = "PASSWORD_RECOVERED"  # noqa: S105 - likewise
    PASSWORD_ISSUED = "PASSWORD_ISSUED"  # noqa: S105 - likewise; by somebody else
    PROFILE_CHANGED = "PROFILE_CHANGED"
    EMAIL_CHANGED = "EMAIL_CHANGED"
    SESSION_ENDED = "SESSION_ENDED"
    TOTP_SWITCHED_ON = "TOTP_SWITCHED_ON"
    TOTP_SWITCHED_OFF = "TOTP_SWITCHED_OFF"
    CODES_ISSUED = "CODES_ISSUED"
    EID_LINKED = "EID_LINKED"
    PROVED = "PROVED"


@dataclass(frozen=True, kw_only=True)
class Whence:
    """From where somebody speaks: network address and browser, as far as they are told."""

    remote: str = ""
    browser: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "remote", self.remote[:45])
        object.__setattr__(self, "browser", self.browser[:200])


#: How each fact is told to the owner of the account.
WORDS: dict[AccountEvent, LazyString] = {
    AccountEvent.ACTIVATED: lazy_gettext("Account activated"),
    AccountEvent.LOGGED_IN: lazy_gettext("Logged in"),
    AccountEvent.LOGGED_OUT: lazy_gettext("Logged out"),
    AccountEvent.LOG_IN_FAILED: lazy_gettext("Log-in with a wrong password"),
    AccountEvent.LOCKED: lazy_gettext("Log-in paused after several wrong passwords"),
    AccountEvent.PASSWORD_CHANGED: lazy_gettext("Password changed"),
    AccountEvent.PASSWORD_RECOVERED: lazy_gettext("New password set through a link in an e-mail"),
    AccountEvent.PASSWORD_ISSUED: lazy_gettext("New password issued by the IT officer"),
    AccountEvent.PROFILE_CHANGED: lazy_gettext("Profile changed"),
    AccountEvent.EMAIL_CHANGED: lazy_gettext("E-mail address changed"),
    AccountEvent.SESSION_ENDED: lazy_gettext("Logged out on another device"),
    AccountEvent.TOTP_SWITCHED_ON: lazy_gettext("Two-step log-in switched on"),
    AccountEvent.TOTP_SWITCHED_OFF: lazy_gettext("Two-step log-in switched off"),
    AccountEvent.CODES_ISSUED: lazy_gettext("New recovery codes made"),
    AccountEvent.EID_LINKED: lazy_gettext("Linked with VNeID"),
    AccountEvent.PROVED: lazy_gettext("Identity confirmed"),
}


class AccountEntry(Base):
    """One fact about one account."""

    __tablename__ = "account_entries"
    __table_args__ = (Index("ix_account_entries_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    event: Mapped[AccountEvent]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who did it, where it was not the owner.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    remote: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")
