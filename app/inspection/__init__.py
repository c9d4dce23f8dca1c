"""What an uploaded file really is, and whether anything hostile hides in it.

Pure: no database and no web. Names, endings and announced types are never believed.
"""

from app.inspection.kinds import FileKind, accepted, kind_of, listed_kinds
from app.inspection.looking import Looked, look_into
from app.inspection.names import name_for, tidy_name

__all__ = [
    "FileKind",
    "Looked",
    "accepted",
    "kind_of",
    "listed_kinds",
    "look_into",
    "name_for",
    "tidy_name",
]
