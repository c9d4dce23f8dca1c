"""Foreign BPMN files: turned into ones that the engine accepts, with a report of every change.

Nothing is dropped in silence: what has no meaning here goes with a word about it, and what cannot
be translated truthfully stays in the file, where the checker finds it.
"""

from app.engine.importing.entrance import Imported, convert
from app.engine.importing.report import Change, Level
from app.engine.importing.wishes import Wishes

__all__ = ["Change", "Imported", "Level", "Wishes", "convert"]
