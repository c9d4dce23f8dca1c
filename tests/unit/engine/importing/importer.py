"""Short words for tests of imports."""

from app import engine
from app.engine import importing
from app.engine.importing import Change, Imported, Level, Wishes
from tests.support.bpmn import Bpmn


def taken(source: Bpmn | bytes | str, wishes: Wishes | None = None) -> Imported:
    """What comes of a file; a second import finds nothing more to do."""
    data = source.xml() if isinstance(source, Bpmn) else source
    data = data.encode() if isinstance(data, str) else data
    imported = importing.convert(data, wishes)
    again = importing.convert(imported.xml, wishes)
    assert again.xml == imported.xml
    assert not [change for change in again.changes if change.level is not Level.ERROR]
    return imported


def codes(imported: Imported) -> list[str]:
    """Codes of the changes."""
    return [change.code for change in imported.changes]


def told(imported: Imported, code: str) -> list[Change]:
    """The changes of a code."""
    return [change for change in imported.changes if change.code == code]


def errors(imported: Imported) -> list[tuple[str, str | None]]:
    """What the checker still finds wrong."""
    return [
        (problem.code, problem.element_id)
        for problem in engine.check(imported.xml)
        if problem.severity is engine.Severity.ERROR
    ]
