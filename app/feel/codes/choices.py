"""Code of and, or, if, in, and instance of."""

from collections.abc import Sequence
from decimal import Decimal

from app.feel import nodes
from app.feel.codes.base import Code, Place, make, makes
from app.feel.codes.operators import general, with_constant
from app.feel.kinds import is_a
from app.feel.logic import equal, satisfies
from app.feel.run import Local, Run
from app.feel.values import Value


@makes(nodes.Both)
def _both(node: nodes.Both, place: Place) -> Code:
    items = [make(item, place) for item in node.items]

    def code(run: Run, local: Local) -> Value:
        result: bool | None = True
        for item in items:
            answer = item(run, local)
            if answer is False:
                return False
            if answer is not True:
                result = None
        return result

    return code


@makes(nodes.Either)
def _either(node: nodes.Either, place: Place) -> Code:
    return _any_of([make(item, place) for item in node.items])


def _any_of(items: Sequence[Code]) -> Code:
    def code(run: Run, local: Local) -> Value:
        result: bool | None = False
        for item in items:
            answer = item(run, local)
            if answer is True:
                return True
            if answer is not False:
                result = None
        return result

    return code


@makes(nodes.Conditional)
def _conditional(node: nodes.Conditional, place: Place) -> Code:
    condition, yes, no = (make(part, place) for part in (node.condition, node.yes, node.no))
    return lambda run, local: yes(run, local) if condition(run, local) is True else no(run, local)


@makes(nodes.Member)
def _member(node: nodes.Member, place: Place) -> Code:
    value = make(node.value, place)
    within = place.inside("?")
    judge = _any_of([_test(test, within) for test in node.tests])

    def code(run: Run, local: Local) -> Value:
        return judge(run, ({"?": value(run, local)}, local))

    return code


@makes(nodes.Cell)
def _cell(node: nodes.Cell, place: Place) -> Code:
    """Return code that judges the value called `?` of the innermost names."""
    within = place.inside("?")
    negated, any_of = node.negated, _any_of([_test(test, within) for test in node.tests])

    def code(run: Run, local: Local) -> Value:
        answer = any_of(run, local)
        return not answer if negated and answer is not None else answer

    return code if negated else any_of


def _input(_run: Run, local: Local) -> Value:
    """Return the value to be judged, which stands innermost."""
    return local[0]["?"] if local else None


def _test(node: nodes.Node, inside: Place) -> Code:
    """Return code that judges the value called `?`, which `inside` binds."""
    if isinstance(node, nodes.HalfOpen):
        bound = node.bound
        if isinstance(bound, nodes.Literal) and type(bound.value) in {str, Decimal}:
            return with_constant(node.operator, _input, bound.value)
        return general(node.operator, _input, make(bound, inside))
    if isinstance(node, nodes.Literal) and not isinstance(node.value, bool):
        constant = node.value
        return lambda run, local: equal(run, _input(run, local), constant)
    test = make(node, inside)
    about_input = nodes.mentions(node, "?")

    def code(run: Run, local: Local) -> Value:
        value, result = _input(run, local), test(run, local)
        # A condition is its own answer; only a true or false asked for outright is compared.
        if isinstance(result, bool) and (about_input or not isinstance(value, bool)):
            return result
        return None if about_input and result is None else satisfies(run, value, result)

    return code


@makes(nodes.InstanceOf)
def _instance_of(node: nodes.InstanceOf, place: Place) -> Code:
    value, kind = make(node.value, place), node.type
    return lambda run, local: is_a(run, value(run, local), kind)
