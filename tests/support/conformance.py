"""The conformance kit of the standard (OMG DMN TCK), which lies beside the project."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app import feel
from app.feel.calendar import parse_date, parse_duration, parse_moment, parse_time
from app.feel.logic import equal
from app.feel.run import Run

CASES = Path(__file__).parents[3] / "shared" / "feel" / "tck.jsonl"
NOW = datetime(2024, 9, 2, tzinfo=UTC)
#: Numbers nearer to each other than this are the same, as in the kit itself.
NEAR = Decimal("1e-8")

_READERS = {"date": parse_date, "time": parse_time, "dateTime": parse_moment}


def cases() -> list[dict[str, Any]]:
    """All cases, as they are written in the kit."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def meets(case: dict[str, Any]) -> bool:
    """Whether our result is the expected one; a refusal meets an expected error."""
    expected = _expected(case["expected"])
    try:
        result = feel.evaluate(case["expression"], {}, NOW)
    except feel.FeelError:
        return bool(case["error_expected"])
    if isinstance(expected, Decimal) and isinstance(result, Decimal):
        return abs(expected - result) < NEAR
    return equal(Run(expression="", context={}, now=None), result, expected) is True


def _expected(described: dict[str, Any]) -> object:
    ((kind, value),) = described.items()
    if kind in {"decimal", "integer", "double"}:
        return Decimal(value)
    if kind == "list":
        return [_expected(item) for item in value]
    if kind == "context":
        return {key: _expected(item) for key, item in value.items()}
    if kind == "duration":
        return parse_duration(value)
    if kind in _READERS:
        return _READERS[kind](value) or f"cannot hold {value}"
    return {"null": None, "boolean": value == "true", "string": value}[kind]
