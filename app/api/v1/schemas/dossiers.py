"""Dossiers as clients send and see them."""

from marshmallow import Schema, fields, validate

from app.api.fields import Body, Number, Object, Text
from app.api.v1.schemas.files import FileSchema
from app.domain.dossiers.clock import ClockState
from app.domain.dossiers.withdrawal import LONGEST_REASON
from app.foundation.text import lazy_gettext


class ApplicationSchema(Body):
    """What is handed in."""

    procedure = Text(
        required=True,
        validate=validate.Length(max=80),
        metadata={"description": "Key of the procedure."},
    )
    case = Text(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=80),
        metadata={"description": "Key of the case; the default one without."},
    )
    unit = Text(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=32),
        metadata={"description": "Code of the unit; the first one offering it without."},
    )
    applicant = Object(
        load_default=None,
        allow_none=True,
        metadata={
            "description": (
                "Owner: `name`, `identity_number`, and optionally `kind`, `phone`, `email`, "
                "`address`. Citizens may leave out what their account knows."
            )
        },
    )
    authorisation = Object(
        load_default=None,
        allow_none=True,
        metadata={
            "description": (
                "Whoever hands it in for the owner: `basis` (`power_of_attorney`, "
                "`legal_representative`, `parent`, `staff`), `document_number`, `document_date`, "
                "`files` (ids of uploaded files of the document), and `name`, `identity_number`, "
                "`phone`, `email`, which citizens may leave out. The owner then needs a "
                "`birth_date` if he is a citizen."
            )
        },
    )
    result_return = Object(
        load_default=None,
        allow_none=True,
        metadata={
            "description": (
                "How the result comes back: `method` is `counter` or `post`; the post needs "
                "`recipient`, `phone`, `province`, `commune` and `street`. At the counter without."
            )
        },
    )
    data = Object(
        required=True, metadata={"description": "Answers of the application form by field key."}
    )


class ReceiptSchema(Schema):
    """What a new dossier is known by."""

    code = fields.Str()
    status = fields.Int(metadata={"description": "National status code, 1 to 10."})
    status_name = fields.Str()
    submitted_at = fields.DateTime()
    due_at = fields.DateTime()


class DossierSummarySchema(Schema):
    """A dossier in short."""

    code = fields.Str()
    procedure = fields.Str()
    case = fields.Str()
    status = fields.Int(metadata={"description": "National status code, 1 to 10."})
    status_name = fields.Str()
    channel = fields.Str()
    owner_name = fields.Str()
    submitted_at = fields.DateTime()
    due_at = fields.DateTime(
        metadata={"description": "The promise in force, or before it is received the latest date."}
    )


class StepSchema(Schema):
    """A step that waits for somebody."""

    id = fields.Int(metadata={"description": "Number of the task in the inbox."})
    step = fields.Str()
    name = fields.Str()
    role = fields.Str()
    unit = fields.Str(metadata={"description": "Name of the unit."})
    due_at = fields.DateTime(allow_none=True)
    overdue = fields.Bool()
    assignee = fields.Str(allow_none=True)


class WaitSchema(Schema):
    """A message or signal from outside that the dossier waits for."""

    kind = fields.Str(validate=validate.OneOf(["message", "signal"]))
    name = fields.Str(metadata={"description": "Send it to `/dossiers/{code}/events`."})
    step = fields.Str()
    step_name = fields.Str()
    variables = fields.List(fields.Str(), metadata={"description": "What it may bring."})


class DossierSchema(DossierSummarySchema):
    """Where a dossier stands."""

    state = fields.Str(validate=validate.OneOf(["running", "completed", "incident"]))
    received_at = fields.DateTime(allow_none=True)
    clock = fields.Str(
        validate=validate.OneOf([state.value for state in ClockState]),
        metadata={
            "description": "What the legal term does; it begins when the dossier is received."
        },
    )
    reception_due_at = fields.DateTime(
        allow_none=True,
        metadata={"description": "By when the office has to receive it or say what is missing."},
    )
    reception_met_at = fields.DateTime(allow_none=True)
    due_at_original = fields.DateTime(
        allow_none=True, metadata={"description": "The promise first made, when it was received."}
    )
    finished_at = fields.DateTime(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)
    handling_unit = fields.Str()
    receiving_unit = fields.Str()
    current_steps = fields.List(fields.Nested(StepSchema))
    waiting = fields.List(
        fields.Nested(WaitSchema), metadata={"description": "Told to officers only."}
    )
    results = fields.List(fields.Nested(FileSchema))
    result_return = fields.Dict(
        keys=fields.Str(),
        values=fields.Str(),
        metadata={"description": "`method`, and the lines of the address for the post."},
    )


class WithdrawalSchema(Body):
    """The applicant takes the dossier back."""

    reason = Text(
        load_default="",
        validate=validate.Length(max=LONGEST_REASON),
        metadata={"description": "Kept in the journal; none is needed."},
    )


class EventSchema(Body):
    """Something that has happened outside, as the diagram calls it."""

    kind = Text(
        load_default="message",
        validate=validate.OneOf(
            ["message", "signal"], error=lazy_gettext("Send “message” or “signal”.")
        ),
    )
    name = Text(required=True, validate=validate.Length(min=1, max=200))
    variables = Object(
        load_default=dict, metadata={"description": "Only what the waiting step lists."}
    )
    reason = Text(load_default="", metadata={"description": "Kept in the journal."})


class EventTakenSchema(Schema):
    """What an event led to."""

    code = fields.Str()
    kind = fields.Str()
    name = fields.Str()
    step = fields.Str(metadata={"description": "The step that took it, of several the first."})
    status = fields.Int(metadata={"description": "National status code, 1 to 10."})


class JournalQuery(Schema):
    """Which part of the journal."""

    after = Number(load_default=0, validate=validate.Range(min=0, max=2**31 - 1))
    limit = Number(load_default=100, validate=validate.Range(min=1, max=500))


class JournalEntrySchema(Schema):
    """One fact in a dossier's history; the hash covers everything but payload and salt."""

    seq = fields.Int()
    event = fields.Str()
    at = fields.DateTime()
    actor_id = fields.Int(allow_none=True)
    actor_name = fields.Str()
    unit = fields.Str(allow_none=True)
    unit_name = fields.Str(allow_none=True)
    role = fields.Str(allow_none=True)
    payload = fields.Raw(allow_none=True, metadata={"type": ["object", "null"]})
    redacted = fields.Bool(metadata={"description": "Parts of the payload are not shown to you."})
    erased = fields.Bool(metadata={"description": "The payload was erased as the law demands."})
    salt = fields.Str(allow_none=True)
    payload_digest = fields.Str()
    hash_format = fields.Int()
    hash = fields.Str()
    previous_hash = fields.Str(allow_none=True)
    version_id = fields.Int()
    calendar_version_id = fields.Int()


class JournalSchema(Schema):
    """A page of the journal."""

    code = fields.Str()
    dossier_id = fields.Int()
    items = fields.List(fields.Nested(JournalEntrySchema))
    next = fields.Int(allow_none=True, metadata={"description": "Send it as `after`."})
