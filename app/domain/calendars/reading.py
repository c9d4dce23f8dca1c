"""From the stored content of an edition to a calendar that can count."""

from collections.abc import Mapping
from typing import Any

from app.worktime import WorkingCalendar, read_calendar


def working_calendar(content: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar an edition describes; raises the wing's own error for one that is not valid."""
    return read_calendar(content["hours"][-1]["weekly"])
