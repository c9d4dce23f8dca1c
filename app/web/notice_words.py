"""What notices are called on pages; their own words are wordings of `app/domain/notices`."""

from collections.abc import Mapping
from typing import Any

from app.foundation.text import LazyString, lazy_gettext
from app.web.words import WORDS

KIND_WORDS: Mapping[str, LazyString] = {
    "dossier-submitted": lazy_gettext("dossier sent"),
    "payment-received": lazy_gettext("payment recorded"),
    "supplement-received": lazy_gettext("supplement has arrived"),
    "dossier-received": lazy_gettext("dossier received"),
    "date-moved": lazy_gettext("date counted anew"),
    "parcel-sent": lazy_gettext("result given to the post"),
    "parcel-returned": lazy_gettext("result not delivered by the post"),
    "parcel-unfinished": lazy_gettext("parcel needs an officer"),
    "parcel-blocked": lazy_gettext("parcel cannot be sent"),
    "result-returned": lazy_gettext("result handed over"),
    "dossier-withdrawn": lazy_gettext("dossier withdrawn"),
    "dossier-claimed": lazy_gettext("dossier taken into an account"),
    "file-quarantined": lazy_gettext("a file with malicious software"),
    "date-reappointed": lazy_gettext("apology and new date"),
    "payment-requested": lazy_gettext("payment requested"),
    "supplement-requested": lazy_gettext("supplement requested"),
    "processing-stopped": lazy_gettext("work stopped"),
    "dossier-refused": lazy_gettext("dossier not received"),
    "send-again": lazy_gettext("supplement by a new dossier"),
    "result-ready": lazy_gettext("result ready"),
    "step-warned": lazy_gettext("step due soon"),
    "term-warned": lazy_gettext("result due soon"),
    "step-overdue": lazy_gettext("step late"),
    "work-withdrawn": lazy_gettext("dossier withdrawn, told to who worked on it"),
    "refund-asked": lazy_gettext("a fee to give back"),
    "reception-warned": lazy_gettext("to be received soon"),
    "reception-overdue": lazy_gettext("not received in time"),
    "term-overdue": lazy_gettext("result late"),
    "apology-waiting": lazy_gettext("letter of apology waits"),
    "step-escalated": lazy_gettext("late step, told to superiors"),
}


def kind_word(told: Mapping[str, Any]) -> str:
    """What an entry of the journal, or a row, calls a kind."""
    key = str(told.get("kind", ""))
    return str(KIND_WORDS.get(key, key))


def way_word(told: Mapping[str, Any]) -> str:
    """The channel that an entry of the journal names."""
    name = str(told.get("channel", ""))
    return str(WORDS["Channel"].get(name.upper(), name))
