"""How the house's fixed values are said to people, and in which colour; never more by colour."""

from enum import Enum

from app.foundation.text import LazyString, lazy_gettext

#: Class of the value -> its members by name -> words. Journal entries are told elsewhere.
WORDS: dict[str, dict[str, LazyString]] = {
    "Status": {
        "DRAFT": lazy_gettext("Draft, not sent"),
        "SUBMITTED": lazy_gettext("Waiting for reception"),
        "RECEIVED": lazy_gettext("Received"),
        "REFUSED": lazy_gettext("Not received"),
        "IN_PROGRESS": lazy_gettext("In progress"),
        "SUPPLEMENT_REQUESTED": lazy_gettext("Supplement requested"),
        "AWAITING_PAYMENT": lazy_gettext("Awaiting payment"),
        "WITHDRAWN": lazy_gettext("Withdrawn"),
        "STOPPED": lazy_gettext("Stopped"),
        "RESULT_READY": lazy_gettext("Result ready"),
        "RETURNED_RESULT": lazy_gettext("Result returned"),
    },
    "Folder": {
        "DRAFTS": lazy_gettext("Not sent"),
        "SENT": lazy_gettext("Sent, not yet received"),
        "SUPPLEMENT": lazy_gettext("Supplement requested"),
        "IN_PROGRESS": lazy_gettext("In progress"),
        "RESULT": lazy_gettext("Result returned"),
        "RETURNED": lazy_gettext("Returned"),
    },
    "Channel": {
        "COUNTER": lazy_gettext("At the counter"),
        "ONLINE": lazy_gettext("Online"),
        "POST": lazy_gettext("By public post"),
        "EMAIL": lazy_gettext("e-mail"),
        "SMS": lazy_gettext("SMS"),
        "APP": lazy_gettext("the app"),
        "ZALO": lazy_gettext("Zalo"),
    },
    "Basis": {
        "POWER_OF_ATTORNEY": lazy_gettext("Power of attorney"),
        "LEGAL_REPRESENTATIVE": lazy_gettext("Legal representative, guardian"),
        "PARENT": lazy_gettext("Father or mother of a child"),
        "STAFF": lazy_gettext("Staff of the body, introduced by it"),
    },
    "Party": {
        "OWNER": lazy_gettext("the owner"),
        "SUBMITTER": lazy_gettext("the submitter"),
        "STAFF": lazy_gettext("an officer"),
    },
    "NoticeState": {
        "WAITING": lazy_gettext("held back for now"),
        "TOLD": lazy_gettext("told"),
        "MERGED": lazy_gettext("told together with another notice"),
        "SUPPRESSED": lazy_gettext("not told"),
    },
    "Suppressed": {
        "OVERTAKEN": lazy_gettext("the dossier had already moved on"),
        "LEFT": lazy_gettext("the officer no longer works there"),
        "NO_ADDRESS": lazy_gettext("neither e-mail nor telephone is known"),
        "SAME_READER": lazy_gettext("the owner is told at the same address"),
        "NO_CHANNEL": lazy_gettext("no channel is set up for the known addresses"),
    },
    "DeliveryState": {
        "QUEUED": lazy_gettext("waiting to be sent"),
        "SENT": lazy_gettext("sent"),
        "DELIVERED": lazy_gettext("delivered"),
        "ELSEWHERE": lazy_gettext("sent another way"),
        "FAILED": lazy_gettext("failed"),
    },
    "Timeliness": {
        "EARLY": lazy_gettext("early"),
        "ON_TIME": lazy_gettext("on time"),
        "OVERDUE": lazy_gettext("late"),
    },
    "StretchKind": {
        "WORKING": lazy_gettext("Working time"),
        "PAUSE": lazy_gettext("The clock waits"),
        "LUNCH": lazy_gettext("Lunch break"),
        "NIGHT": lazy_gettext("Outside office hours"),
        "WEEKEND": lazy_gettext("Weekend"),
        "HOLIDAY": lazy_gettext("Public holiday"),
        "SWAP_OFF": lazy_gettext("Day off in exchange"),
        "OFF_HOURS": lazy_gettext("Office closed"),
    },
    "Holder": {
        "OFFICE": lazy_gettext("Handling agency"),
        "AGENCY": lazy_gettext("Another agency"),
        "APPLICANT": lazy_gettext("Applicant"),
        "PAYMENT": lazy_gettext("Payment"),
    },
    "Concern": {
        "DOSSIER": lazy_gettext("How a dossier is handled"),
        "PROCEDURE": lazy_gettext("A procedure, a form, a fee or this portal"),
        "OFFICER": lazy_gettext("How an officer behaved"),
    },
    "ComplaintState": {
        "RECEIVED": lazy_gettext("Arrived"),
        "HANDLING": lazy_gettext("Being looked into"),
        "ANSWERED": lazy_gettext("Answered"),
    },
    "Act": {
        "SENT": lazy_gettext("Feedback sent"),
        "TAKEN_UP": lazy_gettext("Taken up"),
        "ANSWERED": lazy_gettext("Answered"),
    },
    "Pause": {
        "SUPPLEMENT": lazy_gettext("waiting for the applicant's supplement"),
        "PAYMENT": lazy_gettext("waiting for the payment"),
        "STEP": lazy_gettext("a step whose time does not count"),
    },
    "PaymentState": {
        "UNPAID": lazy_gettext("Not paid"),
        "WAITING": lazy_gettext("Waiting for the payment"),
        "PAID": lazy_gettext("Paid"),
        "CANCELLED": lazy_gettext("Cancelled"),
        "REFUNDED": lazy_gettext("Refunded"),
        "MOVED": lazy_gettext("Counts for another dossier"),
    },
    "Method": {
        "ONLINE": lazy_gettext("Online payment"),
        "CASH": lazy_gettext("In cash"),
        "TRANSFER": lazy_gettext("By bank transfer"),
        "WAIVER": lazy_gettext("Fee waived"),
        "CARRIED": lazy_gettext("Paid for the earlier dossier"),
    },
    "AttemptState": {
        "CREATED": lazy_gettext("Begun"),
        "WAITING": lazy_gettext("At the platform"),
        "PAID": lazy_gettext("Paid"),
        "FAILED": lazy_gettext("Did not succeed"),
        "SURPLUS": lazy_gettext("Paid too much"),
        "REFUNDED": lazy_gettext("Refunded"),
    },
    "ReturnMethod": {
        "COUNTER": lazy_gettext("At the one-stop counter"),
        "POST": lazy_gettext("Through the public post"),
    },
    "ParcelState": {
        "WAITING": lazy_gettext("Being prepared for the post"),
        "BY_HAND": lazy_gettext("An officer takes it to the post"),
        "CANCELLED": lazy_gettext("Not sent: handed over otherwise"),
        "ORDERED": lazy_gettext("The post has been called"),
        "ACCEPTED": lazy_gettext("Handed to the post"),
        "IN_TRANSIT": lazy_gettext("On its way"),
        "DELIVERED": lazy_gettext("Delivered"),
        "RETURNED": lazy_gettext("Back at the office"),
        "FAILED": lazy_gettext("Could not be delivered"),
    },
    "Trouble": {
        "NO_ITEM_CODE": lazy_gettext("there are no item codes left"),
        "NO_ANSWER": lazy_gettext("the post does not answer"),
        "LOST": lazy_gettext("the post knows nothing of it any more"),
        "REFUSED": lazy_gettext("the post has refused the order"),
        "UNPAID": lazy_gettext("a fee is not paid yet"),
        "NOT_PREPARED": lazy_gettext("it is delivered, and an officer has to complete the step"),
    },
    "FeeKind": {
        "FEE": lazy_gettext("Service fee"),
        "CHARGE": lazy_gettext("Charge"),
    },
    "PayWhen": {
        "PREPAID": lazy_gettext("Before the dossier is received"),
        "ON_REQUEST": lazy_gettext("When the office asks for it"),
        "AT_RESULT": lazy_gettext("With the result"),
    },
    "Level": {
        "PROVINCE": lazy_gettext("Province"),
        "DISTRICT": lazy_gettext("District"),
        "COMMUNE": lazy_gettext("Commune"),
    },
    "OnlineLevel": {
        "FULL": lazy_gettext("Fully online"),
        "PARTIAL": lazy_gettext("Partly online"),
        "INFO_ONLY": lazy_gettext("Information only"),
    },
    "ExceptionKind": {
        "HOLIDAY": lazy_gettext("Public holiday"),
        "SWAP_OFF": lazy_gettext("Day off in exchange"),
        "SWAP_WORK": lazy_gettext("Worked in exchange"),
        "HALF_DAY": lazy_gettext("Half day"),
        "SPECIAL": lazy_gettext("Other hours"),
    },
    "OutOfHours": {
        "STRICT": lazy_gettext("At the next opening"),
        "LENIENT": lazy_gettext("One working hour after the next opening"),
        "HARD": lazy_gettext("At the next opening, done within one working hour"),
    },
    "ApplicantKind": {
        "CITIZEN": lazy_gettext("Citizen"),
        "ENTERPRISE": lazy_gettext("Enterprise"),
        "STATE_BODY": lazy_gettext("State body"),
        "ORGANISATION": lazy_gettext("Other organisation"),
    },
}

