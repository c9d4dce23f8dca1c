"""The desk: the inbox and the tasks of officers."""

from app.web.desk import (
    clock,
    dossier,
    escalations,
    feedback,
    inbox,
    letters,
    payment,
    ratings,
    task,
    told,
)
from app.web.desk.room import blueprint

__all__ = [
    "blueprint",
    "clock",
    "dossier",
    "escalations",
    "feedback",
    "inbox",
    "letters",
    "payment",
    "ratings",
    "task",
    "told",
]
