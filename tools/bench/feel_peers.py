"""Puts the conformance cases to the peers; runs in their own environment and knows none of ours.

Each answers in Python's own types, in which years and months are a number of months. An exception
meets an expected error, and nobody may think longer than two seconds about a case.
"""

import contextlib
import io
import json
import re
import signal
import sys
import timeit
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

Ask = Callable[[str], Any]

SECONDS_TO_THINK = 2
CONDITION = 'decision = "accept" and amount > 5'
CONTEXT = {"decision": "accept", "amount": 7}
_DURATION = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?"
)


def bkflow() -> tuple[Ask, Ask]:
    """How bkflow-feel is asked: without variables, and with those of the condition."""
    from bkflow_feel.api import parse_expression  # noqa: PLC0415 - only one peer at a time

    return parse_expression, lambda text: parse_expression(expression=text, context=CONTEXT)


def pysfeel() -> tuple[Ask, Ask]:
    """How pySFeel is asked; its variables are assigned beforehand."""
    import pySFeel  # noqa: PLC0415 - only one peer at a time

    parser = pySFeel.SFeelParser()

    def ask(text: str) -> Any:
        return parser.sFeelParse(text)[1]

    for name, value in CONTEXT.items():
        ask(f"{name} <- {json.dumps(value)}")
    return ask, ask


def _duration(text: str) -> Any:
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    sign = -1 if found[1] else 1
    if found[2] or (found[3] and "T" not in text and "D" not in text):
        return sign * (int(found[2] or 0) * 12 + int(found[3] or 0))
    days, hours, minutes = (int(found[place] or 0) for place in (4, 5, 6))
    seconds = float(found[7] or 0)
    return sign * timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _plain(described: dict[str, Any]) -> Any:
    ((kind, value),) = described.items()
    if kind in {"decimal", "integer", "double"}:
        return float(value)
    if kind == "list":
        return [_plain(item) for item in value]
    if kind == "context":
        return {key: _plain(item) for key, item in value.items()}
    if kind == "duration":
        return _duration(value)
    return {"null": None, "boolean": value == "true"}.get(kind, value)


def _same(result: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return (
            isinstance(result, list)
            and len(result) == len(expected)
            and all(map(_same, result, expected))
        )
    if isinstance(expected, dict):
        return (
            isinstance(result, dict)
            and result.keys() == expected.keys()
            and all(_same(result[key], item) for key, item in expected.items())
        )
    if isinstance(expected, bool) or expected is None or isinstance(result, bool):
        return result is expected
    if isinstance(expected, int | float):
        return isinstance(result, int | float) and abs(float(result) - expected) < 1e-8
    if isinstance(result, date | time):
        return result.isoformat().replace("+00:00", "Z") == str(expected)
    return bool(result == expected)


def _meets(ask: Ask, case: dict[str, Any]) -> bool:
    signal.alarm(SECONDS_TO_THINK)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = ask(case["expression"])
    except Exception:
        return bool(case["error_expected"])
    finally:
        signal.alarm(0)
    return _same(result, _plain(case["expected"]))


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> int:
    """Print how many cases each peer meets, and its microseconds for one condition."""
    signal.signal(signal.SIGALRM, _too_long)
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    found = {}
    for name, peer in (("bkflow-feel 1.2.0", bkflow), ("pySFeel 1.4.2", pysfeel)):
        bare, ready = peer()
        seconds = min(timeit.repeat(lambda ask=ready: ask(CONDITION), number=50, repeat=3)) / 50
        met = sum(_meets(bare, case) for case in cases)
        found[name] = {"met": met, "condition_us": round(seconds * 1e6, 1)}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
