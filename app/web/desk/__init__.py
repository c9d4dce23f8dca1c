"""The desk: the inbox and the tasks of officers."""

from app.web.desk import clock, dossier, escalations, inbox, letters, payment, task, told
from app.web.desk.room import blueprint

__all__ = [
    "blueprint",
    "clock",
    "dossier",
    "escalations",
    "inbox",
    "letters",
    "payment",
    "task",
    "told",
]
