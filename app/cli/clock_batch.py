"""Reception deadlines of a whole table: CSV in, CSV out."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TextIO

import click

from app.cli.moments import in_legal_time, legal_text
from app.foundation.errors import HouseError
from app.worktime import OutOfHours, WorkingCalendar, reception_deadline, unconfirmed

if TYPE_CHECKING:
    from _csv import Reader

GIVEN = ("calendar", "submitted_at")
FOUND = ("start_strict", "due_strict", "start_lenient", "due_lenient")

#: Both readings are shown whatever a calendar's own is (spec 10.3); the rest of its rules holds.
_READINGS = (OutOfHours.STRICT, OutOfHours.LENIENT)


class RowWrong(Exception):
    """A cell that cannot be used, and why."""

    def __init__(self, column: str, why: str) -> None:
        self.column, self.why = column, why
        super().__init__(column, why)


@dataclass(kw_only=True)
class Remarks:
    """What there is to say of a table beside its answers."""

    #: Each with its line and column.
    mistakes: list[str] = field(default_factory=list)
    #: How many rows rest on a day that is only estimated.
    estimated: int = 0
    #: How many rows touch a year for which a calendar has no days off at all.
    bare: Counter[int] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """One line for each mistake, and one for each kind of doubt."""
        doubts = [
            f"{rows} rows: {nothing_entered(year)}" for year, rows in sorted(self.bare.items())
        ]
        if self.estimated:
            doubts.append(f"{self.estimated} rows rest on days that no document confirms yet.")
        return self.mistakes + doubts


def nothing_entered(year: int) -> str:
    """What to say of a year without holidays."""
    return f"no days off are entered for {year}."


def answer_rows(
    table: bytes, sink: TextIO, named: Callable[[str], WorkingCalendar], hours: Decimal
) -> Remarks:
    """Write an answer for each row of `table` to `sink`, and tell what there is to say of it.

    A row that is wrong keeps its place and has empty cells. Columns besides the two that are asked
    for are not looked at. Raises click.ClickException for a table that cannot be read at all.
    """
    reader = csv.reader(io.StringIO(_text(table), newline=""), strict=True)
    places, named = _places(reader), cache(named)
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow((*GIVEN, *FOUND))
    remarks = Remarks()
    for row in _rows(reader):
        given = ["" for _ in GIVEN]
        try:
            given = _given(row, places)
            found = _answer(given, named, hours, remarks)
        except RowWrong as wrong:
            remarks.mistakes.append(f"line {reader.line_num}, {wrong.column}: {wrong.why}")
            found = [""] * len(FOUND)
        writer.writerow((*given, *found))
    return remarks


def _text(table: bytes) -> str:
    try:
        return table.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = table.count(b"\n", 0, error.start) + 1
        raise click.ClickException(f"line {line}: the table is not written in UTF-8.") from None


def _places(reader: "Reader") -> list[int]:
    """Where the two columns stand."""
    try:
        heads = [head.strip() for head in next(reader, [])]
    except csv.Error as error:
        raise click.ClickException(f"line 1: this is no CSV: {error}.") from None
    missing = [column for column in GIVEN if column not in heads]
    if missing:
        wanted, missed = ",".join(GIVEN), ", ".join(missing)
        raise click.ClickException(
            f"line 1: the first line must name the columns {wanted}; missing: {missed}."
        )
    return [heads.index(column) for column in GIVEN]


def _rows(reader: "Reader") -> Iterator[list[str] | csv.Error]:
    """The rows, and what is wrong with lines that are none; an empty line is left out."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
        else:
            if row:
                yield row


def _given(row: list[str] | csv.Error, places: list[int]) -> list[str]:
    if isinstance(row, csv.Error):
        raise RowWrong(GIVEN[0], f"this is no CSV: {row}.")
    return [row[place] if place < len(row) else "" for place in places]


def _answer(
    given: list[str], named: Callable[[str], WorkingCalendar], hours: Decimal, remarks: Remarks
) -> list[str]:
    try:
        calendar = named(given[0].strip())
    except HouseError as error:
        raise RowWrong(GIVEN[0], str(error)) from None
    moment = _moment(given[1].strip())
    try:
        deadlines = [
            reception_deadline(calendar, moment, hours, replace(calendar.rules, out_of_hours=one))
            for one in _READINGS
        ]
    except HouseError as error:
        raise RowWrong(GIVEN[1], str(error)) from None
    doubts = unconfirmed(calendar, moment, deadlines[-1].due)
    remarks.estimated += bool(doubts.days)
    remarks.bare.update(doubts.years)
    return [legal_text(at) for found in deadlines for at in (found.start, found.due)]


def _moment(text: str) -> datetime:
    if not text:
        raise RowWrong(GIVEN[1], "the cell is empty.")
    try:
        date.fromisoformat(text)
    except ValueError:
        pass
    else:
        raise RowWrong(GIVEN[1], f"“{text}” is a day without a time.")
    try:
        return in_legal_time(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        why = f"“{text}” is no moment like 2024-11-04T09:00:00."
        raise RowWrong(GIVEN[1], why) from None
