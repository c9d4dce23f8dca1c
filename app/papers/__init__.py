"""Printed papers: what a slip or a blank form says goes in, a PDF comes out. Knows no dossier.

The same slip gives the same bytes, so that its fingerprint can be compared years later.
"""

from app.papers.document import Blank, Document, Section
from app.papers.printing import printed, printed_document
from app.papers.slip import Slip, Table

__all__ = ["Blank", "Document", "Section", "Slip", "Table", "printed", "printed_document"]
