"""The command line door: `flask --app wsgi <group> <command>`; same verbs as the pages."""

from flask import Flask

from app.cli import (
    audit,
    calendars,
    clock,
    demo,
    dossiers,
    feel,
    notices,
    payments,
    people,
    postal,
    procedures,
    stored_files,
    tables,
    versions,
)
from app.cli.errors import explain_errors

ROOMS = (
    procedures,
    dossiers,
    people,
    calendars,
    audit,
    demo,
    feel,
    clock,
    notices,
    payments,
    postal,
    stored_files,
)
GROUPS = tuple(room.group for room in ROOMS)


def init_app(app: Flask) -> None:
    """Register every group."""
    tables.init_app(app)
    for command in versions.COMMANDS:
        procedures.group.add_command(command)
    for group in GROUPS:
        for command in group.commands.values():
            explain_errors(command)
        app.cli.add_command(group)
