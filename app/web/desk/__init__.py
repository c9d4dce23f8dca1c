"""The desk: the inbox and the tasks of officers."""

from app.web.desk import dossier, inbox, task
from app.web.desk.room import blueprint

__all__ = ["blueprint", "dossier", "inbox", "task"]
