"""Names of files: kept to be shown, never used to find anything."""

import re
import unicodedata
from pathlib import PurePosixPath

from app.foundation.text import plain
from app.inspection.kinds import FileKind

#: Characters of a name.
LONGEST = 200
#: What file systems of readers' computers do not take.
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def tidy_name(name: str) -> str:
    """The last part of a name, as it may be shown and saved, never empty.

    Without folders, without control characters, and without signs that turn the direction of
    writing round and so make `exe.pdf` look like what it is not.
    """
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    clean = "".join(letter for letter in plain(last) if letter.isprintable())
    return _FORBIDDEN.sub("_", clean).strip(" .")[-LONGEST:].lstrip(" .") or "tep"


def name_for(shown: str, kind: FileKind) -> str:
    """The name with the ending of what the file is, whatever it called itself."""
    path = PurePosixPath(shown)
    if path.suffix.casefold() in kind.endings:
        return shown
    ending = kind.endings[0]
    return f"{path.stem[: LONGEST - len(ending)]}{ending}"
