"""What a procedure costs, fee by fee: how much, when it is paid, who is spared, and by what law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app import feel
from app.foundation.clock import local_date
from app.foundation.errors import Invalid
from app.foundation.text import gettext, lazy_gettext

#: Nothing the state charges citizens for one dossier costs more; beyond it is a slip of the pen.
MOST_VND = 10_000_000_000
#: What an expression may read beside the answers: how and when the dossier comes in.
GIVEN = frozenset({"channel", "owner_kind", "case", "submitted_on"})


class FeeKind(Enum):
    """Which of the two the law calls it; they are accounted for apart (spec §8, Payment)."""

    FEE = "PHI"  # phí: the price of a service
    CHARGE = "LE_PHI"  # lệ phí: a fixed charge for an act of the state


class PayWhen(Enum):
    """When it is asked for (spec C-10)."""

    PREPAID = "prepaid"  # thu trước: nobody looks at the dossier before
    ON_REQUEST = "on_request"  # an officer asks for it at a step
    AT_RESULT = "at_result"  # thu sau: when the result is ready


class FeeUnclear(Invalid):
    """An expression of the catalogue gives no amount: an analyst has to look."""

    message = lazy_gettext("The fee “%(code)s” of this procedure gives no whole amount in đồng.")


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """Who does not pay: a condition in FEEL, and the law that says so."""

    condition: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Fee:
    """One fee of a procedure."""

    code: str
    name: str
    name_en: str
    kind: FeeKind
    #: Whole VND, or a FEEL expression over the answers of the application.
    amount: int | str
    when: PayWhen
    #: Calendar days to pay once it is asked for; no limit with None.
    pay_within_days: int | None
    #: Keys of the cases that pay it; all without.
    cases: tuple[str, ...]
    exemptions: tuple[Exemption, ...]

    @property
    def expressions(self) -> tuple[str, ...]:
        """Everything in FEEL."""
        amount = (self.amount,) if isinstance(self.amount, str) else ()
        return (*amount, *(one.condition for one in self.exemptions))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fee as it is asked of one dossier."""

    code: str
    name: str
    kind: FeeKind
    #: Whole VND, above zero.
    amount: int

    def as_dict(self) -> dict[str, Any]:
        """As journal and rows keep it."""
        told = {"code": self.code, "name": self.name}
        return told | {"kind": self.kind.value, "amount": self.amount}


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What one dossier pays at one time, and what it is spared."""

    lines: tuple[Line, ...]
    #: Code of the fee and the legal reason.
    spared: tuple[tuple[str, str], ...]
    pay_within_days: int | None

    @property
    def total(self) -> int:
        """Whole VND."""
        return sum(line.amount for line in self.lines)


def bill(
    fees: tuple[Fee, ...],
    when: PayWhen,
    context: Mapping[str, Any],
    *,
    at: datetime,
) -> Bill:
    """What is to be paid at that time by a dossier with these answers; raises FeeUnclear.

    `context` holds the answers and what `GIVEN` names.
    """
    lines: list[Line] = []
    spared: list[tuple[str, str]] = []
    days: list[int] = []
    for fee in fees:
        if fee.when is not when or (fee.cases and context.get("case") not in fee.cases):
            continue
        amount = amount_of(fee, context, at)
        if not amount:
            continue
        if reason := _spared_for(fee, context, at):
            spared.append((fee.code, reason))
            continue
        lines.append(Line(code=fee.code, name=fee.name, kind=fee.kind, amount=amount))
        days += [fee.pay_within_days] if fee.pay_within_days else []
    return Bill(lines=tuple(lines), spared=tuple(spared), pay_within_days=min(days, default=None))


def amount_of(fee: Fee, context: Mapping[str, Any], at: datetime) -> int:
    """The amount for these answers in whole VND; raises FeeUnclear for anything else."""
    if isinstance(fee.amount, int):
        return fee.amount
    value = _value(fee.code, fee.amount, context, at)
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    if not whole or not 0 <= value <= MOST_VND:
        raise FeeUnclear(code=fee.code)
    return int(value)


def _spared_for(fee: Fee, context: Mapping[str, Any], at: datetime) -> str:
    """The law of the first condition that holds; only a clear yes spares."""
    held = (
        one.reason for one in fee.exemptions if _value(fee.code, one.condition, context, at) is True
    )
    return next(held, "")


def _value(code: str, expression: str, context: Mapping[str, Any], at: datetime) -> Any:
    try:
        return feel.compile(expression).evaluate(context, now=at)
    except feel.FeelError as error:
        raise FeeUnclear(code=code) from error


def given(*, channel: str, owner_kind: str, case: str, at: datetime) -> dict[str, Any]:
    """What expressions read beside the answers."""
    told = {"channel": channel, "owner_kind": owner_kind, "case": case}
    return told | {"submitted_on": local_date(at)}


def _formula(text: str) -> str:
    """The expression behind the `=`; raises ValidationError with the place of a mistake."""
    expression = text.removeprefix("=").strip()
    try:
        feel.compile(expression)
    except feel.FeelError as error:
        raise ValidationError(str(error)) from error
    return expression


class _Formula(fields.Field[str]):
    """A FEEL expression, with or without its `=`."""

    def _deserialize(self, value: Any, *_args: Any, **_more: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(gettext("Write an expression in FEEL."))
        return _formula(value)


class _Amount(fields.Field[int | str]):
    """Whole VND, or `=` and a FEEL expression."""

    def _deserialize(self, value: Any, *_args: Any, **_more: Any) -> int | str:
        if isinstance(value, str) and value.startswith("="):
            return _formula(value)
        if type(value) is not int or not 0 < value <= MOST_VND:
            raise ValidationError(
                gettext("Write whole đồng above 0, or “=” and an expression in FEEL.")
            )
        return value


class _ExemptionSchema(Schema):
    condition = _Formula(required=True)
    reason = fields.Str(required=True, validate=validate.Length(min=1, max=400))

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Exemption:
        return Exemption(**data)


class FeeLineSchema(Schema):
    """`[[fee_line]]` of a catalogue entry."""

    code = fields.Str(required=True, validate=validate.Regexp(r"^[A-Z0-9][A-Z0-9-]{0,39}$"))
    name = fields.Str(required=True, validate=validate.Length(min=1, max=200))
    name_en = fields.Str(load_default="", validate=validate.Length(max=200))
    kind = fields.Enum(FeeKind, by_value=True, required=True)
    amount = _Amount(required=True)
    when = fields.Enum(PayWhen, by_value=True, required=True)
    pay_within_days = fields.Int(
        strict=True, load_default=None, validate=validate.Range(min=1, max=365)
    )
    cases = fields.List(fields.Str(), load_default=list)
    exempt = fields.List(fields.Nested(_ExemptionSchema), load_default=list)

    @post_load
    def make(self, data: Mapping[str, Any], **_: Any) -> Fee:
        told = {key: value for key, value in data.items() if key not in {"cases", "exempt"}}
        return Fee(**told, cases=tuple(data["cases"]), exemptions=tuple(data["exempt"]))
