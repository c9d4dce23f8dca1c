"""Everything people are told of, and how pressing each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.domain.dossiers.status import Status


class Audience(Enum):
    """For whom a notice is."""

    APPLICANT = "applicant"  # owner, and submitter where that is somebody else
    ASSIGNEE = "assignee"  # the officer who has taken the step
    HOLDER = "holder"  # the officers whose steps have just ended undone
    ONE_STOP = "one_stop"  # those who receive dossiers in the receiving unit (spec L-06)
    LEADER = "leader"  # the heads of the handling unit
    POSTMASTER = "postmaster"  # those who look after the post for the whole province
    SUPERIOR = "superior"  # those in the role and unit that the escalation names


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of notice; its wording lies in `templates/<language>/<key>.txt`."""

    #: Diagrams name it in the property `notice` of a step.
    key: str
    audience: Audience = Audience.APPLICANT
    #: The reader waits for it at this very moment: it goes out at night too.
    urgent: bool = False
    #: Asks the reader to do something, or ends his matter: no earlier message holds it back.
    important: bool = False
    #: Its delivery stands in the legal record.
    legal: bool = False
    #: Worth a message that costs money.
    by_sms: bool = False
    #: True no more once the dossier has another status; then it is not sent.
    only_while: Status | None = None
    #: True all the same as long as something is to be paid: a fee against the result holds
    #: nothing up.
    while_unpaid: bool = False
    #: Told to the address in the dossier and to the account, though both may be one person's.
    both: bool = False


#: From the least to the most telling: of several that one act leads to, the last one goes out.
_IN_ORDER = (
    Kind(key="dossier-submitted", urgent=True),
    Kind(key="payment-received", urgent=True),
    Kind(key="supplement-received", urgent=True),
    Kind(key="dossier-received", legal=True, by_sms=True),
    Kind(key="date-moved"),
    Kind(key="parcel-sent"),
    Kind(key="result-returned"),
    Kind(key="dossier-withdrawn"),
    Kind(key="dossier-claimed", important=True, both=True),
    Kind(key="file-quarantined", important=True),
    Kind(key="date-reappointed", important=True, legal=True, by_sms=True),
    Kind(
        key="payment-requested",
        important=True,
        legal=True,
        by_sms=True,
        only_while=Status.AWAITING_PAYMENT,
        while_unpaid=True,
    ),
    Kind(
        key="supplement-requested",
        important=True,
        legal=True,
        by_sms=True,
        only_while=Status.SUPPLEMENT_REQUESTED,
    ),
    Kind(key="processing-stopped", important=True, legal=True, by_sms=True),
    Kind(key="dossier-refused", important=True, legal=True, by_sms=True),
    # Given back to a visitor, who supplements with a new dossier (spec R3-04).
    Kind(key="send-again", important=True, legal=True, by_sms=True),
    Kind(
        key="result-ready",
        important=True,
        legal=True,
        by_sms=True,
        only_while=Status.RESULT_READY,
    ),
    Kind(key="parcel-returned", important=True, by_sms=True),
    Kind(key="step-warned", audience=Audience.ASSIGNEE),
    Kind(key="term-warned", audience=Audience.ASSIGNEE),
    Kind(key="step-overdue", audience=Audience.ASSIGNEE),
    Kind(key="work-withdrawn", audience=Audience.HOLDER),
    Kind(key="reception-warned", audience=Audience.ONE_STOP),
    Kind(key="reception-overdue", audience=Audience.ONE_STOP),
    Kind(key="term-overdue", audience=Audience.ONE_STOP),
    Kind(key="parcel-unfinished", audience=Audience.ONE_STOP),
    Kind(key="parcel-blocked", audience=Audience.POSTMASTER),
    Kind(key="refund-asked", audience=Audience.LEADER),
    Kind(key="apology-waiting", audience=Audience.LEADER),
    Kind(key="step-escalated", audience=Audience.SUPERIOR),
)

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _IN_ORDER}
#: How telling each is among those of one act.
WEIGHTS: Mapping[str, int] = {kind.key: weight for weight, kind in enumerate(_IN_ORDER)}
