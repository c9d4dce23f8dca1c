"""The ways out of this house: which channels it has, and what carries a message on each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from app.domain.notices.model import Channel
from app.foundation.mail import Mailer, MailFailed, MailRefused, Message, NoMailer, mailer_for
from app.queries.notice_facts import Letterhead


class Fate(Enum):
    """What became of one attempt."""

    SENT = "sent"  # the provider has it
    AGAIN = "again"  # later; also where nobody knows whether it has arrived
    NEVER = "never"  # the address or the content is refused for good
    ELSEWHERE = "elsewhere"  # this channel does not reach the reader
    RESTED = "rested"  # not even tried: the channel is left alone for a while


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """The outcome of one attempt; `reason` names no address and no secret."""

    fate: Fate
    provider_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One message, ready to go; it knows no database."""

    key: str
    channel: Channel
    address: str = field(repr=False)
    name: str = field(repr=False)
    kind: str
    code: str
    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    #: For a telephone, without the link.
    short: str = field(repr=False)
    url: str
    preferences_url: str


#: Carries a parcel; never raises for what a provider does.
Carrier = Callable[[Parcel], Attempt]


@dataclass(frozen=True, kw_only=True)
class PostOffice:
    """What an installation can send with; made once a process, for it remembers failures."""

    head: Letterhead
    carriers: Mapping[Channel, Carrier]

    @property
    def offered(self) -> frozenset[Channel]:
        """The channels there are."""
        return frozenset(self.carriers)

    def carry(self, parcel: Parcel) -> Attempt:
        """Send it; outside of every transaction, for it may take its time."""
        carrier = self.carriers.get(parcel.channel)
        if carrier is None:
            return Attempt(fate=Fate.AGAIN, reason="the channel is switched off")
        return carrier(parcel)


def post_office(settings: Mapping[str, Any]) -> PostOffice:
    """The post office of an installation. Raises ValueError for a setting that cannot be used."""
    carriers: dict[Channel, Carrier] = {}
    mailer = mailer_for(settings["MAIL_URL"], settings["MAIL_FROM"])
    if not isinstance(mailer, NoMailer):
        carriers[Channel.EMAIL] = by_mail(mailer)
    head = Letterhead(province=settings["PROVINCE_NAME"], public_url=settings["PUBLIC_URL"])
    return PostOffice(head=head, carriers=carriers)


def by_mail(mailer: Mailer) -> Carrier:
    """Carry parcels as e-mails."""

    def carry(parcel: Parcel) -> Attempt:
        try:
            sent = mailer.send(_mail(parcel))
        except MailRefused as error:
            return Attempt(fate=Fate.NEVER, reason=str(error))
        except MailFailed as error:
            return Attempt(fate=Fate.AGAIN, reason=str(error))
        return Attempt(fate=Fate.SENT, provider_id=sent)

    return carry


def _mail(parcel: Parcel) -> Message:
    """Who may choose how he is told finds the place in the header too (RFC 2369)."""
    headers = {}
    if parcel.preferences_url:
        headers["List-Unsubscribe"] = f"<{parcel.preferences_url}>"
    return Message(
        to=parcel.address,
        subject=parcel.subject,
        text=parcel.text,
        html=parcel.html,
        key=parcel.key,
        headers=headers,
    )
