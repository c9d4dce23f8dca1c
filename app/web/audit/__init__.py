"""The audit: find a dossier, read its record, prove it."""

from app.web.audit import clock, dossier, rating, search, told
from app.web.audit.room import blueprint

__all__ = ["blueprint", "clock", "dossier", "rating", "search", "told"]
