"""How a result comes back, as pages and their templates name it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from app.domain.dossiers.status import Status
from app.domain.journal.model import JournalEntry
from app.domain.postal.choice import RULES, ReturnChoice, ReturnMethod
from app.domain.postal.states import ParcelState
from app.domain.postal.vnpost import carrier_of
from app.domain.procedures.catalogue import Catalogue
from app.foundation.text import gettext
from app.queries.result_returns import return_told, tracking_told
from app.web.words import word_for

Rows = list[tuple[str, str]]


def allowed() -> bool:
    """Whether the province sends results by post."""
    return bool(current_app.config["POSTAL_RETURN"])


def connected() -> bool:
    """Whether a carrier tells where parcels are; without one officers take them to the post."""
    return carrier_of(current_app.config) is not None


def offered(catalogue: Catalogue) -> bool:
    """Whether the result of the procedure may be sent by post."""
    return allowed() and catalogue.postal_return


def rows_of(choice: ReturnChoice) -> Rows:
    """The choice to read, line by line."""
    rows = [(gettext("You get the result"), word_for(choice.method))]
    if choice.address is None:
        return rows
    labels = line_labels()
    return rows + [(labels[name], text) for name, text in choice.address.as_dict().items()]


def line_labels() -> dict[str, str]:
    """What each line of an address is called."""
    return {
        "recipient": gettext("Recipient"),
        "phone": gettext("Telephone of the recipient"),
        "street": gettext("House number, street, hamlet"),
        "commune": gettext("Commune or ward"),
        "province": gettext("Province or city"),
    }


def typed_of(choice: Mapping[str, Any] | None, known: Mapping[str, str]) -> dict[str, str]:
    """The values of the inputs: what was chosen, or what is known of the applicant."""
    told = dict(choice or {})
    lines = {name: str(told.get(name) or known.get(name, ""))[:300] for name in RULES}
    return lines | {"method": str(told.get("method", ""))}


def label_of(entries: Sequence[JournalEntry]) -> dict[str, Any] | None:
    """For officers: the label of what is to be sent, or nothing where it is fetched."""
    choice = return_told(entries)
    return label(choice)


def label(choice: ReturnChoice) -> dict[str, Any] | None:
    """Method and lines as on a parcel; nothing for the counter."""
    if choice.method is not ReturnMethod.POST or choice.address is None:
        return None
    return {"method": word_for(choice.method), "lines": choice.address.lines}


def parcel_told(status: Status, entries: Sequence[JournalEntry]) -> dict[str, Any] | None:
    """The parcel for a page, see `components/postal.html`; nothing before the result is ready."""
    if status not in (Status.RESULT_READY, Status.RETURNED_RESULT):
        return None
    tracking = tracking_told(entries)
    sent_by_post = return_told(entries).method is ReturnMethod.POST
    if not tracking.stops and (not sent_by_post or status is Status.RETURNED_RESULT):
        return None
    return {
        "state": tracking.state if tracking.stops or connected() else ParcelState.BY_HAND,
        "item_code": tracking.item_code,
        "stops": [
            {"text": word_for(one.state), "at": one.at, "who": one.place, "note": ""}
            for one in reversed(tracking.stops)
        ],
        "receiver": tracking.receiver,
        "trouble": word_for(tracking.trouble) if tracking.trouble else "",
        "prepared_at": tracking.prepared_at,
        "prepared_by": tracking.prepared_by,
    }
