"""The portal: find a procedure, apply, follow the dossier, take the result home."""

from app.web.portal import (
    agencies,
    apply,
    catalogue,
    check,
    clock,
    dossier,
    files,
    letter,
    lookup,
    mine,
    payment,
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
    "blueprint",
    "catalogue",
    "check",
    "clock",
    "dossier",
    "files",
    "letter",
    "lookup",
    "mine",
    "payment",
    "procedure",
    "slips",
    "supplement",
    "told",
    "uploads",
]
