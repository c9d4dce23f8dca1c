"""The slips of a dossier as its pages list them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.domain.journal.model import JournalEntry
from app.foundation.text import LazyString, gettext, lazy_gettext
from app.queries.slips import Issued, SlipForm, slips_in
from app.web.filters import datetime_vn

TITLES: dict[SlipForm, LazyString] = {
    SlipForm.SENT: lazy_gettext("Proof of sending"),
    SlipForm.RECEIPT: lazy_gettext("Receipt and appointment for the result"),
    SlipForm.SUPPLEMENT: lazy_gettext("Request to supplement and complete the dossier"),
    SlipForm.REFUSAL: lazy_gettext("Refusal to receive and settle the dossier"),
    SlipForm.APOLOGY: lazy_gettext("Apology and new date for returning the result"),
}


def listed_slips(code: str, entries: Sequence[JournalEntry]) -> list[dict[str, Any]]:
    """Slips in the shape of files, see `components/files.html`; the newest first."""
    return [_listed(code, issued) for issued in reversed(slips_in(entries))]


def slip_url(code: str, issued: Issued) -> str:
    """Where a slip is taken from."""
    return url_for("portal.slip", code=code, seq=issued.entry.seq)


def number_of(form: SlipForm) -> str:
    """`Mẫu số 01`; nothing for a sheet that the law does not number."""
    if form is SlipForm.SENT:
        return ""
    return gettext("Form %(number)s", number=form.value)


def _listed(code: str, issued: Issued) -> dict[str, Any]:
    number = number_of(issued.form)
    return {
        "name": str(TITLES[issued.form]),
        "url": slip_url(code, issued),
        "size": None,
        "kind": "PDF",
        "label": " · ".join(part for part in (number, datetime_vn(issued.entry.at)) if part),
    }
