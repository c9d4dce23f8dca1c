"""What an officer's form tells the applicant, by the names every form gives to these answers.

Anything else in such a form is the office's own: it stands in the record, and in no letter.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.dossiers.status import Status

#: Chosen papers and contents of a request: questions whose names begin so.
SUPPLEMENT_ITEMS = "supplement"
SUPPLEMENT_REASON, SUPPLEMENT_REMARKS = "supplement_reason", "supplement_remarks"
REFUSAL_REASON, COMPETENT_AGENCY = "refusal_reason", "competent_agency"
#: The answer that gives the reason for a status.
REASONS = {
    Status.SUPPLEMENT_REQUESTED: SUPPLEMENT_REASON,
    Status.REFUSED: REFUSAL_REASON,
    Status.STOPPED: REFUSAL_REASON,
}


def reason_in(data: Mapping[str, Any]) -> str:
    """The reason among an officer's answers, whatever it is for; empty for none."""
    given = (data.get(name) for name in dict.fromkeys(REASONS.values()))
    return next((reason for reason in given if reason and isinstance(reason, str)), "")
