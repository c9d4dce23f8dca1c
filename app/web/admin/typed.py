"""Hours as people type them: `7:30-11:30, 13h30-17h30`."""

import re

from app.foundation.text import gettext
from app.worktime import CalendarInvalid

_DASH = re.compile(r"\s*[-–—]\s*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:hH.g](\d{2})?)?")
#: Longer texts are no working hours.
MAX_TYPED = 200


def read_intervals(text: str, path: str) -> list[list[str]]:
    """The pairs of a day as a calendar stores them, unchecked; raises CalendarInvalid at `path`."""
    parts = [part.strip() for part in re.split(r"[,;]", text[:MAX_TYPED]) if part.strip()]
    return [_pair(part, path) for part in parts]


def _pair(part: str, path: str) -> list[str]:
    clocks = _DASH.split(part)
    if len(clocks) != 2:
        wrong = gettext("Write opening and closing like 07:30-11:30.")
        raise CalendarInvalid(errors={path: [wrong]})
    return [_clock(clock) for clock in clocks]


def _clock(text: str) -> str:
    """`7h30` and `7` in the one way of writing; the calendar refuses anything else."""
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else text
