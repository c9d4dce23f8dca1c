"""The administration: working calendars."""

from app.web.admin import calendars, check, days, draft, drawing, hours, notices, proposals, rules
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
    "proposals",
    "rules",
]
