"""Code of calls, of built-ins and of functions written in the expression."""

from collections.abc import Sequence
from difflib import get_close_matches

from app.feel import limits, nodes
from app.feel.codes.base import Code, Place, make, makes
from app.feel.errors import FeelError
from app.feel.functions import REGISTRY, Form, call_forms
from app.feel.run import Local, Run
from app.feel.values import Function, Value
from app.foundation.text import LazyString, lazy_gettext


@makes(nodes.Call)
def _call(node: nodes.Call, place: Place) -> Code:
    called = node.function
    if isinstance(called, nodes.Name) and called.name not in place.bound:
        if called.name not in REGISTRY:
            raise _refused(called, place, _unknown(called.name))
        return _built_in(node, called, place)
    return _call_value(node, place)


def _refused(called: nodes.Name, place: Place, hint: LazyString) -> FeelError:
    return FeelError(expression=place.expression, line=called.line, column=called.column, hint=hint)


def _unknown(name: str) -> LazyString:
    near = get_close_matches(name, REGISTRY, n=1)
    if not near:
        return lazy_gettext("There is no function “%(name)s”.", name=name)
    return lazy_gettext(
        "There is no function “%(name)s”. Is “%(near)s” meant?", name=name, near=near[0]
    )


def _nothing(_run: Run, _local: Local) -> Value:
    return None


def _built_in(node: nodes.Call, called: nodes.Name, place: Place) -> Code:
    codes = [make(argument, place) for argument in node.arguments]
    forms = [form for form in REGISTRY[called.name] if form.takes(len(codes))]
    if node.labelled:
        forms, codes = _labelled(node, called, place)
    if not forms:
        hint = lazy_gettext("The function “%(name)s” takes other arguments.", name=called.name)
        raise _refused(called, place, hint)
    if len(forms) == 1:
        return _one_form(forms[0], codes)
    return lambda run, local: call_forms(run, forms, [code(run, local) for code in codes])


def _labelled(node: nodes.Call, called: nodes.Name, place: Place) -> tuple[list[Form], list[Code]]:
    labels = [label for label, _ in node.labelled]
    fitting = [(form, form.places(labels)) for form in REGISTRY[called.name]]
    possible = [found for _, found in fitting if found is not None]
    if not possible:
        return [], []
    # Where two forms have the same labels in another order, that of the call is meant.
    places = min(possible, key=lambda found: found != list(range(len(labels))))
    given = [make(value, place) for _, value in node.labelled]
    forms = [form for form, found in fitting if found == places]
    return forms, [_nothing if at is None else given[at] for at in places]


def _one_form(form: Form, codes: Sequence[Code]) -> Code:
    fit, body = form.fit, form.body

    def code(run: Run, local: Local) -> Value:
        ready = fit(run, [argument(run, local) for argument in codes])
        return None if ready is None else body(run, *ready)

    return code


def _call_value(node: nodes.Call, place: Place) -> Code:
    function = make(node.function, place)
    labels = [label for label, _ in node.labelled]
    codes = [make(value, place) for value in node.arguments]
    codes += [make(value, place) for _, value in node.labelled]

    def code(run: Run, local: Local) -> Value:
        called = function(run, local)
        if not isinstance(called, Function):
            return None
        arguments = [argument(run, local) for argument in codes]
        if labels:
            if called.parameters is None or set(labels) != set(called.parameters):
                return None
            by_label = dict(zip(labels, arguments, strict=True))
            arguments = [by_label[name] for name in called.parameters]
        return called.call(arguments)

    return code


@makes(nodes.FunctionOf)
def _function_of(node: nodes.FunctionOf, place: Place) -> Code:
    parameters = node.parameters
    body = make(node.body, place.inside(*parameters))
    cost = nodes.effort(node.body) + limits.STEPS_OF_CALL

    def code(run: Run, local: Local) -> Value:
        def call(arguments: list[Value]) -> Value:
            if len(arguments) != len(parameters):
                return None
            run.charge(cost)
            if run.calls >= limits.MAX_CALLS:
                raise run.stopped(lazy_gettext("Its functions call each other too deep."))
            run.calls += 1
            try:
                return body(run, (dict(zip(parameters, arguments, strict=True)), local))
            finally:
                run.calls -= 1

        return Function(call, parameters)

    return code
