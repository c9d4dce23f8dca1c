"""Everything that can happen to a dossier, as facts in the past tense, with the fields each tells.

A field that is not declared here cannot be recorded, and a declared one cannot be left out.
"""

from enum import Enum


class Event(Enum):
    """A fact in a dossier's history."""

    DOSSIER_SUBMITTED = "dossier_submitted"  # the citizen or a counter sent it in
    TASK_CLAIMED = "task_claimed"  # an officer took a task upon himself
    TASK_RELEASED = "task_released"  # and gave it back
    TASK_COMPLETED = "task_completed"  # a step was done
    SERVICE_COMPLETED = "service_completed"  # a registered handler answered
    TIMER_FIRED = "timer_fired"  # a timer of the diagram came due
    MESSAGE_DELIVERED = "message_delivered"  # a message or signal from outside was taken
    DOSSIER_WITHDRAWN = "dossier_withdrawn"  # the applicant took it back
    VERSION_MIGRATED = "version_migrated"  # it goes on under another version of its procedure
    RECEPTION_STARTED = "reception_started"  # the time to receive it began
    RECEPTION_MET = "reception_met"  # the office answered: received, asked for more, refused
    DUE_DATE_SET = "due_date_set"  # the receipt promised a date
    CLOCK_PAUSED = "clock_paused"  # the term waits
    CLOCK_RESUMED = "clock_resumed"  # and goes on, or begins anew
    CLOCK_STOPPED = "clock_stopped"  # the office was done
    STEP_WARNED = "step_warned"  # most of the time of a step was used
    STEP_OVERDUE = "step_overdue"  # a step was not done in time
    STEP_ESCALATED = "step_escalated"  # a superior was told of a late step
    RECEPTION_WARNED = "reception_warned"  # most of the time to receive it was used
    RECEPTION_OVERDUE = "reception_overdue"  # it was not received in time
    TERM_WARNED = "term_warned"  # most of the term was used
    TERM_OVERDUE = "term_overdue"  # the result was not there in time
    RECEPTION_ESCALATED = "reception_escalated"  # a superior was told of a late reception
    TERM_ESCALATED = "term_escalated"  # a superior was told of a late result
    DUE_DATES_MOVED = "due_dates_moved"  # a new edition of a calendar gives other dates
    APOLOGY_DRAFTED = "apology_drafted"  # the result will be late: a letter waits for a leader
    APOLOGY_EDITED = "apology_edited"  # an officer put it in other words, or proposed another date
    APOLOGY_REJECTED = "apology_rejected"  # he would not have it
    DATE_REAPPOINTED = "date_reappointed"  # he approved it: another date is promised
    PAYMENT_DEMANDED = "payment_demanded"  # a fee is asked for
    PAYMENT_STARTED = "payment_started"  # the payer went to the gateway
    PAYMENT_FAILED = "payment_failed"  # and did not pay there
    PAYMENT_RECEIVED = "payment_received"  # the money is there
    PAYMENT_CANCELLED = "payment_cancelled"  # the fee is asked for no more, or spared
    PAYMENT_SURPLUS = "payment_surplus"  # money came that nobody owed any more
    PAYMENT_REFUNDED = "payment_refunded"  # money was given back
    RESULT_RETURN_CHOSEN = "result_return_chosen"  # at the counter or by post, and whereto
    PAYMENT_MOVED = "payment_moved"  # money was taken over by the dossier sent instead
    PARCEL_PREPARED = "parcel_prepared"  # the last step's answers, for when it is delivered
    PARCEL_ORDERED = "parcel_ordered"  # the carrier has taken the order
    PARCEL_MOVED = "parcel_moved"  # the carrier says where it is
    PARCEL_BLOCKED = "parcel_blocked"  # it cannot be sent: somebody must look
    NOTICE_SENT = "notice_sent"  # a message of legal weight left the house
    NOTICE_FAILED = "notice_failed"  # or could not be brought
    INCIDENT_RAISED = "incident_raised"  # the diagram cannot go on: somebody must look
    INCIDENT_RETRIED = "incident_retried"  # somebody let it be tried again
    FILE_QUARANTINED = "file_quarantined"  # the virus scanner found something in a paper
    FILE_RELEASED = "file_released"  # and, looking again, nothing
    DOSSIER_RATED = "dossier_rated"  # the applicant said how it was handled, or thinks otherwise
    DOSSIER_CLAIMED = "dossier_claimed"  # a visitor took it into his account
    DOSSIER_SUPERSEDED = "dossier_superseded"  # another one was sent instead of it


