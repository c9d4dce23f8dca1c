"""The legal clock: what a deadline, a span and a ledger cost on one core.

`python -m tools.bench clock` prints microseconds, each the least of some rounds.
"""

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from app.worktime import (
    Term,
    TermUnit,
    add_working_days,
    add_working_hours,
    edition_content,
    extended_due,
    ledger,
    preset,
    read_edition,
    reception_deadline,
    subtract_working_hours,
    term_due,
    working_hours_between,
)
from app.worktime.timeline import timeline

_START = datetime(2024, 11, 4, 2, 15, 30, tzinfo=UTC)
_TEN_YEARS = timedelta(days=3653)
_ROUNDS, _CALLS = 200, 200


def figures() -> dict[str, object]:
    """Everything measured."""
    office = preset("HT-8H")
    span = _START + _TEN_YEARS
    due = add_working_hours(office, _START, 2_000)
    calls: dict[str, Callable[[], object]] = {
        "add_8_hours": lambda: add_working_hours(office, _START, Decimal(8)),
        "add_2000_hours": lambda: add_working_hours(office, _START, Decimal(2_000)),
        "add_10_years_of_hours": lambda: add_working_hours(office, _START, Decimal(20_800)),
        "subtract_2000_hours": lambda: subtract_working_hours(office, _START, Decimal(2_000)),
        "add_2500_working_days": lambda: add_working_days(office, _START, 2_500),
        "term_of_60_calendar_days": lambda: term_due(
            office, _START, Term(amount=60, unit=TermUnit.CALENDAR_DAYS)
        ),
        "reception_deadline": lambda: reception_deadline(office, _START),
        "hours_between_over_10_years": lambda: working_hours_between(office, _START, span),
        "extended_due": lambda: extended_due(office, due, _START, due),
    }
    return {
        "call_us": {name: _microseconds(call) for name, call in calls.items()},
        "ledger_of_8_hours_us": _microseconds(
            lambda: ledger(office, _START, _START + timedelta(days=1)), 50
        ),
        "ledger_of_10_years_ms": round(
            _microseconds(lambda: ledger(office, _START, span), 1, 5) / 1000, 2
        ),
        "calendar": _calendar(),
    }


def _calendar() -> dict[str, float]:
    """Reading a stored edition with all its holidays, and drawing its line of worked time."""
    content = edition_content(preset("HT-8H"))

    def afresh() -> object:
        timeline.cache_clear()
        return read_edition(content)

    tracemalloc.start()
    kept = afresh()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return {
        "read_first_ms": round(_microseconds(afresh, 1, 50) / 1000, 2),
        "read_again_ms": round(_microseconds(lambda: read_edition(content), 1, 50) / 1000, 2),
        "memory_kb": round(size / 1024, 1),
    }


def _microseconds(call: Callable[[], object], calls: int = _CALLS, rounds: int = _ROUNDS) -> float:
    """The least of some rounds: what disturbs a round is never the clock."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - began) / calls)
    return round(min(found) * 1e6, 2)
