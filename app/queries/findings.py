"""What a comparison with the journal finds."""

from collections.abc import Iterator, Mapping
from typing import Any

#: Entry (if a single one) and detail of what differs.
Finding = tuple[int | None, str]


def compared(
    what: str, kept: Mapping[Any, object], told: Mapping[Any, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Rows that the journal does not tell of, rows that are missing, and columns that differ.

    Both by the same name: the rows as they are kept, and their columns as the entries tell them.
    """
    for name in sorted(kept.keys() ^ told.keys()):
        yield None, f"{what} {name}"
    for name in sorted(kept.keys() & told.keys()):
        for column, value in told[name].items():
            if getattr(kept[name], column) != value:
                yield None, f"{what} {name} {column}"
