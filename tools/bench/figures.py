"""Samples become figures; every figure comes with its spread."""

from collections.abc import Sequence
from statistics import median, quantiles


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 5th and 95th percentile in milliseconds."""
    cuts = quantiles(seconds, n=20)
    return {
        "median_ms": _ms(median(seconds)),
        "p5_ms": _ms(cuts[0]),
        "p95_ms": _ms(cuts[-1]),
        "samples": len(seconds),
    }


def microseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 5th and 95th percentile in microseconds."""
    cuts = quantiles(seconds, n=20)
    told = {"median": median(seconds), "p5": cuts[0], "p95": cuts[-1]}
    return {name: round(one * 1e6, 1) for name, one in told.items()}


def rates(found: Sequence[float]) -> dict[str, float]:
    """Median and extremes of rates a second."""
    return {
        "median": round(median(found), 1),
        "lowest": round(min(found), 1),
        "highest": round(max(found), 1),
        "runs": len(found),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
