"""Version 1 of the API: one resource a file."""

from app.api.v1 import dossiers, files, health, inbox, procedures

__all__ = ["ROOMS"]

ROOMS = (procedures.room, dossiers.room, inbox.room, files.room, health.room)
