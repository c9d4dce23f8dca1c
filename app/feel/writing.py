"""The small print of FEEL source: strings with escapes, names with spaces."""

import re
import unicodedata

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([\s\S]))")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONELY = re.compile("[\ud800-\udfff]")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def _escaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return _LETTERS.get(found[3], found[0])


def _paired(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")


def unquoted(text: str) -> str:
    """Return what a string literal means; an unknown escape keeps its backslash."""
    plain = _ESCAPE.sub(_escaped, text[1:-1])
    return _LONELY.sub("\N{REPLACEMENT CHARACTER}", _SURROGATES.sub(_paired, plain))


def tidy_name(text: str) -> str:
    """Return a name in the one spelling it is looked up by: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())
