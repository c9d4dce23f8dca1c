"""What two conditions of FEEL have to do with each other, as far as simple ones tell."""

from app.engine.importing.juel.errors import Untranslatable
from app.engine.importing.juel.parsing import parse
from app.engine.importing.juel.tokens import FEEL_WORDS
from app.engine.importing.juel.tree import Binary, Literal, Node, Unary

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def opposite(one: str, other: str) -> bool:
    """Whether exactly one of two `=FEEL` holds for every value that is there."""
    texts = one.strip()[1:].strip(), other.strip()[1:].strip()
    if f"not({texts[0]})" == texts[1] or f"not({texts[1]})" == texts[0]:
        return True
    trees = _tree(texts[0]), _tree(texts[1])
    return trees[0] is not None and trees[1] is not None and _opposite(trees[0], trees[1])


def exclude(one: str, other: str) -> bool:
    """Whether two `=FEEL` never hold together."""
    trees = _tree(one.strip()[1:]), _tree(other.strip()[1:])
    if trees[0] is None or trees[1] is None:
        return opposite(one, other)
    pairs = ((a, b) for a in _parts(trees[0]) for b in _parts(trees[1]))
    return any(_opposite(a, b) or _differ(a, b) for a, b in pairs)


def denies(text: str) -> bool:
    """Whether an `=FEEL` says that something is not so."""
    tree = _tree(text.strip()[1:])
    denied = isinstance(tree, Unary) or (isinstance(tree, Binary) and tree.sign == "!=")
    return denied or text.strip()[1:].lstrip().startswith("not(")


def _tree(text: str) -> Node | None:
    try:
        return _plain(parse(text, FEEL_WORDS))
    except Untranslatable:
        return None


def _plain(node: Node) -> Node:
    """`a = true` is `a`, and `a != true` and `a = false` are `not(a)`."""
    match node:
        case Binary(sign="==" | "!=", right=Literal(value=bool() as wanted)):
            same = (node.sign == "==") == wanted
            return node.left if same else Unary("!", node.left, node.at)
    return node


def _opposite(one: Node, other: Node) -> bool:
    for a, b in ((one, other), (other, one)):
        if isinstance(a, Unary) and a.sign == "!" and a.operand == b:
            return True
    if isinstance(one, Binary) and isinstance(other, Binary):
        same = (one.left, one.right) == (other.left, other.right)
        return same and _OPPOSITE.get(one.sign) == other.sign
    return False


def _parts(node: Node) -> list[Node]:
    """What all has to hold."""
    if isinstance(node, Binary) and node.sign == "&&":
        return [*_parts(node.left), *_parts(node.right)]
    return [node]


def _differ(one: Node, other: Node) -> bool:
    """Whether two comparisons ask for different values of the same."""
    if not (isinstance(one, Binary) and isinstance(other, Binary)):
        return False
    if not (one.sign == other.sign == "==" and one.left == other.left):
        return False
    values = one.right, other.right
    return all(isinstance(value, Literal) for value in values) and values[0] != values[1]
