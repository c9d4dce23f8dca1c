"""Parcels as SMS under the name of the office: the operators' brandname messages (spec §8)."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from app.actions.carriers.parcels import Attempt, Fate, Parcel, international
from app.domain.notices.wording import sms_of
from app.foundation.calling import CallFailed, post_json

#: What operators answer when they have taken a message.
_TAKEN = "0"


@dataclass(frozen=True, kw_only=True)
class SmsGateway:
    """One operator, and what was registered there."""

    url: str
    user: str
    password: str = field(repr=False)
    #: Numbers of the brand name, of the template with one variable, and of the agent.
    label: str
    template: str
    agent: str
    #: Codes by which the operator refuses a message for good.
    never: frozenset[str] = frozenset()

    def __call__(self, parcel: Parcel) -> Attempt:
        """Carry it: one part, without accents, no personal number in it."""
        try:
            answer = post_json(self.url, {"RQST": self._request(parcel)})
            if answer.status >= 500:
                return Attempt(fate=Fate.AGAIN, reason=f"the gateway answered {answer.status}")
            told = answer.json().get("RPLY")
        except CallFailed as error:
            return Attempt(fate=Fate.AGAIN, reason=str(error))
        code = str(told.get("ERROR", "")) if isinstance(told, dict) else ""
        return self._fate(code, parcel)

    def _request(self, parcel: Parcel) -> dict[str, object]:
        words = sms_of(parcel.short, parcel.url)
        return {
            "name": "send_sms_list",
            # A repeat of the same number is the same message.
            "REQID": parcel.key,
            "LABELID": self.label,
            "TEMPLATEID": self.template,
            "AGENTID": self.agent,
            "PARAMS": [{"NUM": "1", "CONTENT": words}],
            "MOBILELIST": international(parcel.address),
            "SCHEDULETIME": "",
            "APIUSER": self.user,
            "APIPASS": self.password,
        }

    def _fate(self, code: str, parcel: Parcel) -> Attempt:
        if code == _TAKEN:
            return Attempt(fate=Fate.SENT, provider_id=parcel.key)
        fate = Fate.NEVER if code in self.never else Fate.AGAIN
        return Attempt(fate=fate, reason=f"the operator answered code {code[:20] or 'nothing'}")


def sms_gateway(address: str) -> SmsGateway:
    """The gateway of a setting: `https://user:password@host/path?label=1&template=2&agent=3`.

    `never=7,9` lists codes that refuse for good. Raises ValueError.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write https://user:password@host/path?label=1&template=2&agent=3")
    told = {name: values[0] for name, values in parse_qs(parts.query).items()}
    port = f":{parts.port}" if parts.port else ""
    return SmsGateway(
        url=f"{parts.scheme}://{parts.hostname}{port}{parts.path}",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        label=told.get("label", ""),
        template=told.get("template", ""),
        agent=told.get("agent", ""),
        never=frozenset(filter(None, told.get("never", "").split(","))),
    )
