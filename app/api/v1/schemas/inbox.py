"""Tasks as clients see and answer them."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validate

from app.api.fields import Body, Flag, Number, Object, Text
from app.api.reads.moments import due_or_none
from app.api.v1.schemas.dossiers import DossierSummarySchema
from app.domain.dossiers.status import Channel
from app.foundation.clock import now


class InboxQuery(Schema):
    """Which part of the inbox."""

    cursor = Text(load_default=None, validate=validate.Length(max=200))
    limit = Number(load_default=25, validate=validate.Range(min=1, max=100))
    mine = Flag(load_default=False, metadata={"description": "Only what I have taken."})
    step = Text(
        load_default="",
        validate=validate.Length(max=80),
        metadata={"description": "Only this step of a diagram."},
    )
    channel = Text(
        load_default="",
        validate=validate.OneOf(["", *(one.value for one in Channel)]),
        metadata={"description": "Only dossiers that came in this way."},
    )


class InboxRowSchema(Schema):
    """One line of the inbox."""

    id = fields.Int()
    code = fields.Str(metadata={"description": "Code of the dossier."})
    step = fields.Str()
    name = fields.Str()
    form_id = fields.Str(attribute="form")
    role = fields.Str()
    unit = fields.Str()
    unit_name = fields.Str()
    procedure = fields.Str()
    procedure_name = fields.Str()
    owner_name = fields.Str()
    channel = fields.Str()
    opened_at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)
    overdue = fields.Function(
        lambda row: row.overdue or row.due_at <= now(), metadata={"type": "boolean"}
    )
    assignee = fields.Str(attribute="assignee_name", allow_none=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A step without hours has no due date."""
        value = super().get_attribute(obj, attr, default)
        return due_or_none(value) if isinstance(value, datetime) else value


class InboxSchema(Schema):
    """A page of the inbox."""

    items = fields.List(fields.Nested(InboxRowSchema), attribute="rows")
    next = fields.Str(
        attribute="cursor", allow_none=True, metadata={"description": "Send it as `cursor`."}
    )


class ApplicationDataSchema(Schema):
    """What the dossier was handed in with."""

    form_id = fields.Str()
    data = fields.Raw(metadata={"type": "object"})


class TaskSchema(Schema):
    """A task with everything that is needed to do it."""

    id = fields.Int()
    state = fields.Str(validate=validate.OneOf(["open", "done", "cancelled"]))
    step = fields.Str()
    name = fields.Str()
    role = fields.Str()
    unit = fields.Str()
    unit_name = fields.Str()
    opened_at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)
    overdue = fields.Bool()
    done_at = fields.DateTime(allow_none=True)
    assignee = fields.Str(allow_none=True)
    can_complete = fields.Bool()
    form_id = fields.Str()
    form = fields.Raw(metadata={"type": "object", "description": "form-js JSON."})
    prefill = fields.Raw(
        metadata={
            "type": "object",
            "description": "What the dossier already knows under keys of the form.",
        }
    )
    dossier = fields.Nested(DossierSummarySchema)
    application = fields.Nested(ApplicationDataSchema)


class ClaimSchema(Schema):
    """Who holds the task now."""

    id = fields.Int()
    state = fields.Function(lambda item: item.state.value, metadata={"type": "string"})
    assignee_id = fields.Int(allow_none=True)


class AnswersSchema(Body):
    """The answers of the task's form."""

    data = Object(required=True, metadata={"description": "Answers by field key."})


class DoneSchema(Schema):
    """What a completed task led to."""

    id = fields.Int()
    state = fields.Str()
    code = fields.Str(metadata={"description": "Code of the dossier."})
    status = fields.Int(metadata={"description": "National status code of the dossier."})
