"""Printed papers: what a slip says goes in, a PDF comes out. Pure; knows no dossier.

The same slip gives the same bytes, so that its fingerprint can be compared years later.
"""

from app.papers.printing import printed
from app.papers.slip import Slip, Table

__all__ = ["Slip", "Table", "printed"]
