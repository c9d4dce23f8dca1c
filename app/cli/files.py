"""Reading a procedure's files from the folders an analyst works in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.procedures.catalogue import Catalogue, CatalogueInvalid, read_catalogue
from app.engine.decisions import Decision, gather
from app.engine.xml_file import NotReadable, as_text
from app.foundation.errors import Invalid, NotFound
from app.foundation.text import gettext, lazy_gettext

#: What the modelers need lies beside the procedures and is none.
TEMPLATES = "element-templates"


class FilesUnreadable(Invalid):
    """Files that are not text in a known encoding; `errors` names each."""

    message = lazy_gettext("Files in %(path)s cannot be read.")


class NoProcedureHere(NotFound):
    """The path is no folder with a procedure.toml."""

    message = lazy_gettext("There is no procedure.toml in %(path)s.")


def files_of_procedure(folder: Path) -> dict[str, str]:
    """The files of `bpmn/<key>` and of the `forms/<key>` beside it, under their stored names.

    Raises NoProcedureHere or FilesUnreadable.
    """
    if not (folder / "procedure.toml").is_file():
        raise NoProcedureHere(path=str(folder))
    forms = folder.resolve().parent.parent / "forms" / folder.resolve().name
    paths = {"procedure.toml": folder / "procedure.toml"}
    paths |= {f"bpmn/{path.name}": path for path in sorted(folder.glob("*.bpmn"))}
    paths |= {f"bpmn/{path.name}": path for path in sorted(folder.glob("*.dmn"))}
    paths |= {f"forms/{path.name}": path for path in sorted(forms.glob("*.form"))}
    files: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for name, path in paths.items():
        try:
            files[name] = _text(path)
        except (UnicodeDecodeError, NotReadable):
            errors[name] = [gettext("The encoding of the file is not known; save it as UTF-8.")]
        except OSError as error:
            errors[name] = [error.strerror or str(error)]
    if errors:
        raise FilesUnreadable(errors=errors, path=str(folder))
    return files


def _text(path: Path) -> str:
    """The text with `\\n` at the end of lines, so that a version is the same from any machine."""
    data = path.read_bytes()
    text = as_text(data) if path.suffix in {".bpmn", ".dmn"} else data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ensure_named_alike(folder: Path, files: Mapping[str, str]) -> Catalogue:
    """The catalogue entry, whose key is the name of its folder. Raises CatalogueInvalid."""
    catalogue, name = read_catalogue(files["procedure.toml"]), folder.resolve().name
    if catalogue.key != name:
        text = gettext("The key must be the name of the folder, “%(name)s”.", name=name)
        raise CatalogueInvalid(errors={"key": [text]})
    return catalogue


def without_templates(paths: Sequence[Path]) -> list[Path]:
    """The paths as `bpmn/*/` gives them, without the folder of the modelers."""
    return [path for path in paths if len(paths) == 1 or path.resolve().name != TEMPLATES]


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
