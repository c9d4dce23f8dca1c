"""By which channels somebody is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.notices.kinds import Kind
from app.domain.notices.model import Channel, Suppressed
from app.domain.notices.pacing import QuietHours

VIETNAMESE: Final = "vi"
#: Languages that every wording exists in.
LANGUAGES: Final = (VIETNAMESE, "en")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How somebody wants to be told."""

    language: str = VIETNAMESE
    channels: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.SMS})
    quiet: QuietHours = field(default_factory=QuietHours)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where somebody can be reached."""

    name: str
    email: str | None
    phone: str | None
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One channel and the address on it."""

    channel: Channel
    address: str


#: Channels that show on a telephone; one that costs nothing spares the SMS.
_INSTEAD_OF_SMS = (Channel.ZALO, Channel.APP)


def routes_to(
    contact: Contact, kind: Kind, offered: Collection[Channel]
) -> Sequence[Route] | Suppressed:
    """Every channel that is wanted, offered and has an address; why not, where there is none.

    An SMS goes out only for what is worth it or where nothing else is wanted, and only where no
    other message reaches the same telephone. Whoever wanted none of the channels that are left is
    told by any that works: he may choose how to be told, not whether.
    """
    known = _known(contact)
    if not known:
        return Suppressed.NO_ADDRESS
    usable = [route for route in known if route.channel in offered]
    if not usable:
        return Suppressed.NO_CHANNEL
    wanted = [route for route in usable if route.channel in contact.wishes.channels]
    chosen = _without_needless_sms(wanted, kind)
    return chosen or wanted[:1] or usable[:1]


def _known(contact: Contact) -> list[Route]:
    phone = contact.phone
    found = [Route(channel=Channel.EMAIL, address=contact.email)] if contact.email else []
    if phone:
        channels = (Channel.SMS, Channel.ZALO, Channel.APP)
        found += [Route(channel=channel, address=phone) for channel in channels]
    return found


def _without_needless_sms(wanted: Sequence[Route], kind: Kind) -> list[Route]:
    free = any(route.channel in _INSTEAD_OF_SMS for route in wanted)
    return [
        route for route in wanted if route.channel is not Channel.SMS or (kind.by_sms and not free)
    ]


def fallback_of(
    contact: Contact, failed: Channel, tried: Collection[Channel], offered: Collection[Channel]
) -> Route | None:
    """Where a message goes that a channel cannot bring, such as Zalo to somebody who follows not.

    None where another channel has brought it already, or none is left.
    """
    others = set(tried) - {failed}
    if others:
        return None
    order = (Channel.SMS, Channel.EMAIL)
    known = {route.channel: route for route in _known(contact)}
    return next((known[one] for one in order if one in known and one in offered), None)


def masked(address: str) -> str:
    """An address for pages that need not show it: `m…i@example.vn`, `091…678`."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}…{name[-1:] if len(name) > 2 else ''}@{domain}"
    return f"{address[:3]}…{address[-3:]}"
