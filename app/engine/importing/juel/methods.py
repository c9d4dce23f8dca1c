"""Methods of Java's texts and lists, and Flowable's functions of variables, as FEEL says them."""

from collections.abc import Callable
from dataclasses import replace

from app.engine.importing.juel.pieces import AND, COMPARE, OR, SUM, Piece

#: What a method is written as, from the piece it is called on and its arguments.
Maker = Callable[..., Piece]


def compared(sign: str) -> Maker:
    """`a sign b`."""

    def make(left: Piece, right: Piece) -> Piece:
        left, right = left.settled(), right.settled()
        return Piece(
            text=f"{left.within(SUM)} {sign} {right.within(SUM)}",
            strength=COMPARE,
            kind="boolean",
            certain=sign in ("=", "!="),
        )

    return make


def _function(name: str, kind: str) -> Maker:
    def make(*arguments: Piece) -> Piece:
        told = ", ".join(argument.text for argument in arguments)
        return Piece(text=f"{name}({told})", kind=kind)

    return make


def _same_letters(left: Piece, right: Piece) -> Piece:
    lower = _function("lower case", "string")
    return compared("=")(lower(left), lower(right))


def _contains(whole: Piece, part: Piece) -> Piece:
    """Texts and lists have the method alike; only the value tells which it is."""
    texts = f"contains({whole.text}, {part.text})"
    lists = f"list contains({whole.text}, {part.text})"
    if part.kind in ("number", "boolean", "null"):
        return Piece(text=lists, kind="boolean")
    return Piece(text=f"{texts} or {lists}", strength=OR, kind="boolean")


def is_empty(whole: Piece) -> Piece:
    """Nothing, a text without letters or a list without items."""
    return Piece(
        text=f'{whole.within(SUM)} in [null, "", []]',
        strength=COMPARE,
        kind="boolean",
        certain=True,
    )


def negated(piece: Piece) -> Piece:
    """The opposite; nothing counts as false, so that its opposite is true."""
    if piece.kind == "boolean" and piece.certain:
        return Piece(text=f"not({piece.text})", kind="boolean", certain=True)
    return Piece(
        text=f"{piece.within(SUM)} != true", strength=COMPARE, kind="boolean", certain=True
    )


def _exists(whole: Piece) -> Piece:
    return Piece(
        text=f"{whole.within(SUM)} != null", strength=COMPARE, kind="boolean", certain=True
    )


def _or_else(whole: Piece, other: Piece) -> Piece:
    return Piece(text=f"get or else({whole.text}, {other.text})", kind=other.kind)


def _itself(whole: Piece) -> Piece:
    return whole


def _truth(whole: Piece) -> Piece:
    return replace(whole, kind="boolean")


#: By name and number of arguments, without the value the method is called on.
METHODS: dict[tuple[str, int], Maker] = {
    ("equals", 1): compared("="),
    ("equalsIgnoreCase", 1): _same_letters,
    ("contains", 1): _contains,
    ("startsWith", 1): _function("starts with", "boolean"),
    ("endsWith", 1): _function("ends with", "boolean"),
    ("isEmpty", 0): is_empty,
    ("isBlank", 0): lambda whole: is_empty(_function("trim", "string")(whole)),
    ("size", 0): _function("count", "number"),
    ("length", 0): _function("string length", "number"),
    ("toLowerCase", 0): _function("lower case", "string"),
    ("toUpperCase", 0): _function("upper case", "string"),
    ("trim", 0): _function("trim", "string"),
    ("booleanValue", 0): _truth,
}

#: Flowable's `var:...`, by name; the first argument is the variable.
FUNCTIONS: dict[str, tuple[int, Maker]] = {
    **dict.fromkeys(("get",), (1, _itself)),
    **dict.fromkeys(("getOrDefault",), (2, _or_else)),
    **dict.fromkeys(("eq", "equals"), (2, compared("="))),
    **dict.fromkeys(("ne", "notEquals"), (2, compared("!="))),
    **dict.fromkeys(("lt", "lessThan", "lowerThan"), (2, compared("<"))),
    **dict.fromkeys(
        ("lte", "lessThanOrEquals", "lessThanOrEqual", "lowerThanOrEqual", "lowerThanOrEquals"),
        (2, compared("<=")),
    ),
    **dict.fromkeys(("gt", "greaterThan"), (2, compared(">"))),
    **dict.fromkeys(("gte", "greaterThanOrEquals", "greaterThanOrEqual"), (2, compared(">="))),
    **dict.fromkeys(("empty", "isEmpty"), (1, is_empty)),
    **dict.fromkeys(("notEmpty", "isNotEmpty"), (1, lambda whole: negated(is_empty(whole)))),
    **dict.fromkeys(("exists", "exist"), (1, _exists)),
    **dict.fromkeys(("contains",), (2, _contains)),
}

#: `and` and `or`, which take any number of truth values.
JOINED = {"&&": ("and", AND), "||": ("or", OR)}
