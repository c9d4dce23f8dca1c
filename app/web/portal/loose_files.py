"""Files a script has uploaded for a draft which no saved answer names yet.

They belong to the question they were uploaded for, so that a reader who comes back, or whose
connection broke, finds them where he left them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.documents.model import StoredFile
from app.forms import FormDefinition, file_ids, initial, place_files, stored_files
from app.web.form_posts import pattern_of

Files = dict[str, list[str]]


def files_so_far(
    form: FormDefinition, data: Mapping[str, Any], files: Sequence[StoredFile]
) -> Files:
    """Ids by path: those the answers name, then those that were uploaded since."""
    named = file_ids(form, data)
    found = {path: list(ids) for path, ids in stored_files(form, data).items() if ids}
    for file in files:
        path = file.field_key or ""
        if file.id not in named and pattern_of(path) in form.file_keys:
            found.setdefault(path, []).append(file.id)
    return found


def with_files(form: FormDefinition, data: Mapping[str, Any], files: Files) -> dict[str, Any]:
    """The answers with these files in their places; nothing at all while there is neither."""
    if not data and not files:
        return {}
    return place_files(form, data or initial(form), files)
