"""The portal: find a procedure, apply, follow the dossier, take the result home."""

from app.web.portal import catalogue, lookup
from app.web.portal.room import blueprint

__all__ = ["blueprint", "catalogue", "lookup"]
