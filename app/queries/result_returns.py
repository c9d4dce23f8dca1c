"""How a result goes back, and where its parcel is, as the journal tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.postal.choice import PostalAddress, ReturnChoice, ReturnMethod
from app.domain.postal.states import ParcelState, Trouble


def return_told(entries: Sequence[JournalEntry], *, until: int | None = None) -> ReturnChoice:
    """What was chosen last, or up to an entry; the counter where nobody has chosen."""
    told = ReturnChoice(method=ReturnMethod.COUNTER)
    for entry in entries:
        if until is not None and entry.seq > until:
            break
        if entry.event is Event.RESULT_RETURN_CHOSEN and entry.payload is not None:
            told = _choice(entry)
    return told


def _choice(entry: JournalEntry) -> ReturnChoice:
    told = entry.payload or {}
    method, lines = ReturnMethod(told["method"]), told["data"]["result_return"]
    return ReturnChoice(method=method, address=PostalAddress(**lines) if lines else None)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Something that happened to a parcel."""

    state: ParcelState
    #: By the carrier's clock, where he told it.
    at: datetime
    place: str


@dataclass(frozen=True, kw_only=True)
class Tracking:
    """The way of a parcel so far."""

    #: Empty until the carrier has taken the order.
    item_code: str
    #: Oldest first.
    stops: tuple[Stop, ...]
    #: Who took it, where the carrier says so.
    receiver: str
    #: What somebody has to look at; the last word about it.
    trouble: Trouble | None
    #: When an officer has written the last step's answers, and who.
    prepared_at: datetime | None
    prepared_by: str

    @property
    def state(self) -> ParcelState:
        """Where it is."""
        return self.stops[-1].state if self.stops else ParcelState.WAITING


def tracking_told(entries: Sequence[JournalEntry]) -> Tracking:
    """The parcel of a dossier, as its journal tells it."""
    code, stops, receiver, trouble = "", list[Stop](), "", None
    prepared: JournalEntry | None = None
    for entry in entries:
        told = entry.payload or {}
        if entry.event is Event.PARCEL_ORDERED and told:
            code, trouble = told["item_code"], None
            stops.append(Stop(state=ParcelState.ORDERED, at=entry.at, place=""))
        elif entry.event is Event.PARCEL_MOVED and told:
            stops.append(_stop(told))
            trouble = None
            receiver = told["data"].get("parcel", {}).get("receiver", receiver)
        elif entry.event is Event.PARCEL_BLOCKED and told:
            trouble = Trouble(told["reason"])
        elif entry.event is Event.PARCEL_PREPARED:
            prepared = entry
    return Tracking(
        item_code=code,
        stops=tuple(stops),
        receiver=receiver,
        trouble=trouble,
        prepared_at=prepared.at if prepared else None,
        prepared_by=prepared.actor_name if prepared else "",
    )


def _stop(told: Mapping[str, Any]) -> Stop:
    at = datetime.fromisoformat(told["moved_at"])
    return Stop(state=ParcelState(told["state"]), at=at, place=told["place"])
