"""What a dossier has to pay, as clients see it."""

from marshmallow import Schema, fields


class FeeLineSchema(Schema):
    """One fee."""

    code = fields.Str()
    name = fields.Str()
    kind = fields.Str(metadata={"description": "PHI or LE_PHI."})
    amount = fields.Int(metadata={"description": "Whole VND."})


class PaymentSchema(Schema):
    """What is to be paid at one time."""

    number = fields.Int(metadata={"description": "Which demand of the dossier this is."})
    state = fields.Str(metadata={"description": "unpaid, waiting, paid, cancelled or refunded."})
    method = fields.Str(
        allow_none=True, metadata={"description": "online, cash, transfer or waiver."}
    )
    lines = fields.List(fields.Nested(FeeLineSchema))
    total = fields.Int(metadata={"description": "Whole VND."})
    demanded_at = fields.DateTime()
    pay_by = fields.DateTime(allow_none=True)
    settled_at = fields.DateTime(allow_none=True)
    receipt = fields.Str(allow_none=True, metadata={"description": "Number of the receipt."})


class PaymentsSchema(Schema):
    """Everything a dossier has to pay or has paid, the newest first."""

    payments = fields.List(fields.Nested(PaymentSchema))
