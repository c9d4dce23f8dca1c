"""What journals tell of results that go back by post, in plain words."""

from collections.abc import Callable
from typing import Any

from app.domain.journal.events import Event
from app.domain.postal.choice import ReturnMethod
from app.foundation.text import gettext


def _chosen(told: dict[str, Any], _step: str) -> str:
    if told.get("method") == ReturnMethod.POST.value:
        return gettext("The result shall be sent by public post")
    return gettext("The result will be fetched at the counter")


POSTAL_SENTENCES: dict[Event, Callable[[dict[str, Any], str], str]] = {
    Event.RESULT_RETURN_CHOSEN: _chosen,
}
