"""Parcels as template messages of the province's Zalo account (spec §8)."""

from dataclasses import dataclass, field

from app.actions.carriers.parcels import Attempt, Fate, Parcel, international
from app.foundation.calling import CallFailed, post_form, post_json
from app.foundation.text import one_line

#: Codes the service documents: the reader has no Zalo, an old one, or takes no such messages.
_NOT_REACHED = frozenset({-108, -110, -114, -118, -119, -134, -213})
#: The access token is wrong or has expired.
_TOKEN = frozenset({-124, -216})
#: The template or its data: no repeat mends them.
_NEVER = frozenset({-109, -111, -112, -121, -131, -132})
#: Characters the template allows for one value.
_ROOM = 100


@dataclass(frozen=True, kw_only=True)
class ZaloGateway:
    """The service that takes template messages, and the registered template."""

    url: str
    template: str

    def __call__(self, parcel: Parcel) -> Attempt:
        """Carry it; without a token nothing leaves."""
        if not parcel.token:
            return Attempt(fate=Fate.TOKEN, reason="there is no access token")
        try:
            answer = post_json(
                self.url, self._request(parcel), headers={"access_token": parcel.token}
            )
            if answer.status >= 500:
                return Attempt(fate=Fate.AGAIN, reason=f"Zalo answered {answer.status}")
            told = answer.json()
        except CallFailed as error:
            return Attempt(fate=Fate.AGAIN, reason=str(error))
        return _fate(told)

    def _request(self, parcel: Parcel) -> dict[str, object]:
        return {
            "phone": international(parcel.address),
            "template_id": self.template,
            "template_data": {
                "ten_nguoi_dan": _value(parcel.name),
                "ma_ho_so": parcel.code,
                "trang_thai": _value(parcel.subject),
                "ten_dich_vu": _value(parcel.procedure),
                "loi_nhan": _value(parcel.short),
                "cta_link": parcel.url,
            },
            "tracking_id": parcel.key,
        }


def _value(text: str) -> str:
    return one_line(text)[:_ROOM]


def _fate(told: dict[str, object]) -> Attempt:
    code = told.get("error")
    if code == 0:
        data = told.get("data")
        number = data.get("msg_id") if isinstance(data, dict) else None
        return Attempt(fate=Fate.SENT, provider_id=str(number) if number else None)
    reason = f"Zalo answered code {code}"
    fates = ((_TOKEN, Fate.TOKEN), (_NOT_REACHED, Fate.ELSEWHERE), (_NEVER, Fate.NEVER))
    fate = next((fate for codes, fate in fates if code in codes), Fate.AGAIN)
    return Attempt(fate=fate, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two tokens and how many seconds the first of them lasts."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ZaloTokens:
    """The service that gives a new pair of tokens for a refresh token, once."""

    url: str
    app_id: str
    secret: str = field(repr=False)

    def exchange(self, refresh: str) -> Pair | str:
        """The next pair, or why there is none."""
        fields = {"refresh_token": refresh, "app_id": self.app_id, "grant_type": "refresh_token"}
        try:
            told = post_form(self.url, fields, headers={"secret_key": self.secret}).json()
            return Pair(
                access=str(told["access_token"]),
                refresh=str(told["refresh_token"]),
                seconds=int(str(told["expires_in"])),
            )
        except CallFailed as error:
            return str(error)
        except (KeyError, ValueError):
            return "the answer holds no tokens"
