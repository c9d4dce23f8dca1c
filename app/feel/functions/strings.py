"""Built-ins on text; positions count characters from 1, or backwards from -1."""

from decimal import Decimal

from app.feel import numerics
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.showing import text_of, written
from app.feel.values import Value


@builtin("string", "from: any")
def _string(run: Run, value: Value) -> Value:
    if isinstance(value, list | dict):
        return written(run, value)
    return text_of(value)


@builtin("string length", "string: string")
def _length(_run: Run, string: str) -> Value:
    return Decimal(len(string))


@builtin("upper case", "string: string")
def _upper(run: Run, string: str) -> Value:
    return run.text(string.upper())


@builtin("lower case", "string: string")
def _lower(run: Run, string: str) -> Value:
    return run.text(string.lower())


@builtin("trim", "string: string")
def _trim(_run: Run, string: str) -> Value:
    return string.strip()


@builtin("contains", "string: string", "match: string")
def _contains(_run: Run, string: str, match: str) -> Value:
    return match in string


@builtin("starts with", "string: string", "match: string")
def _starts(_run: Run, string: str, match: str) -> Value:
    return string.startswith(match)


@builtin("ends with", "string: string", "match: string")
def _ends(_run: Run, string: str, match: str) -> Value:
    return string.endswith(match)


@builtin("substring", "string: string", "start position: number", "length: number?")
def _substring(
    _run: Run, string: str, start_position: Decimal, length: Decimal | None = None
) -> Value:
    start = numerics.whole(start_position)
    size = len(string) if length is None else numerics.whole(length)
    if not start or size is None or size < 1:
        return None
    first = start - 1 if start > 0 else max(len(string) + start, 0)
    return string[first : first + size]


@builtin("substring before", "string: string", "match: string")
def _before(_run: Run, string: str, match: str) -> Value:
    place = string.find(match)
    return string[:place] if place >= 0 else ""


@builtin("substring after", "string: string", "match: string")
def _after(_run: Run, string: str, match: str) -> Value:
    place = string.find(match)
    return string[place + len(match) :] if place >= 0 else ""


@builtin("string join", "list: list", "delimiter: string|null?")
def _join(run: Run, items: list[Value], delimiter: str | None = None) -> Value:
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) + sum(item is None for item in items) != len(items):
        return None
    size = sum(map(len, texts)) + len(texts) * len(delimiter or "")
    run.charge(size // 64)
    return run.text((delimiter or "").join(texts))
