"""Letters of apology as clients see and decide them."""

from marshmallow import Schema, fields, validate

from app.api.fields import MISSING, Body, Text
from app.domain.apologies.model import LONGEST_NUMBER, LONGEST_REASON
from app.foundation.text import lazy_gettext


class LetterShortSchema(Schema):
    """A letter in a list."""

    code = fields.Str(metadata={"description": "Code of the dossier."})
    number = fields.Int(metadata={"description": "Which letter of the dossier, from 1."})
    state = fields.Str(validate=validate.OneOf(["draft", "approved", "rejected", "obsolete"]))
    due_before = fields.DateTime(metadata={"description": "The date that cannot be kept."})
    due_at = fields.DateTime(metadata={"description": "Proposed; binding once approved."})
    reason = fields.Str(
        allow_none=True, metadata={"description": "Why it is late, or why it was rejected."}
    )
    document = fields.Str(allow_none=True)
    drafted_at = fields.DateTime()
    decided_at = fields.DateTime(allow_none=True)


class LetterSchema(LetterShortSchema):
    """A letter."""

    signer = fields.Str(allow_none=True, metadata={"description": "Who approved it."})
    cause = fields.Raw(
        metadata={"type": "object", "description": "What the record says; for officers only."}
    )


class LetterListSchema(Schema):
    """Letters that wait."""

    items = fields.List(fields.Nested(LetterShortSchema))


class Moment(fields.AwareDateTime):
    """A moment with its time zone."""

    default_error_messages = MISSING | {
        "invalid": lazy_gettext("This must be a moment such as 2024-11-08T17:30:00+07:00."),
        "invalid_awareness": lazy_gettext("This moment needs a time zone."),
    }


class DecisionSchema(Body):
    """How a letter goes out."""

    reason = Text(required=True, validate=validate.Length(max=LONGEST_REASON))
    document = Text(required=True, validate=validate.Length(max=LONGEST_NUMBER))
    due_at = Moment(required=True)


class RejectionSchema(Body):
    """Why a letter does not go out."""

    reason = Text(required=True, validate=validate.Length(max=LONGEST_REASON))
