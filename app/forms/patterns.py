"""Regular expressions written by analysts, kept away from catastrophic backtracking."""

import re
from collections.abc import Callable, Iterable
from math import log10
from re import Pattern, _parser
from typing import Any

from app.foundation.text import LazyString, lazy_gettext

#: Longest pattern an analyst may write, in characters.
MAX_PATTERN = 200
#: Longest answer a pattern is tried on unless the component says otherwise.
PATTERN_LENGTH = 200
#: Decimal logarithm of the ways a pattern may try on a text of the allowed length.
MAX_EFFORT = 7.0

TOO_LONG = lazy_gettext("The pattern is longer than %(max)s characters.")
BROKEN = lazy_gettext("The pattern is not a regular expression: %(cause)s")
FOREIGN = lazy_gettext("The pattern uses “%(part)s”, which browsers or this house do not know.")
TOO_SLOW = lazy_gettext(
    "The pattern can take too long: avoid repetition inside repetition, or set a smaller maxLength."
)


class PatternError(Exception):
    """The pattern may not be used; the message says why."""


def compile_pattern(source: str, max_length: int) -> Pattern[str]:
    """Compile `source` for `fullmatch` on texts of at most `max_length` characters.

    Letters and digits are ASCII in classes such as `\\w` and `\\d`, as they are in form-js.
    Raises PatternError.
    """
    if len(source) > MAX_PATTERN:
        raise _refused(TOO_LONG, max=MAX_PATTERN)
    if foreign := re.search(r"\(\?(P|#|[a-zA-Z-]+[:)])", source):
        raise _refused(FOREIGN, part=foreign.group())
    try:
        pattern = re.compile(source, re.ASCII)
        parsed = _parser.parse(source, re.ASCII)
    except (re.error, RecursionError, OverflowError) as cause:
        raise _refused(BROKEN, cause=cause) from cause
    if _effort(parsed, max_length) > MAX_EFFORT:
        raise _refused(TOO_SLOW)
    return pattern


def _refused(message: LazyString, **facts: object) -> PatternError:
    return PatternError(str(message) % facts if facts else str(message))


def _effort(parsed: Iterable[tuple[Any, Any]], length: int) -> float:
    """An upper bound, as a decimal logarithm, of the ways the pattern can be tried."""
    return sum(EFFORTS.get(str(code), _nothing)(detail, length) for code, detail in parsed)


def _nothing(_detail: Any, _length: int) -> float:
    return 0.0


def _repeat(detail: Any, length: int) -> float:
    least, most, item = detail
    most = min(int(most), length)
    if most <= 1:
        return _effort(item, length) + log10(2)
    return log10(max(most - int(least), 0) + 1) + most * _effort(item, length)


def _branch(detail: Any, length: int) -> float:
    alternatives = detail[1]
    return log10(len(alternatives)) + max(_effort(item, length) for item in alternatives)


def _last(detail: Any, length: int) -> float:
    return _effort(detail[-1], length)


def _whole(detail: Any, length: int) -> float:
    return _effort(detail, length)


def _reference(_detail: Any, _length: int) -> float:
    return float("inf")


#: How each construct multiplies the work; single characters and anchors cost nothing.
EFFORTS: dict[str, Callable[[Any, int], float]] = {
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "BRANCH": _branch,
    "SUBPATTERN": _last,
    "ASSERT": _last,
    "ASSERT_NOT": _last,
    "ATOMIC_GROUP": _whole,
    "GROUPREF": _reference,
    "GROUPREF_EXISTS": _reference,
}
