"""A reception deadline explained: every stretch from the sending to the last minute."""

from datetime import datetime
from decimal import Decimal

from app.cli.moments import legal_text
from app.worktime import (
    LedgerEntry,
    StretchKind,
    WorkingCalendar,
    ledger,
    reception_deadline,
)

_HEAD = f"{'from':<20} {'to':<20} {'kind':<10} {'counted':>8} {'in all':>8}"


def explanation(calendar: WorkingCalendar, sent: datetime, hours: Decimal) -> list[str]:
    """The lines of the table; under the lenient reading the hour of grace does not count."""
    deadline = reception_deadline(calendar, sent, hours)
    lines = [_HEAD]
    lines += [_line(entry, None) for entry in ledger(calendar, sent, deadline.start).entries]
    counted = 0
    for entry in ledger(calendar, deadline.start, deadline.due).entries:
        counted += entry.working
        lines.append(_line(entry, counted))
    return lines


def _line(entry: LedgerEntry, so_far: int | None) -> str:
    """One stretch; `so_far` is None before the clock starts."""
    stretch = f"{legal_text(entry.begins):<20} {legal_text(entry.ends):<20} {entry.kind.value:<10}"
    counts = entry.kind is StretchKind.WORKING and so_far is not None
    sums = f"{_clock(entry.working) if counts else '':>8} {_clock(so_far) if counts else '':>8}"
    doubt = "" if entry.confirmed else "not confirmed yet"
    origin = ", ".join(part for part in (entry.name, entry.source, doubt) if part)
    return f"{stretch} {sums}  {origin}".rstrip()


def _clock(seconds: int | None) -> str:
    """Hours and minutes, and seconds where there are some."""
    minutes, rest = divmod(seconds or 0, 60)
    text = f"{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text
