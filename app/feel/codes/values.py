"""Code of literals, names, paths, lists, contexts and ranges."""

from app.feel import nodes
from app.feel.codes.base import Code, Place, make, makes
from app.feel.functions import REGISTRY, as_value
from app.feel.parts import part_of
from app.feel.run import Local, Run, lookup
from app.feel.values import Range, Value


@makes(nodes.Literal)
def _literal(node: nodes.Literal, _place: Place) -> Code:
    value = node.value
    return lambda _run, _local: value


@makes(nodes.Name)
def _name(node: nodes.Name, place: Place) -> Code:
    name = node.name
    if name in REGISTRY and name not in place.bound:
        return _name_or_function(name)
    if place.outermost:
        return lambda run, _local: run.get(name)
    return lambda run, local: lookup(run, local, name)


def _name_or_function(name: str) -> Code:
    def code(run: Run, local: Local) -> Value:
        value = lookup(run, local, name)
        return as_value(run, name) if value is None else value

    return code


@makes(nodes.Path)
def _path(node: nodes.Path, place: Place) -> Code:
    base, name = make(node.base, place), node.name

    def code(run: Run, local: Local) -> Value:
        value = base(run, local)
        return value.get(name) if type(value) is dict else part_of(run, value, name)

    return code


@makes(nodes.ListOf)
def _list(node: nodes.ListOf, place: Place) -> Code:
    items = [make(item, place) for item in node.items]
    return lambda run, local: [item(run, local) for item in items]


@makes(nodes.ContextOf)
def _context(node: nodes.ContextOf, place: Place) -> Code:
    entries: list[tuple[str, Code]] = []
    inside = place.inside()
    for key, value in node.entries:
        # A function may call itself by the name of its entry.
        itself = (key,) if isinstance(value, nodes.FunctionOf) else ()
        entries.append((key, make(value, inside.inside(*itself))))
        inside = inside.inside(key)

    def code(run: Run, local: Local) -> Value:
        made: dict[str, Value] = {}
        for key, entry in entries:
            made[key] = entry(run, (made, local))
        return made

    return code


@makes(nodes.RangeOf)
def _range(node: nodes.RangeOf, place: Place) -> Code:
    low, high = make(node.low, place), make(node.high, place)
    low_in, high_in = node.low_in, node.high_in
    if isinstance(node.low, nodes.Literal) and isinstance(node.high, nodes.Literal):
        constant = Range(node.low.value, node.high.value, low_in, high_in)
        return lambda _run, _local: constant
    return lambda run, local: Range(low(run, local), high(run, local), low_in, high_in)


@makes(nodes.HalfOpen)
def _half_open(node: nodes.HalfOpen, place: Place) -> Code:
    sign, bound = node.operator, make(node.bound, place)

    def code(run: Run, local: Local) -> Value:
        end = bound(run, local)
        low = None if sign in {"<", "<="} else end
        high = None if sign in {">", ">="} else end
        return Range(low, high, sign in {"=", ">="}, sign in {"=", "<="}, sign)

    return code