#: What an engine run leaves behind; `state` is the hex digest of the snapshot after it, `editions`
#: the hash of every edition of a calendar that something was dated with, by its number. `returned`
#: says that the platform ended the diagram where it wanted a supplement, because the dossier was
#: sent without account (spec R3-04); entries from before that rule do not tell it.
_RUN = frozenset({"opened", "closed", "passed", "status", "state", "ended", "editions", "returned"})
#: Who was told of something late: the role that was asked for, and the role and unit that was
#: told; another role where nobody holds the first, and no unit where nobody at all was found.
_TOLD = frozenset({"level", "asked", "role", "unit"})

FIELDS: dict[Event, frozenset[str]] = {
    Event.DOSSIER_SUBMITTED: _RUN
    | {
        "code",
        "procedure",
        "case",
        "seed",
        "variables",
        "data",
        "applicant",
        "submitter",
        # Who hands it in for the owner by what right; empty where nobody does.
        "authorisation",
        "channel",
        "due_at",
        "term",
        "files",
        "receiving_unit",
        "handling_unit",
        "version_hash",
        # The code of the dossier that it replaces; entries from before do not tell it.
        "supersedes",
    },
    Event.TASK_CLAIMED: frozenset({"step", "task"}),
    Event.TASK_RELEASED: frozenset({"step", "task"}),
    Event.TASK_COMPLETED: _RUN
    | {"step", "task", "data", "variables", "files", "slip", "on_behalf", "due_at"},
    Event.SERVICE_COMPLETED: _RUN | {"step", "task", "type", "variables", "data"},
    Event.TIMER_FIRED: _RUN | {"step", "due_at"},
    # `key` and `request` tell a repeat: the sender's idempotency key and a digest of what he sent.
    Event.MESSAGE_DELIVERED: _RUN | {"kind", "name", "step", "variables", "data", "key", "request"},
    # `refund` are the numbers of the fees that the office is asked to give back.
    Event.DOSSIER_WITHDRAWN: _RUN | {"data", "on_behalf", "refund"},
    # `mapping` tells what is called otherwise now, `variables` earlier answers that are read now.
    Event.VERSION_MIGRATED: _RUN
    | {
        "from_version",
        "from_hash",
        "to_version",
        "version_hash",
        "mapping",
        "variables",
        "state_before",
    },
    Event.RECEPTION_STARTED: frozenset({"due_at", "expected_at"}),
    Event.RECEPTION_MET: frozenset({"due_at", "answer", "in_time"}),
    Event.DUE_DATE_SET: frozenset({"since", "due_at"}),
    Event.CLOCK_PAUSED: frozenset({"reason", "step", "due_at"}),
    Event.CLOCK_RESUMED: frozenset({"reason", "mode", "paused_at", "due_before", "due_at"}),
    Event.CLOCK_STOPPED: frozenset({"due_at", "by_date", "by_instant"}),
    Event.STEP_WARNED: frozenset({"step", "task", "due_at"}),
    Event.STEP_OVERDUE: frozenset({"step", "task", "due_at"}),
    Event.STEP_ESCALATED: _TOLD | {"step", "task", "due_at"},
    Event.RECEPTION_WARNED: frozenset({"due_at"}),
    Event.RECEPTION_OVERDUE: frozenset({"due_at"}),
    Event.TERM_WARNED: frozenset({"due_at"}),
    Event.TERM_OVERDUE: frozenset({"due_at"}),
    Event.RECEPTION_ESCALATED: _TOLD | {"due_at"},
    Event.TERM_ESCALATED: _TOLD | {"due_at"},
    Event.DUE_DATES_MOVED: frozenset(
        {
            "reason",
            "legal_document",
            "edition_before",
            "edition",
            "due_before",
            "due_at",
            "reception_before",
            "reception_due_at",
            "steps",
            "editions",
        }
    ),
    # `number` is that of the letter within the dossier, `slip` the form it is printed as.
    Event.APOLOGY_DRAFTED: frozenset({"number", "due_before", "due_at", "cause"}),
    Event.APOLOGY_EDITED: frozenset({"number", "reason", "due_at"}),
    Event.APOLOGY_REJECTED: frozenset({"number", "reason"}),
    Event.DATE_REAPPOINTED: frozenset(
        {"number", "reason", "document", "due_before", "due_at", "slip"}
    ),
    # `number` is that of the demand within the dossier, `holds` whether the dossier waits for it
    # beside its diagram; `steps` are those that got another date because they had waited.
    Event.PAYMENT_DEMANDED: frozenset(
        {"number", "when", "lines", "spared", "total", "reason", "pay_by", "holds", "status"}
    ),
    Event.PAYMENT_STARTED: frozenset({"number", "reference", "amount"}),
    Event.PAYMENT_FAILED: frozenset({"number", "reference", "outcome"}),
    # `reference` only where it was paid online; `proof` is the bank's or the counter's number.
    Event.PAYMENT_RECEIVED: frozenset(
        {
            "number",
            "method",
            "amount",
            "reference",
            "proof",
            "bank",
            "receipt",
            "steps",
            "editions",
            "status",
        }
    ),
    Event.PAYMENT_CANCELLED: frozenset(
        {"number", "waived", "reason", "steps", "editions", "status"}
    ),
    Event.PAYMENT_SURPLUS: frozenset({"number", "reference", "amount", "proof", "bank"}),
    # `reference` only where the surplus of one attempt was given back, and not the fee itself.
    Event.PAYMENT_REFUNDED: frozenset({"number", "reference", "amount", "document", "reason"}),
    # `data` holds the address where something is sent, below `result_return`.
    Event.RESULT_RETURN_CHOSEN: frozenset({"method", "data"}),
    # `code` is that of the dossier the money counts for from now on.
    Event.PAYMENT_MOVED: frozenset({"number", "amount", "code"}),
    Event.PARCEL_PREPARED: frozenset({"step", "task", "data"}),
    Event.PARCEL_ORDERED: frozenset({"order", "item_code"}),
    # `moved_at` by the carrier's clock; `data` names who took it, below `parcel`. What does not
    # arrive, or arrives and ends no step, gives the step that waited another date: `steps`.
    Event.PARCEL_MOVED: frozenset(
        {"order", "state", "moved_at", "place", "data", "steps", "editions"}
    ),
    Event.PARCEL_BLOCKED: frozenset({"order", "reason", "steps", "editions"}),
    # `entry` is the number of what was told, `key` names the message, `digest` those of its words.
    Event.NOTICE_SENT: frozenset(
        {"entry", "kind", "party", "channel", "key", "language", "edition", "digest", "provider"}
    ),
    Event.NOTICE_FAILED: frozenset({"entry", "kind", "party", "channel", "key", "reason"}),
    Event.INCIDENT_RAISED: frozenset({"reason", "step", "detail"}),
    Event.INCIDENT_RETRIED: frozenset({"reason", "step"}),
    # `scanner` names it with the version of its signatures, `threat` what it found; `handed_in`
    # says that the applicant's side brought the file.
    Event.FILE_QUARANTINED: frozenset({"file", "threat", "scanner", "handed_in"}),
    Event.FILE_RELEASED: frozenset({"file", "scanner"}),
    # Points by the number of the criterion, the facts behind those that `rules` computed, and a
    # digest of the comment; `again` says that an earlier rating counts no more.
    Event.DOSSIER_RATED: frozenset({"rules", "points", "facts", "total", "comment", "again"}),
    # `owner` says whether the account is that of the person the matter is about.
    Event.DOSSIER_CLAIMED: frozenset({"owner"}),
    # `code` is that of the dossier that was sent instead.
    Event.DOSSIER_SUPERSEDED: frozenset({"code"}),
}

#: Events that moved the engine, hence can be replayed.
RUNS = frozenset(
    {
        Event.DOSSIER_SUBMITTED,
        Event.TASK_COMPLETED,
        Event.SERVICE_COMPLETED,
        Event.TIMER_FIRED,
        Event.MESSAGE_DELIVERED,
        Event.DOSSIER_WITHDRAWN,
        Event.VERSION_MIGRATED,
    }
)

#: Events that may change the status without moving the engine: it waits beside its diagram.
PAYS = frozenset({Event.PAYMENT_DEMANDED, Event.PAYMENT_RECEIVED, Event.PAYMENT_CANCELLED})
#: Events that may give open steps another date, told under `steps`.
DATES_STEPS = PAYS | {Event.DUE_DATES_MOVED, Event.PARCEL_MOVED, Event.PARCEL_BLOCKED}
