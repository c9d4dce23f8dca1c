"""From tokens to the syntax tree, by the strength of the signs."""

from collections.abc import Mapping
from decimal import Decimal

from app.engine.importing.juel.errors import Untranslatable
from app.engine.importing.juel.tokens import JUEL_WORDS, LONGEST, Token, tokens
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

#: How strongly a sign holds what stands beside it.
_STRENGTH = {
    **dict.fromkeys(("||",), 1),
    **dict.fromkeys(("&&",), 2),
    **dict.fromkeys(("==", "!="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
}
_UNARY = ("!", "-", "empty")
_CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
#: How deep parts may stand inside each other.
_DEEPEST = 40


def parse(text: str, words: Mapping[str, str] = JUEL_WORDS) -> Node:
    """The tree of a whole text. Raises Untranslatable."""
    node, end = parse_until(text, 0, "", words)
    del end
    return node


def parse_until(
    text: str, start: int, closing: str, words: Mapping[str, str] = JUEL_WORDS
) -> tuple[Node, int]:
    """The tree of what stands before a closing sign, and the place behind that sign."""
    if len(text) > LONGEST:
        raise Untranslatable(1, lazy_gettext("It is too long."))
    parser = _Parser(text, start, words)
    node = parser.expression()
    last = parser.token
    if last.text != closing or (not closing and last.kind != "end"):
        raise parser.misfit()
    return node, last.end


class _Parser:
    def __init__(self, text: str, start: int, words: Mapping[str, str]) -> None:
        self._tokens = tokens(text, start, words)
        self._depth = 0
        self.token: Token = next(self._tokens)

    def misfit(self) -> Untranslatable:
        if self.token.kind == "end":
            return Untranslatable(self.token.at + 1, lazy_gettext("It ends too early."))
        message = lazy_gettext("“%(text)s” does not fit here.", text=self.token.text[:20])
        return Untranslatable(self.token.at + 1, message)

    def expression(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            message = lazy_gettext("Its parts stand too deep inside each other.")
            raise Untranslatable(self.token.at + 1, message)
        node = self._binary(0)
        if self.token.text == "?" and self.token.kind == "sign":
            at = self._next().at + 1
            yes = self.expression()
            self._expect(":")
            node = Choice(node, yes, self.expression(), at)
        self._depth -= 1
        return node

    def _next(self) -> Token:
        taken, self.token = self.token, next(self._tokens, self.token)
        return taken

    def _is(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def _expect(self, sign: str) -> Token:
        if not self._is(sign):
            raise self.misfit()
        return self._next()

    def _binary(self, weakest: int) -> Node:
        left = self._unary()
        while self.token.kind == "sign" and _STRENGTH.get(self.token.text, 0) > weakest:
            sign = self._next()
            left = Binary(sign.text, left, self._binary(_STRENGTH[sign.text]), sign.at + 1)
        return left

    def _unary(self) -> Node:
        signs = []
        while self._is(*_UNARY):
            signs.append(self._next())
            if len(signs) > _DEEPEST:
                raise self.misfit()
        node = self._postfix(self._primary())
        for sign in reversed(signs):
            node = Unary(sign.text, node, sign.at + 1)
        return node

    def _postfix(self, node: Node) -> Node:
        while self._is(".", "["):
            sign = self._next()
            if sign.text == ".":
                node = self._after_point(node)
            else:
                node = Item(node, self.expression(), sign.at + 1)
                self._expect("]")
        return node

    def _after_point(self, base: Node) -> Node:
        if self.token.kind != "name":
            raise self.misfit()
        name = self._next()
        if self._is("("):
            return Call(base, name.text, self._arguments(), name.at + 1)
        return Member(base, name.text, name.at + 1)

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        found: list[Node] = []
        while not self._is(")"):
            if found:
                self._expect(",")
            found.append(self.expression())
        self._next()
        return tuple(found)

    def _primary(self) -> Node:
        if self._is("("):
            self._next()
            node = self.expression()
            self._expect(")")
            return node
        if self.token.kind in ("sign", "end"):
            raise self.misfit()
        token = self._next()
        if token.kind == "number":
            return Literal(Decimal(token.text), token.at + 1)
        if token.kind == "string":
            return Literal(_unescaped(token.text[1:-1]), token.at + 1)
        if self._is("("):
            return Call(None, token.text, self._arguments(), token.at + 1)
        if token.text in _CONSTANTS:
            return Literal(_CONSTANTS[token.text], token.at + 1)
        return Name(token.text, token.at + 1)


def _unescaped(text: str) -> str:
    """A backslash stands before a quotation mark or another backslash, and otherwise for itself."""
    pieces = text.split("\\\\")
    return "\\".join(piece.replace('\\"', '"').replace("\\'", "'") for piece in pieces)
