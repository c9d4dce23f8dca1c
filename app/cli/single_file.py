"""Looking over one diagram among the files that lie beside it."""

from collections.abc import Collection
from pathlib import Path

from app.actions.check_procedure import examine_files
from app.actions.examine_diagram import Examination, examine_family
from app.actions.services import HANDLERS
from app.cli.files import FilesUnreadable, decisions_beside, files_of_procedure, forms_beside
from app.engine import DefinitionInvalid, look_over, outline


def examine_file(path: Path, roles: Collection[str] | None) -> Examination:
    """Everything about one diagram, as if its whole folder were checked where it is a procedure's.

    Elsewhere the diagrams beside it are those it may call.
    """
    if (path.resolve().parent / "procedure.toml").is_file() and path.suffix == ".bpmn":
        try:
            files = files_of_procedure(path.resolve().parent)
        except FilesUnreadable:
            return examine_at(path, path.read_bytes(), roles)
        return examine_files(files, roles)[f"bpmn/{path.resolve().name}"]
    return examine_at(path, path.read_bytes(), roles)


def examine_at(
    path: Path, xml: bytes, roles: Collection[str] | None, more_forms: Collection[str] = ()
) -> Examination:
    """Everything about a diagram that lies, or is going to lie, at a path."""
    forms = forms_beside(path)
    beside = sorted(path.parent.glob("*.bpmn")) if _calls(xml) else []
    family = look_over(
        {one.name: one.read_bytes() for one in beside} | {path.name: xml},
        forms=forms if forms is None else forms | frozenset(more_forms),
        roles=roles,
        services=HANDLERS.keys(),
        decisions=decisions_beside(path),
    )
    return examine_family(family)[path.name]


def _calls(xml: bytes) -> bool:
    try:
        return bool(outline(xml).calls)
    except DefinitionInvalid:
        return False
