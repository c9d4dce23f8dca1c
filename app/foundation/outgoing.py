"""A line to another house: calls behind a breaker that spares the unreachable.

Nothing is ever repeated here by itself: only the caller knows whether a call may be repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.foundation.breaker import Breaker
from app.foundation.calling import READ_SECONDS, CallFailed, post_json

#: What the other house says when it has understood.
_OK = 200


class Unreachable(Exception):
    """No usable answer came; `reason` is one word for logs. Whether the call arrived is unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(kw_only=True)
class Line:
    """A line to one other house."""

    #: Seconds to wait for each part of an answer.
    patience: float = READ_SECONDS
    breaker: Breaker = field(default_factory=Breaker)

    def post_json(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send a JSON object, get one back. Raises Unreachable."""
        if not self.breaker.allows():
            raise Unreachable("resting")
        try:
            answer = self._post(url, body)
        except Unreachable:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return answer

    def _post(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = post_json(url, body, patience=self.patience)
            if answer.status != _OK:
                raise Unreachable(f"http_{answer.status}")
            return answer.json()
        except CallFailed as error:
            raise Unreachable(error.reason) from error
