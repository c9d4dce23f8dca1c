"""Public holidays and swapped days of Viet Nam, as far as they are known: data, not a formula.

`data/holidays_vn.csv` names for each day the law or notice behind it and whether a notice confirms
it; what is not confirmed is an estimate and has to be checked before anybody relies on it (spec
W-04, 10.12). `evidence` says where the day was checked; the program does not read it.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from app.worktime.calendar import DayException, ExceptionKind

_FILE = Path(__file__).with_name("data") / "holidays_vn.csv"


@cache
def vietnam_holidays() -> tuple[DayException, ...]:
    """All known days from 2023 on, in order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            DayException(
                day=date.fromisoformat(row["day"]),
                kind=ExceptionKind(row["kind"]),
                name=row["name"],
                source=row["source"],
                confirmed=row["confirmed"] == "yes",
            )
            for row in csv.DictReader(file)
        )
