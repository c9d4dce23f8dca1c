"""Slips as people get them: listed on the pages of a dossier, and printed."""

from app.web.slips.listing import listed_slips
from app.web.slips.sheets import slip_of

__all__ = ["listed_slips", "slip_of"]
