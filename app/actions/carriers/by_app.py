"""Parcels to the application of the province: a signed message to its server (spec R4-13).

No such interface was published; the shape is ours, and the app's server has to be taught it.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

import orjson

from app.actions.carriers.parcels import Attempt, Fate, Parcel, international
from app.foundation.calling import CallFailed, post_json
from app.foundation.clock import now

#: The reader does not use the app.
_UNKNOWN = frozenset({404, 410})
#: The very same message was taken before.
_TAKEN_BEFORE = 409
#: It is our signature or our haste, not the message.
_OURS = frozenset({401, 403, 408, 425, 429})


@dataclass(frozen=True, kw_only=True)
class PushGateway:
    """The app's server, and the secret shared with it."""

    url: str
    secret: str = field(repr=False)

    def __call__(self, parcel: Parcel) -> Attempt:
        """Carry it."""
        body = orjson.dumps(
            {
                "id": parcel.key,
                "to": international(parcel.address),
                "kind": parcel.kind,
                "code": parcel.code,
                "language": parcel.language,
                "title": parcel.subject,
                "text": parcel.short,
                "link": parcel.url,
            },
            option=orjson.OPT_SORT_KEYS,
        )
        try:
            answer = post_json(self.url, body, headers=self._headers(parcel, body))
        except CallFailed as error:
            return Attempt(fate=Fate.AGAIN, reason=str(error))
        return _fate(answer.status, parcel)

    def _headers(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        moment = str(int(now().timestamp()))
        return {
            "Idempotency-Key": parcel.key,
            "X-Timestamp": moment,
            "X-Signature": signature(self.secret, moment, body),
        }


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA-256 in hex digits over the moment, a dot, and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _fate(status: int, parcel: Parcel) -> Attempt:
    if 200 <= status < 300 or status == _TAKEN_BEFORE:
        return Attempt(fate=Fate.SENT, provider_id=parcel.key)
    reason = f"the app's server answered {status}"
    if status in _UNKNOWN:
        return Attempt(fate=Fate.ELSEWHERE, reason=reason)
    for_good = 400 <= status < 500 and status not in _OURS
    return Attempt(fate=Fate.NEVER if for_good else Fate.AGAIN, reason=reason)
