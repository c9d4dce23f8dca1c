"""How a result goes back, as the journal tells it."""

from collections.abc import Sequence

from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.postal.choice import PostalAddress, ReturnChoice, ReturnMethod


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
