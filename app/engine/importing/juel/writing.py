"""From the syntax tree to FEEL."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.engine.importing.juel.errors import Untranslatable
from app.engine.importing.juel.methods import (
    FUNCTIONS,
    JOINED,
    METHODS,
    compared,
    is_empty,
    negated,
)
from app.engine.importing.juel.pieces import (
    NEGATE,
    POSTFIX,
    PRODUCT,
    SENTENCE,
    SUM,
    Piece,
    name_in_feel,
    quoted,
)
from app.engine.importing.juel.tree import (
    Binary,
    Call,
    Choice,
    Item,
    Literal,
    Member,
    Name,
    Node,
    Unary,
)
from app.foundation.text import lazy_gettext

#: Objects of the old engine; nobody has them here.
_BEANS = frozenset(
    ("execution", "task", "delegateTask", "authenticatedUserId", "authenticatedUserIds", "job")
)
#: What repeated activities count, and what it is called here; Java counts from 0.
_COUNTS = {
    "nrOfInstances": Piece(text="numberOfInstances", kind="number", certain=True),
    "nrOfActiveInstances": Piece(text="numberOfActiveInstances", kind="number", certain=True),
    "nrOfCompletedInstances": Piece(text="numberOfCompletedInstances", kind="number", certain=True),
    "loopCounter": Piece(text="loopCounter - 1", strength=SUM, kind="number", certain=True),
}
_OPPOSITE = {"==": "!=", "!=": "=="}
_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def write(node: Node) -> Piece:
    """The piece of FEEL that says the same. Raises Untranslatable."""
    return _WRITERS[type(node)](node)


def as_text(piece: Piece) -> Piece:
    """A value as a text; nothing is a text without letters, as it is in JUEL."""
    if piece.kind == "string":
        return piece
    if piece.kind in ("number", "boolean") and piece.certain:
        return Piece(text=f"string({piece.text})", kind="string", certain=True)
    return Piece(text=f'get or else(string({piece.text}), "")', kind="string", certain=True)


def _literal(node: Literal) -> Piece:
    match node.value:
        case None:
            return Piece(text="null", kind="null")
        case bool():
            return Piece(text=str(node.value).lower(), kind="boolean", certain=True)
        case Decimal():
            return Piece(text=f"{node.value:f}", kind="number", certain=True)
    return Piece(text=quoted(node.value), kind="string", certain=True)


def _name(node: Name) -> Piece:
    if node.text in _BEANS:
        raise Untranslatable(
            node.at,
            lazy_gettext("“%(name)s” belongs to the old engine.", name=node.text),
        )
    if node.text in _COUNTS:
        return _COUNTS[node.text]
    return Piece(text=_named(node.text, node.at))


def _named(name: str, at: int) -> str:
    text = name_in_feel(name)
    if text is None:
        raise Untranslatable(at, lazy_gettext("“%(name)s” is no name in FEEL.", name=name))
    return text


def _member(node: Member) -> Piece:
    return Piece(text=f"{write(node.base).within(POSTFIX)}.{_named(node.name, node.at)}")


def _item(node: Item) -> Piece:
    index = node.index.value if isinstance(node.index, Literal) else None
    if isinstance(index, str):
        return _member(Member(node.base, index, node.at))
    if isinstance(index, Decimal) and index == int(index):
        return Piece(text=f"{write(node.base).within(POSTFIX)}[{int(index) + 1}]")
    raise Untranslatable(node.at, lazy_gettext("The place in the list is computed."))


def _call(node: Call) -> Piece:
    if isinstance(node.base, Name) and node.base.text in _BEANS:
        return _variable(node)
    if node.base is None:
        prefix, colon, name = node.method.partition(":")
        count, make = FUNCTIONS.get(name, (-1, METHODS["equals", 1]))
        if colon and count == len(node.arguments):
            first, *rest = node.arguments
            return make(_by_name(first), *(write(argument) for argument in rest))
        raise _calls_code(node, prefix)
    maker = METHODS.get((node.method, len(node.arguments)))
    if maker is None:
        raise _calls_code(node, node.method)
    if isinstance(node.base, Literal) and node.method == "equals":
        return maker(write(node.arguments[0]), write(node.base))
    return maker(write(node.base), *(write(argument) for argument in node.arguments))


def _variable(node: Call) -> Piece:
    """`execution.getVariable("name")` is the variable itself."""
    if node.method == "getVariable" and len(node.arguments) == 1:
        return _by_name(node.arguments[0])
    raise _calls_code(node, node.method)


def _by_name(node: Node) -> Piece:
    if isinstance(node, Literal) and isinstance(node.value, str):
        return Piece(text=_named(node.value, node.at))
    return write(node)


def _calls_code(node: Call, name: str) -> Untranslatable:
    return Untranslatable(
        node.at, lazy_gettext("It calls program code of the old engine: %(name)s().", name=name)
    )


def _unary(node: Unary) -> Piece:
    operand = node.operand
    if node.sign == "empty":
        return is_empty(write(operand))
    if node.sign == "-":
        return Piece(
            text=f"-{_number(operand).within(NEGATE)}", strength=NEGATE, kind="number", certain=True
        )
    if isinstance(operand, Binary) and operand.sign in _OPPOSITE:
        return write(Binary(_OPPOSITE[operand.sign], operand.left, operand.right, operand.at))
    return negated(write(operand))


def _binary(node: Binary) -> Piece:
    if node.sign in JOINED:
        return _joined(node)
    if node.sign in _SIGNS:
        return compared(_SIGNS[node.sign])(write(node.left), write(node.right))
    if node.sign == "%":
        raise Untranslatable(node.at, lazy_gettext("The remainder has another sign in FEEL."))
    if node.sign == "+" and (_is_text(node.left) or _is_text(node.right)):
        left, right = as_text(write(node.left)), as_text(write(node.right))
        text = f"{left.within(SUM)} + {right.within(PRODUCT)}"
        return Piece(text=text, strength=SUM, kind="string", certain=True)
    strength = SUM if node.sign in "+-" else PRODUCT
    left, right = _number(node.left), _number(node.right)
    text = f"{left.within(strength)} {node.sign} {right.within(strength + 1)}"
    return Piece(text=text, strength=strength, kind="number", certain=node.sign != "/")


def _joined(node: Binary) -> Piece:
    word, strength = JOINED[node.sign]
    left, right = write(node.left), write(node.right)
    return Piece(
        text=f"{left.within(strength)} {word} {right.within(strength + 1)}",
        strength=strength,
        kind="boolean",
        certain=all(piece.kind == "boolean" and piece.certain for piece in (left, right)),
    )


def _is_text(node: Node) -> bool:
    if isinstance(node, Binary) and node.sign == "+":
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, Literal) and isinstance(node.value, str)


def _number(node: Node) -> Piece:
    """A value that is reckoned with; nothing counts as 0, as it does in JUEL."""
    piece = write(node)
    if piece.kind in ("string", "boolean"):
        raise Untranslatable(node.at, lazy_gettext("Only numbers can be reckoned with."))
    if piece.kind == "null":
        return Piece(text="0", kind="number", certain=True)
    if piece.kind == "number":
        return piece
    return Piece(text=f"get or else({piece.text}, 0)", kind="number", certain=True)


def _choice(node: Choice) -> Piece:
    condition, yes, no = write(node.condition), write(node.yes).settled(), write(node.no).settled()
    return Piece(
        text=f"if {condition.text} then {yes.text} else {no.text}",
        strength=SENTENCE,
        kind=yes.kind if yes.kind == no.kind else "any",
        certain=yes.certain and no.certain,
    )


_WRITERS: dict[type, Callable[[Any], Piece]] = {
    Literal: _literal,
    Name: _name,
    Member: _member,
    Item: _item,
    Call: _call,
    Unary: _unary,
    Binary: _binary,
    Choice: _choice,
}
