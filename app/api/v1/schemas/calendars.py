"""Working calendars as clients see them."""

from marshmallow import Schema, fields


class CalendarShortSchema(Schema):
    """A calendar in the list."""

    key = fields.Str()
    name = fields.Str()
    unit = fields.Str(
        allow_none=True,
        metadata={"description": "Code of the unit that keeps it; null for the whole province."},
    )
    edition = fields.Int(allow_none=True, metadata={"description": "Null before the first."})
    in_force_since = fields.DateTime(allow_none=True)
    estimated_years = fields.List(
        fields.Int(), metadata={"description": "Years whose holidays are not announced yet."}
    )


class CalendarListSchema(Schema):
    """Every calendar."""

    items = fields.List(fields.Nested(CalendarShortSchema))


class EditionSchema(Schema):
    """One edition: everything the calendar says."""

    key = fields.Str()
    name = fields.Str()
    edition = fields.Int()
    in_force_since = fields.DateTime()
    reason = fields.Str()
    legal_document = fields.Str()
    hash = fields.Str(metadata={"description": "SHA-256; journals name it."})
    content = fields.Raw(
        metadata={
            "type": "object",
            "description": "hours, exceptions and rules, local time of Asia/Ho_Chi_Minh.",
        }
    )
