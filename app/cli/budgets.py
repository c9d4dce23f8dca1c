"""The table of an internal procedure as JSON and in plain text (spec Q-01)."""

from collections.abc import Sequence
from typing import Any
from unicodedata import combining

from app.actions.examine_diagram import Examination

_HEADS = ("#", "Step", "Role", "Hours", "Critical", "Total")


def budgets_of(found: Examination) -> dict[str, Any]:
    """The budget of each case, and first the one that is nearest to its legal term or over it."""
    budgets = [{"case": case, **budget.as_dict()} for case, budget in found.budgets.items()]
    spare = [budget.term_hours - budget.total_hours for budget in found.budgets.values()]
    tightest = budgets[spare.index(min(spare))] if spare else None
    return {"budget": tightest, "budgets": budgets}


def table(budget: dict[str, Any]) -> str:
    """Steps with role and hours, those on the longest course with the hours up to their end."""
    lines = [_line(number, row) for number, row in enumerate(budget["rows"], start=1)]
    rows = [_HEADS, *lines]
    widths = [max(width(row[column]) for row in rows) for column in range(len(_HEADS))]
    text = ["    " + _joined(row, widths).rstrip() for row in rows]
    title = (
        f"  hours ({budget['case']}): {budget['verdict']}, "
        f"{budget['total_hours']} of {budget['term_hours']}"
    )
    ends = [f"    {end['hours']:>6}  {end['name']}" for end in budget["outcomes"]]
    return "\n".join((title, *text, "    longest way to each end:", *ends))


def _line(number: int, row: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(number),
        row["name"],
        row["role"] or "",
        row["hours"] or row["counting"],
        "yes" if row["critical"] else "",
        row["cumulative"] or "",
    )


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        text + " " * (columns - width(text)) for text, columns in zip(row, widths, strict=True)
    )


def width(text: str) -> int:
    """Columns on a terminal: marks that stand above a letter take none."""
    return sum(not combining(letter) for letter in text)
