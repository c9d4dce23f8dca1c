"""Code of arithmetic and comparison, with short cuts for what conditions mostly are."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.feel import nodes
from app.feel.arithmetic import OPERATIONS, negative
from app.feel.codes.base import Code, Place, make, makes
from app.feel.logic import compare, ordered
from app.feel.numerics import whole
from app.feel.run import Local, Run
from app.feel.values import Value

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@makes(nodes.Negate)
def _negate(node: nodes.Negate, place: Place) -> Code:
    operand = make(node.operand, place)
    return lambda run, local: negative(operand(run, local))


@makes(nodes.Chain)
def _chain(node: nodes.Chain, place: Place) -> Code:
    first = make(node.first, place)
    rest = [(OPERATIONS[sign], make(operand, place)) for sign, operand in node.rest]

    def code(run: Run, local: Local) -> Value:
        result = first(run, local)
        for operations, operand in rest:
            value = operand(run, local)
            operation = operations.get((type(result), type(value)))
            if operation is None:
                return None
            result = operation(run, result, value)
        return result

    return code


@makes(nodes.Compare)
def _compare(node: nodes.Compare, place: Place) -> Code:
    left, right = node.left, node.right
    if isinstance(right, nodes.Literal) and type(right.value) in {str, Decimal}:
        if isinstance(left, nodes.Name) and place.outermost:
            return _variable_with_constant(node.operator, left.name, right.value)
        return with_constant(node.operator, make(left, place), right.value)
    return general(node.operator, make(left, place), make(right, place))


def general(sign: str, left: Code, right: Code) -> Code:
    """Return code that compares whatever comes."""
    return lambda run, local: compare(run, sign, left(run, local), right(run, local))


def with_constant(sign: str, left: Code, constant: Value) -> Code:
    """Return code that compares with a value known beforehand, mostly of the same kind."""
    kind, test = type(constant), _SIGNS[sign]

    def code(run: Run, local: Local) -> Value:
        value = left(run, local)
        if type(value) is kind:
            return test(value, constant)
        return compare(run, sign, value, constant)

    return code


def _variable_with_constant(sign: str, name: str, constant: Value) -> Code:
    """Compare what the context holds directly: an int and a whole Decimal mean the same number."""
    kind, test = type(constant), _SIGNS[sign]
    plain = whole(constant) if isinstance(constant, Decimal) else None
    raw_kind, raw_constant = (kind, constant) if plain is None else (int, plain)

    def code(run: Run, _local: Local) -> Value:
        raw = run.context.get(name)
        if type(raw) is raw_kind:
            return test(raw, raw_constant)
        return compare(run, sign, run.get(name), constant)

    return code


@makes(nodes.Between)
def _between(node: nodes.Between, place: Place) -> Code:
    value, low, high = (make(part, place) for part in (node.value, node.low, node.high))

    def code(run: Run, local: Local) -> Value:
        middle = value(run, local)
        above = ordered(">=", middle, low(run, local))
        below = ordered("<=", middle, high(run, local))
        return None if above is None or below is None else above and below

    return code