#: How the online levels were called until 2022; people still say it (spec R3-18, R4-08).
FORMER_LEVELS = {
    "FULL": lazy_gettext("formerly level 4"),
    "PARTIAL": lazy_gettext("formerly level 3"),
}

#: National dossier status (spec 3.4) -> colour of its tag.
MOODS = {
    "DRAFT": "grey",
    "SUBMITTED": "purple",
    "RECEIVED": "blue",
    "REFUSED": "red",
    "IN_PROGRESS": "blue",
    "SUPPLEMENT_REQUESTED": "yellow",
    "AWAITING_PAYMENT": "yellow",
    "WITHDRAWN": "grey",
    "STOPPED": "red",
    "RESULT_READY": "green",
    "RETURNED_RESULT": "green",
}


def word_for(value: Enum) -> str:
    """The value in the reader's language; raises KeyError for one nobody gave words to."""
    return str(WORDS[type(value).__name__][value.name])


def former_level(value: Enum) -> str:
    """What an online level was called before; empty where it had no name."""
    return str(FORMER_LEVELS.get(value.name, ""))


def status_word(status: Enum | str) -> str:
    """The words of a status, by member or by name (`DRAFT` is no national status)."""
    return str(WORDS["Status"][_name(status)])


def status_mood(status: Enum | str) -> str:
    """Colour of the status tag, as a modifier of `govuk-tag`."""
    return MOODS[_name(status)]


def _name(status: Enum | str) -> str:
    return status.name if isinstance(status, Enum) else status
