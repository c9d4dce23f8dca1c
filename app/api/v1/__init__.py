"""Version 1 of the API: one resource a file."""

from app.api.v1 import calendars, dossiers, files, health, inbox, letters, procedures

__all__ = ["ROOMS"]

ROOMS = (
    procedures.room,
    dossiers.room,
    inbox.room,
    files.room,
    letters.room,
    calendars.room,
    health.room,
)
