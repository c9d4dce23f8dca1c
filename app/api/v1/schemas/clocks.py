"""How dates are counted, as clients see it."""

from marshmallow import Schema, fields


class StretchSchema(Schema):
    """A stretch of time of one kind."""

    kind = fields.Str(
        metadata={
            "description": "working, pause, lunch, night, weekend, holiday, swap_off or off_hours."
        }
    )
    begins = fields.DateTime()
    ends = fields.DateTime()
    seconds = fields.Int(metadata={"description": "From begin to end, by the clock on the wall."})
    name = fields.Str(metadata={"description": "Name of the holiday, or reason of the pause."})
    source = fields.Str(metadata={"description": "The document that decided it."})
    confirmed = fields.Bool(metadata={"description": "False for what is only estimated."})


class AccountSchema(Schema):
    """One clock from its start to its deadline."""

    kind = fields.Str(metadata={"description": "reception, term or step."})
    name = fields.Str(metadata={"description": "The step; empty for the whole dossier."})
    caused_at = fields.DateTime()
    starts_at = fields.DateTime()
    due_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    edition = fields.Int(metadata={"description": "Edition of the calendar it is counted with."})
    estimated = fields.Bool(
        metadata={"description": "Whether it rests on holidays that are not announced yet."}
    )
    working_seconds = fields.Int(metadata={"description": "What counts until the deadline."})
    paused_seconds = fields.Int(metadata={"description": "Working time that did not count."})
    late_seconds = fields.Int(metadata={"description": "Working time after the deadline."})
    stretches = fields.List(fields.Nested(StretchSchema))


class ShareSchema(Schema):
    """What one holder took."""

    holder = fields.Str(metadata={"description": "office, agency, applicant or payment."})
    unit = fields.Str()
    person = fields.Str()
    seconds = fields.Int(metadata={"description": "Working time; all shares sum to the whole."})


class ClockSchema(Schema):
    """All clocks of a dossier; applicants see those of the whole dossier only."""

    accounts = fields.List(fields.Nested(AccountSchema))
    shares = fields.List(fields.Nested(ShareSchema))
