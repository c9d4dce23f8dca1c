"""Built-ins about true, false and null."""

from collections.abc import Callable
from datetime import datetime, time

from app.feel.calendar import zone_text
from app.feel.functions.registry import builtin
from app.feel.logic import both, either, equal
from app.feel.run import Run
from app.feel.values import Value


@builtin("not", "negand: any")
def _not(_run: Run, negand: Value) -> Value:
    return not negand if isinstance(negand, bool) else None


@builtin("is defined", "value: any")
def _is_defined(_run: Run, value: Value) -> Value:
    return value is not None


@builtin("get or else", "value: any", "default: any")
def _get_or_else(_run: Run, value: Value, default: Value) -> Value:
    return default if value is None else value


@builtin("is", "value1: any?", "value2: any?")
def _is(run: Run, value1: Value = None, value2: Value = None) -> Value:
    if isinstance(value1, datetime | time) and isinstance(value2, datetime | time):
        return _same_clock(value1, value2)
    return equal(run, value1, value2) is True


def _same_clock(a: datetime | time, b: datetime | time) -> bool:
    zones = [zone_text(value.tzinfo, value.utcoffset()) for value in (a, b)]
    return zones[0] == zones[1] and a.replace(tzinfo=None) == b.replace(tzinfo=None)


def _judge(name: str, answer: Callable[[list[Value]], bool | None]) -> None:
    def checked(_run: Run, items: list[Value]) -> Value:
        if all(item is None or isinstance(item, bool) for item in items):
            return answer(items)
        return None

    builtin(name, "list: list")(checked)
    builtin(name, "b: any", many=True)(lambda run, *items: checked(run, list(items)))


_judge("all", both)
_judge("any", either)
