"""The portal: find a procedure, apply, follow the dossier, take the result home."""

from app.web.portal import (
    agencies,
    apply,
    autosave,
    catalogue,
    check,
    clock,
    dossier,
    files,
    letter,
    lookup,
    mine,
    procedure,
    slips,
    supplement,
    told,
    uploads,
)
from app.web.portal.room import blueprint

__all__ = [
    "agencies",
    "apply",
    "autosave",
    "blueprint",
    "catalogue",
    "check",
    "clock",
    "dossier",
    "files",
    "letter",
    "lookup",
    "mine",
    "procedure",
    "slips",
    "supplement",
    "told",
    "uploads",
]
