"""Short words for tests of imports."""

from app import engine
from app.engine import importing
from app.engine.diagram import Node
from app.engine.importing import Change, Imported, Wishes
from tests.support.bpmn import Bpmn


def taken(source: Bpmn | bytes | str, wishes: Wishes | None = None) -> Imported:
    """What comes of a file; a second import finds nothing more to do."""
    data = source.xml() if isinstance(source, Bpmn) else source
    data = data.encode() if isinstance(data, str) else data
    imported = importing.convert(data, wishes)
    again = importing.convert(imported.xml, wishes)
    assert again.xml == imported.xml
    assert not [change for change in again.changes if change.made]
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


def process(inner: str, start: str = "") -> str:
    """start -> x -> end with one element of raw XML, whose id is x."""
    bpmn = Bpmn().node("startEvent", "start", ext=start).end().raw(inner)
    bpmn.drawn.append("x")
    return bpmn.path("start", "x", "end").text()


def user(attributes: str = "", ext: str = "", **wishes: dict[str, str]) -> Imported:
    """A user task with settings of Camunda 7."""
    holder = f"<bpmn:extensionElements>{ext}</bpmn:extensionElements>" if ext else ""
    task = f'<bpmn:userTask id="x" name="X" {attributes}>{holder}</bpmn:userTask>'
    return taken(process(task), Wishes(**wishes))  # type: ignore[arg-type] # all of them are mappings


def element(tag: str, attributes: str, inner: str = "", **wishes: dict[str, str]) -> Imported:
    """Any other element with settings of Camunda 7."""
    return taken(process(f'<bpmn:{tag} id="x" {attributes}>{inner}</bpmn:{tag}>'), Wishes(**wishes))  # type: ignore[arg-type] # all of them are mappings


def node(imported: Imported) -> Node:
    return engine.outline(imported.xml).by_id["x"]
