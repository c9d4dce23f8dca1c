"""The ways out of this house: which channels an installation has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.actions.carriers.by_app import PushGateway
from app.actions.carriers.by_mail import by_mail
from app.actions.carriers.by_sms import sms_gateway
from app.actions.carriers.by_zalo import ZaloGateway, ZaloTokens
from app.actions.carriers.parcels import Attempt, Carrier, Fate, Parcel, guarded
from app.domain.notices.model import Channel
from app.foundation.breaker import Breaker
from app.foundation.mail import NoMailer, mailer_for
from app.queries.notice_facts import Letterhead

__all__ = ["Attempt", "Carrier", "Fate", "Parcel", "PostOffice", "post_office"]


@dataclass(frozen=True, kw_only=True)
class PostOffice:
    """What an installation can send with; made once a process, for it remembers failures."""

    head: Letterhead
    carriers: Mapping[Channel, Carrier]
    #: Where Zalo's tokens are exchanged.
    tokens: ZaloTokens | None = None

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
    return PostOffice(
        head=Letterhead(province=settings["PROVINCE_NAME"], public_url=settings["PUBLIC_URL"]),
        carriers={
            channel: guarded(carrier, Breaker()) for channel, carrier in _carriers(settings).items()
        },
        tokens=ZaloTokens(
            url=settings["ZALO_OAUTH_URL"],
            app_id=settings["ZALO_APP_ID"],
            secret=settings["ZALO_APP_SECRET"],
        )
        if settings["ZALO_TEMPLATE"]
        else None,
    )


def _carriers(settings: Mapping[str, Any]) -> dict[Channel, Carrier]:
    found: dict[Channel, Carrier] = {}
    mailer = mailer_for(settings["MAIL_URL"], settings["MAIL_FROM"])
    if not isinstance(mailer, NoMailer):
        found[Channel.EMAIL] = by_mail(mailer)
    if settings["SMS_URL"]:
        found[Channel.SMS] = sms_gateway(settings["SMS_URL"])
    if settings["APP_PUSH_URL"]:
        found[Channel.APP] = PushGateway(
            url=settings["APP_PUSH_URL"], secret=settings["APP_PUSH_SECRET"]
        )
    if settings["ZALO_TEMPLATE"]:
        found[Channel.ZALO] = ZaloGateway(
            url=settings["ZALO_URL"], template=settings["ZALO_TEMPLATE"]
        )
    return found
