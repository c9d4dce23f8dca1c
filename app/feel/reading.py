"""From text to syntax tree: the only file that runs the parser."""

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from lark import Lark
from lark.exceptions import UnexpectedInput, UnexpectedToken

from app.feel import limits, nodes
from app.feel.building import Builder, NotFeel
from app.feel.errors import FeelError
from app.foundation.text import LazyString, lazy_gettext

_GRAMMAR = Path(__file__).with_name("grammar.lark")

#: What counts as one piece of an expression.
_PIECE = re.compile(r'"(?:[^"\\]|\\[\s\S])*"|\w+|[^\w\s]')

_QUOTES = lazy_gettext("Put text between straight double quotes.")

#: What people write who come from another language, and what to write here.
_HABITS: dict[str, LazyString] = {
    "=": lazy_gettext("Compare with a single “=”, and do not begin with it."),
    "&": lazy_gettext("Write “and” between two conditions."),
    "|": lazy_gettext("Write “or” between two conditions."),
    "!": lazy_gettext("Write not(...) for the opposite, and “!=” for “is not equal”."),
    "%": lazy_gettext("Write modulo(a, b) for the remainder of a division."),
    '"': lazy_gettext("The text that begins here has no closing quote."),
    "'": _QUOTES,
    "‘": _QUOTES,
    "“": _QUOTES,
}


@cache
def _parser() -> Lark:
    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        start=["expression", "cell", "plain_cell"],
        transformer=Builder(),
        maybe_placeholders=False,
    )


def _hint(error: UnexpectedInput, expression: str) -> LazyString:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return lazy_gettext("It ends too early.")
    place = error.pos_in_stream or 0
    text = str(error.token) if isinstance(error, UnexpectedToken) else expression[place]
    return _HABITS.get(text) or lazy_gettext("“%(text)s” does not fit here.", text=text[:40])


def _refused(expression: str, hint: LazyString, *, line: int = 1, column: int = 1) -> FeelError:
    return FeelError(expression=expression, line=line, column=column, hint=hint)


def _parse(expression: str, start: str) -> nodes.Node:
    try:
        return cast("nodes.Node", _parser().parse(expression, start=start))
    except UnexpectedInput as error:
        line, column = max(error.line, 1), max(error.column, 1)
        hint = _hint(error, expression)
        raise _refused(expression, hint, line=line, column=column) from None
    except NotFeel as error:
        raise _refused(expression, error.hint, line=error.line, column=error.column) from None


def read(expression: str) -> nodes.Node:
    """Return the syntax tree of an expression; raises FeelError with the place of the mistake."""
    _ensure_size(expression)
    if not expression.strip():
        raise _refused(expression, lazy_gettext("It is empty."))
    return _not_too_deep(_parse(expression, "expression"), expression)


def read_cell(cell: str) -> nodes.Node:
    """Return the tests in a cell of a decision table; an empty cell is the same as `-`."""
    _ensure_size(cell)
    text = cell if cell.strip() else "-"
    try:
        return _not_too_deep(_parse(text, "cell"), cell)
    except FeelError as error:
        if not text.lstrip().startswith("not"):
            raise
        return _not_too_deep(_plain_cell(text, error), cell)


def _plain_cell(text: str, error: FeelError) -> nodes.Node:
    """Read a condition that begins with a call of not; of two mistakes the later one is told."""
    try:
        return _parse(text, "plain_cell")
    except FeelError as other:
        raise max(other, error, key=_place) from None


def _place(error: FeelError) -> tuple[Any, Any]:
    return error.facts["line"], error.facts["column"]


def _ensure_size(expression: str) -> None:
    too_long = len(expression) > limits.MAX_SOURCE
    if too_long or len(_PIECE.findall(expression)) > limits.MAX_PIECES:
        raise _refused(expression[:100], lazy_gettext("It is too long."))


def _not_too_deep(tree: nodes.Node, expression: str) -> nodes.Node:
    if nodes.depth_of(tree) > limits.MAX_DEPTH:
        raise _refused(expression, lazy_gettext("Its parts stand too deep inside each other."))
    return tree
