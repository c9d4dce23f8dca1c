"""The stored form of the rules: `{"out_of_hours": "strict", "handover_cutoff": "15:00", ...}`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.worktime.reading import Reading, clock_text, joined
from app.worktime.rules import OutOfHours, Rules


def read_rules(reading: Reading, content: object, path: str) -> Rules | None:
    """The rules of their stored form; what is left out is as by default."""
    told = reading.mapping(content, path, tuple(_READERS))
    if told is None:
        return None
    given = {
        name: read(reading, told[name], joined(path, name))
        for name, read in _READERS.items()
        if name in told
    }
    if any(where.startswith(path) for where in reading.errors):
        return None
    return reading.made(path, lambda: Rules(**given))


def rules_content(rules: Rules) -> dict[str, Any]:
    """The stored form; numbers are texts, so that they stay exactly what they are."""
    cutoff = rules.handover_cutoff
    return {
        "out_of_hours": rules.out_of_hours.value,
        "lunch_is_out_of_hours": rules.lunch_is_out_of_hours,
        "handover_cutoff": None if cutoff is None else clock_text(cutoff),
        "warn_ratios": [str(ratio) for ratio in rules.warn_ratios],
        "escalation_roles": list(rules.escalation_roles),
        "escalation_hours": str(rules.escalation_hours),
        "apology_hours": str(rules.apology_hours),
    }


def _cutoff(reading: Reading, value: object, path: str) -> object:
    return None if value is None else reading.clock(value, path)


def _ratios(reading: Reading, value: object, path: str) -> tuple[Decimal, ...]:
    return tuple(reading.number(entry, where) for where, entry in reading.items(value, path, 10))


def _roles(reading: Reading, value: object, path: str) -> tuple[str, ...]:
    return tuple(reading.text(entry, where) for where, entry in reading.items(value, path, 10))


_READERS: dict[str, Callable[[Reading, object, str], Any]] = {
    "out_of_hours": lambda reading, value, path: reading.choice(value, path, OutOfHours),
    "lunch_is_out_of_hours": Reading.flag,
    "handover_cutoff": _cutoff,
    "warn_ratios": _ratios,
    "escalation_roles": _roles,
    "escalation_hours": Reading.number,
    "apology_hours": Reading.number,
}
