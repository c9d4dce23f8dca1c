"""Whole texts of a diagram: `${...}` alone, several in a sentence, or none at all."""

import re
from collections.abc import Iterator

from app import feel
from app.engine.importing.juel.errors import Untranslatable
from app.engine.importing.juel.parsing import parse, parse_until
from app.engine.importing.juel.pieces import PRODUCT, Piece, quoted
from app.engine.importing.juel.tokens import PLAIN_WORDS
from app.engine.importing.juel.tree import Binary, Call, Literal, Name, Node, Unary
from app.engine.importing.juel.writing import as_text, write
from app.foundation.text import lazy_gettext

_OPENING = re.compile(r"[$#]\{")


def is_juel(text: str) -> bool:
    """Whether a text holds an expression at all."""
    return bool(_OPENING.search(text))


def condition(text: str) -> str:
    """A condition of JUEL as `=FEEL`. Raises Untranslatable."""
    return _checked(write(_only(text)))


def plain_condition(text: str) -> str | None:
    """A condition that some tool wrote without `${}`; nothing if it is words for people."""
    try:
        node = parse(text, PLAIN_WORDS)
        return _checked(write(node)) if _asks(node) else None
    except Untranslatable:
        return None


def value(text: str) -> str:
    """A text that may hold expressions: a literal, or `=FEEL`. Raises Untranslatable."""
    parts = list(_parts(text.strip()))
    if all(isinstance(part, str) for part in parts):
        return text
    if len(parts) == 1 and not isinstance(parts[0], str):
        return _checked(write(parts[0]).settled())
    pieces = [
        Piece(text=quoted(part), kind="string") if isinstance(part, str) else as_text(write(part))
        for part in parts
    ]
    return _checked(Piece(text=" + ".join(piece.within(PRODUCT) for piece in pieces)))


def assignment(text: str) -> tuple[str, str] | None:
    """Variable and `=FEEL` of `${execution.setVariable("name", value)}`; nothing for others.

    Raises Untranslatable.
    """
    match _only(text) if is_juel(text) else None:
        case Call(
            base=Name(text="execution"),
            method="setVariable",
            arguments=(Literal(value=str() as name), value),
        ):
            return name, _checked(write(value).settled())
    return None


def variable_of(text: str) -> str | None:
    """The variable's name of a text that is `${name}` and nothing else."""
    try:
        node = _only(text)
    except Untranslatable:
        return None
    return node.text if isinstance(node, Name) else None


def _only(text: str) -> Node:
    parts = list(_parts(text.strip()))
    if len(parts) != 1 or isinstance(parts[0], str):
        raise Untranslatable(1, lazy_gettext("It is not one expression in ${...}."))
    return parts[0]


def _parts(text: str) -> Iterator[str | Node]:
    at = 0
    while opening := _OPENING.search(text, at):
        if opening.start() > at:
            yield text[at : opening.start()]
        node, at = parse_until(text, opening.end(), "}")
        yield node
    if at < len(text) or not text:
        yield text[at:]


def _asks(node: Node) -> bool:
    """Whether a tree compares something; a lone word may as well be a label."""
    match node:
        case Binary(sign="&&" | "||"):
            return _asks(node.left) and _asks(node.right)
        case Unary(sign="!"):
            return isinstance(node.operand, Name) or _asks(node.operand)
    return isinstance(node, Binary) and node.sign in ("==", "!=", "<", "<=", ">", ">=")


def _checked(piece: Piece) -> str:
    try:
        feel.compile(piece.text)
    except feel.FeelError as error:
        raise Untranslatable(1, str(error)) from error
    return f"={piece.text}"
