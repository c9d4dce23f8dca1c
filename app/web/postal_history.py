"""What journals tell of results that go back by post, in plain words."""

from collections.abc import Callable
from typing import Any

from app.domain.journal.events import Event
from app.domain.postal.choice import ReturnMethod
from app.domain.postal.states import ParcelState, Trouble
from app.foundation.text import gettext
from app.web.words import word_for


def _chosen(told: dict[str, Any], _step: str) -> str:
    if told.get("method") == ReturnMethod.POST.value:
        return gettext("The result shall be sent by public post")
    return gettext("The result will be fetched at the counter")


def _moved(told: dict[str, Any], _step: str) -> str:
    states = {one.value: one for one in ParcelState}
    state = states.get(str(told.get("state")))
    said = word_for(state) if state else ""
    place = told.get("place")
    if place:
        return gettext("Parcel with the result: %(state)s, %(place)s", state=said, place=place)
    return gettext("Parcel with the result: %(state)s", state=said)


def _blocked(told: dict[str, Any], _step: str) -> str:
    troubles = {one.value: one for one in Trouble}
    trouble = troubles.get(str(told.get("reason")))
    why = word_for(trouble) if trouble else ""
    return gettext("Parcel with the result: %(why)s", why=why)


POSTAL_SENTENCES: dict[Event, Callable[[dict[str, Any], str], str]] = {
    Event.RESULT_RETURN_CHOSEN: _chosen,
    Event.PARCEL_PREPARED: lambda _told, _step: gettext("The result is ready for the post"),
    Event.PARCEL_ORDERED: lambda told, _step: gettext(
        "The post was called for the result, item code %(code)s", code=told.get("item_code", "")
    ),
    Event.PARCEL_MOVED: _moved,
    Event.PARCEL_BLOCKED: _blocked,
}
