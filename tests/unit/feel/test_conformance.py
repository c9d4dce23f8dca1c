"""How much of the conformance kit of the standard (OMG DMN TCK) is met."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app import feel
from app.feel.calendar import parse_date, parse_duration, parse_moment, parse_time
from app.feel.logic import equal
from app.feel.run import Run

CASES = Path(__file__).parents[4] / "shared" / "feel" / "tck.jsonl"

#: The cases that fail, one name a line; the test demands exactly these.
KNOWN = Path(__file__).with_name("known_failures.txt")

#: The part of the kit that has to be met.
WANTED = 0.97

_READERS = {"date": parse_date, "time": parse_time, "dateTime": parse_moment}


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


def _meets(case: dict[str, Any]) -> bool:
    expected = _expected(case["expected"])
    try:
        result = feel.evaluate(case["expression"], {}, datetime(2024, 9, 2, tzinfo=UTC))
    except feel.FeelError:
        return bool(case["error_expected"])
    if isinstance(expected, Decimal) and isinstance(result, Decimal):
        return abs(expected - result) < Decimal("1e-8")
    return equal(Run(expression="", context={}, now=None), result, expected) is True


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _known() -> set[str]:
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.mark.skipif(not CASES.exists(), reason="the conformance cases lie beside the project")
def test_the_conformance_kit_is_met_but_for_the_known_failures() -> None:
    cases = _cases()
    failed = {f"{case['suite']} {case['case']}" for case in cases if not _meets(case)}
    assert failed == _known()
    assert len(failed) <= len(cases) * (1 - WANTED)
