"""The list of built-in functions: their names, parameters and the kinds of value they take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from app.feel import limits
from app.feel.distant import DistantDate, DistantMoment
from app.feel.run import Run
from app.feel.values import Function, Range, Value, YearsMonths

#: The body of a built-in: the run first, then the arguments.
Body: TypeAlias = Callable[..., Value]

_DAYS = frozenset[type]({date, datetime, DistantDate, DistantMoment})
_KINDS: dict[str, frozenset[type]] = {
    "number": frozenset({Decimal}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "time": frozenset({time}),
    "near day": frozenset({date, datetime}),
    "day": _DAYS,
    "moment": _DAYS | {time},
    "duration": frozenset({timedelta, YearsMonths}),
    "span": frozenset({timedelta}),
    "context": frozenset({dict}),
    "function": frozenset({Function}),
    "point": _DAYS | {Decimal, str, time, timedelta, YearsMonths},
    "range": frozenset({Range}),
    "null": frozenset({type(None)}),
}

_UNFIT = object()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter; `kinds` None accepts everything, `listed` makes a list of a single value."""

    name: str
    kinds: frozenset[type] | None
    listed: bool
    optional: bool

    def fit(self, run: Run, value: Value) -> Value:
        """Return the value as the function wants it, or _UNFIT; pays for its size."""
        if isinstance(value, list):
            run.charge(len(value))
        elif isinstance(value, str):
            run.charge(len(value) // limits.TEXT_PER_STEP)
        if self.kinds is None or type(value) in self.kinds:
            return value
        if self.listed:
            return _UNFIT if value is None else [value]
        if isinstance(value, list) and len(value) == 1:
            return self.fit(run, value[0])
        return None if value is None and self.optional else _UNFIT


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way to call a function; `many` repeats the last parameter."""

    parameters: tuple[Parameter, ...]
    body: Body
    many: bool

    def takes(self, count: int) -> bool:
        """Tell whether this form can be called with so many arguments."""
        least = sum(not parameter.optional for parameter in self.parameters)
        return least <= count and (self.many or count <= len(self.parameters))

    def places(self, labels: Sequence[str]) -> list[int | None] | None:
        """Return which labelled argument goes where (None: left out); None if they do not fit."""
        names = [parameter.name for parameter in self.parameters]
        if len(set(labels)) != len(labels) or not set(labels) <= set(names) or self.many:
            return None
        given = {label: place for place, label in enumerate(labels)}
        places = [given.get(name) for name in names]
        for place, parameter in zip(places, self.parameters, strict=True):
            if place is None and not parameter.optional:
                return None
        while places and places[-1] is None:
            places.pop()
        return places

    def fit(self, run: Run, arguments: Sequence[Value]) -> list[Value] | None:
        """Return the arguments ready for the body, or None if one is of the wrong kind."""
        last = len(self.parameters) - 1
        ready = []
        for place, argument in enumerate(arguments):
            value = self.parameters[min(place, last)].fit(run, argument)
            if value is _UNFIT:
                return None
            ready.append(value)
        return ready


#: Every built-in function by name; several forms where it can be called in several ways.
REGISTRY: dict[str, list[Form]] = {}


def _parameter(text: str) -> Parameter:
    name, _, kind = text.partition(": ")
    optional, words = kind.endswith("?"), kind.rstrip("?").split("|")
    kinds = frozenset().union(*(_KINDS[word] for word in words if word in _KINDS))
    if "list" in words:
        kinds |= {list}
    return Parameter(
        name=name,
        kinds=None if "any" in words else kinds,
        listed="list" in words,
        optional=optional,
    )


def builtin(name: str, *parameters: str, many: bool = False) -> Callable[[Body], Body]:
    """Register a form of a built-in function.

    A parameter is written `"start position: number"`; `|` joins kinds and a final `?` lets it be
    left out. The body gets the run and the fitting arguments; a misfit gives null without it.
    """
    form_parameters = tuple(_parameter(text) for text in parameters)

    def register(body: Body) -> Body:
        REGISTRY.setdefault(name, []).append(Form(parameters=form_parameters, body=body, many=many))
        return body

    return register


def call_forms(run: Run, forms: Sequence[Form], arguments: Sequence[Value]) -> Value:
    """Call the first form whose kinds fit; null if none does."""
    for form in forms:
        ready = form.fit(run, arguments)
        if ready is not None:
            return form.body(run, *ready)
    return None


def as_value(run: Run, name: str) -> Function:
    """Return a built-in as a value that can be handed to another function."""
    forms = REGISTRY[name]

    def call(arguments: list[Value]) -> Value:
        fitting = [form for form in forms if form.takes(len(arguments))]
        return call_forms(run, fitting, arguments)

    return Function(call, None)
