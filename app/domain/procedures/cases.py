"""A case of a procedure: its diagram, its form, and how its time is counted (spec Q-02, Q-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from app.foundation.text import gettext
from app.worktime import HOURS_OF_DAY, Term, TermUnit

#: Ten years; a longer term is a slip of the pen.
_MOST_DAYS = 3650
_MOST_HOURS = _MOST_DAYS * HOURS_OF_DAY


class SupplementClock(Enum):
    """What becomes of the term after a supplement (spec L-04)."""

    RESUME = "RESUME"  # it goes on: the due date moves by the working time that passed
    RESTART = "RESTART"  # a full new term begins


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case (trường hợp) with its own term, form and diagram (spec Q-02)."""

    key: str
    name: str
    diagram: str
    application_form: str
    #: The legal term, and the hours its steps may take together (spec W-05).
    term: Term
    term_hours: Decimal
    #: The term as the law words it.
    term_text: str
    supplement_clock: SupplementClock
    #: Whether the fee is paid before anybody looks at the dossier (spec SLA-7).
    prepaid: bool
    default: bool


class CaseSchema(Schema):
    """`[[case]]` of a catalogue entry."""

    key = fields.Str(required=True)
    name = fields.Str(required=True)
    diagram = fields.Str(load_default="process.bpmn")
    application_form = fields.Str(load_default="application")
    term_unit = fields.Enum(TermUnit, by_value=True, load_default=TermUnit.WORKING_HOURS)
    term_hours = fields.Decimal(
        validate=validate.Range(min=0, min_inclusive=False, max=_MOST_HOURS)
    )
    term_days = fields.Int(strict=True, validate=validate.Range(min=1, max=_MOST_DAYS))
    term_text = fields.Str(required=True)
    supplement_clock = fields.Enum(SupplementClock, load_default=SupplementClock.RESUME)
    prepaid = fields.Bool(load_default=False)
    default = fields.Bool(load_default=False)

    @validates_schema
    def one_length(self, data: Mapping[str, Any], **_: Any) -> None:
        """A term in hours has `term_hours`, one in days `term_days`, and none has both."""
        in_hours = data["term_unit"] is TermUnit.WORKING_HOURS
        wanted, other = ("term_hours", "term_days") if in_hours else ("term_days", "term_hours")
        if wanted not in data or other in data:
            told = gettext(
                "A term in %(unit)s is given by “%(wanted)s” alone.",
                unit=data["term_unit"].value,
                wanted=wanted,
            )
            raise ValidationError(told, wanted if wanted not in data else other)

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Case:
        told = dict(data)
        amount = told.pop("term_hours", None) or told.pop("term_days")
        term = Term(amount=amount, unit=told.pop("term_unit"))
        return Case(**told, term=term, term_hours=term.hours)
