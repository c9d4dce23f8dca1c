"""Writing new files: whole or not at all, and never over what they were made of."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext


class WouldReplaceSource(Conflict):
    """The file would take the place of the one it was made of."""

    message = lazy_gettext("%(path)s is the file itself; it is never changed.")


class AlreadyThere(Conflict):
    """There is a file of that name, and nobody said that it may go."""

    message = lazy_gettext("%(path)s exists already; say --replace to replace it.")


class CannotWrite(Conflict):
    """The system refuses."""

    message = lazy_gettext("%(path)s cannot be written: %(reason)s")


def write_new(files: Mapping[Path, bytes], *, source: Path, replace: bool) -> list[Path]:
    """Write files, each at once; nothing is written where one of them may not.

    Raises WouldReplaceSource, AlreadyThere or CannotWrite.
    """
    for path in files:
        if path.exists() and path.samefile(source):
            raise WouldReplaceSource(path=str(path))
        if path.exists() and not replace:
            raise AlreadyThere(path=str(path))
    for path, data in files.items():
        try:
            _write(path, data)
        except OSError as error:
            raise CannotWrite(path=str(path), reason=error.strerror or str(error)) from error
    return list(files)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(0o644)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
