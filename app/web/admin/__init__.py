"""The administration: working calendars, passwords of officers."""

from app.web.admin import (
    calendars,
    check,
    days,
    draft,
    drawing,
    hours,
    notices,
    officers,
    postal,
    proposals,
    rules,
)
from app.web.admin.room import blueprint

__all__ = [
    "blueprint",
    "calendars",
    "check",
    "days",
    "draft",
    "drawing",
    "hours",
    "notices",
    "officers",
    "postal",
    "proposals",
    "rules",
]
