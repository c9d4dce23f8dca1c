"""A catalogue entry as an analyst writes it: `procedure.toml`, checked and frozen."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from app.domain.procedures.cases import Case, CaseSchema
from app.domain.procedures.fees import Fee, FeeLineSchema
from app.domain.procedures.model import Level, OnlineLevel
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext


class CatalogueInvalid(Invalid):
    """The catalogue entry cannot be used; `errors` names each field."""

    message = lazy_gettext("The catalogue entry (procedure.toml) has errors.")


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A document the procedure rests on."""

    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of the dossier; `key` is the file field of the application form."""

    key: str
    name: str
    required: bool
    copies: int
    note: str
    #: Name of the form file that is handed out blank for it, or empty (spec R3-24).
    template: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A unit that handles the procedure, and how its dossier codes begin."""

    unit: str
    agency_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What the public is told about a procedure."""

    key: str
    name: str
    code: str
    level: Level
    field: str
    online_level: OnlineLevel
    #: Number and day of the decision of the province that set the level, or empty (spec R2-17).
    online_decision: str
    #: Whether its result may be sent by post, where the province does so.
    postal_return: bool
    summary: str
    who: str
    result: str
    keywords: tuple[str, ...]
    #: Whole VND: what everybody pays together.
    fee_vnd: int
    fee_note: str
    #: The fees one by one, where the platform asks for them.
    fees: tuple[Fee, ...]
    legal_basis: tuple[LegalBasis, ...]
    papers: tuple[Paper, ...]
    offers: tuple[Offer, ...]
    cases: tuple[Case, ...]

    def case(self, key: str | None) -> Case | None:
        """The case of that key, or the default case without one."""
        if key is None:
            return next(case for case in self.cases if case.default)
        return next((case for case in self.cases if case.key == key), None)


class _Part(Schema):
    """A part that becomes the frozen class of the same fields."""

    made: type

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Any:
        return self.made(**data)


class _LegalBasisSchema(_Part):
    made = LegalBasis
    number = fields.Str(required=True)
    title = fields.Str(required=True)


class _PaperSchema(_Part):
    made = Paper
    key = fields.Str(required=True)
    name = fields.Str(required=True)
    required = fields.Bool(load_default=True)
    copies = fields.Int(load_default=1, validate=validate.Range(min=0))
    note = fields.Str(load_default="")
    template = fields.Str(load_default="")


class _OfferSchema(_Part):
    made = Offer
    unit = fields.Str(required=True)
    agency_code = fields.Str(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None)


class _FeeSchema(Schema):
    amount_vnd = fields.Int(load_default=0, strict=True, validate=validate.Range(min=0))
    note = fields.Str(load_default="")


class _CatalogueSchema(Schema):
    key = fields.Str(required=True, validate=validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,79}$"))
    name = fields.Str(required=True, validate=validate.Length(min=1, max=400))
    code = fields.Str(required=True, validate=validate.Regexp(r"^\d\.\d{6}$"))
    level = fields.Enum(Level, required=True)
    field = fields.Str(required=True)
    online_level = fields.Enum(OnlineLevel, required=True)
    online_decision = fields.Str(load_default="", validate=validate.Length(max=200))
    postal_return = fields.Bool(load_default=False)
    summary = fields.Str(required=True)
    who = fields.Str(required=True)
    result = fields.Str(required=True)
    keywords = fields.List(fields.Str(), load_default=list)
    fee = fields.Nested(_FeeSchema, load_default=dict)
    fee_line = fields.List(fields.Nested(FeeLineSchema), load_default=list)
    legal_basis = fields.List(fields.Nested(_LegalBasisSchema), load_default=list)
    paper = fields.List(fields.Nested(_PaperSchema), load_default=list)
    offer = fields.List(fields.Nested(_OfferSchema), required=True, validate=validate.Length(min=1))
    case = fields.List(fields.Nested(CaseSchema), required=True, validate=validate.Length(min=1))

    @validates_schema
    def one_default(self, data: Mapping[str, Any], **_: Any) -> None:
        cases: list[Case] = data.get("case", [])
        if sum(case.default for case in cases) != 1:
            raise ValidationError("exactly one case is the default", "case")
        if len({case.key for case in cases}) != len(cases):
            raise ValidationError("two cases have the same key", "case")

    @validates_schema
    def one_price(self, data: Mapping[str, Any], **_: Any) -> None:
        """The lists show one sum: that of the fees which everybody pays."""
        fees: list[Fee] = data.get("fee_line", [])
        if len({fee.code for fee in fees}) != len(fees):
            raise ValidationError(gettext("Two fees have the same code."), "fee_line")
        fixed = sum(fee.amount for fee in fees if isinstance(fee.amount, int) and not fee.cases)
        if fees and fixed != data.get("fee", {}).get("amount_vnd", 0):
            told = gettext("The fixed fees add up to %(sum)s, not to this.", sum=fixed)
            raise ValidationError({"amount_vnd": [told]}, "fee")
        odd = {key for fee in fees for key in fee.cases} - {one.key for one in data.get("case", [])}
        if odd:
            told = gettext("There is no case “%(case)s”.", case=", ".join(sorted(odd)))
            raise ValidationError(told, "fee_line")

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Catalogue:
        fee = data["fee"]
        lists = {
            "keywords": tuple(data["keywords"]),
            "legal_basis": tuple(data["legal_basis"]),
            "papers": tuple(data["paper"]),
            "offers": tuple(data["offer"]),
            "cases": tuple(data["case"]),
            "fees": tuple(data["fee_line"]),
        }
        renamed = {"fee", "fee_line", "paper", "offer", "case"}
        plain = {k: v for k, v in data.items() if k not in renamed}
        return Catalogue(
            **(plain | lists), fee_vnd=fee.get("amount_vnd", 0), fee_note=fee.get("note", "")
        )


def read_catalogue(text: str) -> Catalogue:
    """Check and freeze a catalogue entry; raises CatalogueInvalid with one message a field."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueInvalid(errors={"": [str(error)]}) from error
    try:
        return _CatalogueSchema().load(_plain_dates(data))  # type: ignore[no-any-return] # post_load makes it
    except ValidationError as error:
        raise CatalogueInvalid(errors=_flatten(error.messages_dict)) from error


def _plain_dates(value: Any) -> Any:
    """TOML has dates of its own; the schema reads ISO text."""
    if isinstance(value, dict):
        return {key: _plain_dates(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain_dates(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _flatten(messages: Any, path: str = "") -> dict[str, list[str]]:
    if isinstance(messages, list):
        return {path: [str(message) for message in messages]}
    return {
        where: texts
        for key, part in messages.items()
        for where, texts in _flatten(part, f"{path}.{key}" if path else str(key)).items()
    }
