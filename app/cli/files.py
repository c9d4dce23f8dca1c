"""Reading a procedure's files from the folders an analyst works in."""

from collections.abc import Mapping
from pathlib import Path

from app.engine.decisions import Decision, gather
from app.foundation.errors import NotFound
from app.foundation.text import lazy_gettext


class NoProcedureHere(NotFound):
    """The path is no folder with a procedure.toml."""

    message = lazy_gettext("There is no procedure.toml in %(path)s.")


def files_of_procedure(folder: Path) -> dict[str, str]:
    """The files of `bpmn/<key>` and of the `forms/<key>` beside it, under their stored names.

    Raises NoProcedureHere.
    """
    if not (folder / "procedure.toml").is_file():
        raise NoProcedureHere(path=str(folder))
    forms = folder.resolve().parent.parent / "forms" / folder.resolve().name
    files = {"procedure.toml": (folder / "procedure.toml").read_text(encoding="utf-8")}
    files |= {f"bpmn/{p.name}": p.read_text("utf-8") for p in sorted(folder.glob("*.bpmn"))}
    files |= {f"bpmn/{p.name}": p.read_text("utf-8") for p in sorted(folder.glob("*.dmn"))}
    files |= {f"forms/{p.name}": p.read_text("utf-8") for p in sorted(forms.glob("*.form"))}
    return files


def forms_beside(diagram: Path) -> frozenset[str] | None:
    """Names of the forms of the procedure a diagram file lies in; None outside a procedure."""
    folder = diagram.resolve().parent
    forms = folder.parent.parent / "forms" / folder.name
    if not forms.is_dir():
        return None
    return frozenset(path.stem for path in forms.glob("*.form"))


def decisions_beside(diagram: Path) -> Mapping[str, Decision] | None:
    """Decisions of the tables beside a diagram file; None while one of them has errors."""
    return gather({p.name: p.read_bytes() for p in sorted(diagram.parent.glob("*.dmn"))})[0]
