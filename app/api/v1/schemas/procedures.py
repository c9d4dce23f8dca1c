"""The catalogue as clients see it."""

from marshmallow import Schema, fields


class LegalBasisSchema(Schema):
    """A document the procedure rests on."""

    number = fields.Str()
    title = fields.Str()


class PaperSchema(Schema):
    """A paper of the dossier; `key` is the file field of the application form."""

    key = fields.Str()
    name = fields.Str()
    required = fields.Bool()
    copies = fields.Int()
    note = fields.Str()


class OfferSchema(Schema):
    """A unit that takes new dossiers today."""

    unit = fields.Str(metadata={"description": "Code of the unit."})
    unit_name = fields.Str()


class CaseSchema(Schema):
    """One case (trường hợp) with its own term and form."""

    key = fields.Str()
    name = fields.Str()
    term_hours = fields.Float(metadata={"description": "Legal term in working hours."})
    term_unit = fields.Str(metadata={"description": "What the law counts the term in."})
    term_text = fields.Str(metadata={"description": "The term as the law words it."})
    prepaid = fields.Bool(
        metadata={"description": "Whether the fee is paid before the dossier is received."}
    )
    default = fields.Bool()
    form_id = fields.Str()


class CaseWithFormSchema(CaseSchema):
    """A case with its application form."""

    form = fields.Raw(metadata={"type": "object", "description": "form-js JSON."})


class ProcedureShortSchema(Schema):
    """A procedure in the list."""

    key = fields.Str()
    code = fields.Str(metadata={"description": "National code, for example `2.002312`."})
    name = fields.Str()
    level = fields.Str()
    field = fields.Str()
    online_level = fields.Str()
    fee_vnd = fields.Int(metadata={"description": "Whole VND."})
    cases = fields.List(fields.Nested(CaseSchema))


class ProcedureListSchema(Schema):
    """Every procedure on offer."""

    items = fields.List(fields.Nested(ProcedureShortSchema))


class ProcedureSchema(ProcedureShortSchema):
    """A procedure in full."""

    summary = fields.Str()
    who = fields.Str()
    result = fields.Str()
    keywords = fields.List(fields.Str())
    fee_note = fields.Str()
    legal_basis = fields.List(fields.Nested(LegalBasisSchema))
    papers = fields.List(fields.Nested(PaperSchema))
    offers = fields.List(fields.Nested(OfferSchema))
    cases = fields.List(fields.Nested(CaseWithFormSchema))
    form = fields.Raw(
        metadata={"type": "object", "description": "form-js JSON of the default case."}
    )
    version = fields.Int(metadata={"description": "Number of the deployed version."})
    content_hash = fields.Str(metadata={"description": "SHA-256 over all files of the version."})
