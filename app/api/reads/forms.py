"""Form files as JSON values, parsed once for each content."""

import json
from functools import lru_cache
from typing import Any

from app.queries.definitions import LoadedVersion


def form_json(version: LoadedVersion, name: str) -> Any:
    """The form-js object of that form, shared by all callers; raises UnknownForm."""
    return _parsed(version.form_source(name))


@lru_cache(maxsize=512)
def _parsed(source: str) -> Any:
    return json.loads(source.removeprefix("\ufeff"))
