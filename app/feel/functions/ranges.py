"""The built-in that reads a range from text."""

from app.feel import nodes
from app.feel.errors import FeelError
from app.feel.functions.registry import REGISTRY, builtin, call_forms
from app.feel.logic import ordered
from app.feel.reading import read
from app.feel.run import Run
from app.feel.values import Range, Value

#: Reading costs about this many steps for each character.
_STEPS_PER_CHARACTER = 50

_MAKERS = frozenset({"date", "time", "date and time", "duration"})


@builtin("range", "from: string")
def _range(run: Run, text: str) -> Value:
    run.charge(len(text) * _STEPS_PER_CHARACTER)
    try:
        tree = read(text)
    except FeelError:
        return None
    if not isinstance(tree, nodes.RangeOf):
        return None
    low, high = _constant(run, tree.low), _constant(run, tree.high)
    if ordered("<=", low, high) is not True:
        return None
    return Range(low, high, low_in=tree.low_in, high_in=tree.high_in)


def _constant(run: Run, node: nodes.Node) -> Value:
    """Return the value of an end; null unless it is written out."""
    if isinstance(node, nodes.Literal):
        return node.value
    if not isinstance(node, nodes.Call) or not isinstance(node.function, nodes.Name):
        return None
    written = [part.value for part in node.arguments if isinstance(part, nodes.Literal)]
    if node.function.name not in _MAKERS or len(written) != 1 or len(node.arguments) != 1:
        return None
    forms = [form for form in REGISTRY[node.function.name] if form.takes(1)]
    return call_forms(run, forms, written)
