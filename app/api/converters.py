"""Path parameters: what cannot name anything is not found, before the database is asked."""

from typing import Any

from werkzeug.routing import BaseConverter, ValidationError

from app.domain.dossiers.codes import is_code

#: The largest number a row can have.
MAX_ID = 2**63 - 1


class RowNumber(BaseConverter):
    """Number of a row, 64 bits."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """Refuse what no row can have."""
        number = int(value)
        if number > MAX_ID:
            raise ValidationError
        return number


class DossierCode(BaseConverter):
    """Code of a dossier (spec §3.1)."""

    regex = r"[0-9A-Z.-]{5,48}"

    def to_python(self, value: str) -> str:
        """Refuse what has not the shape of a code."""
        if not is_code(value):
            raise ValidationError
        return value


class ProcedureKey(BaseConverter):
    """Key of a procedure."""

    regex = r"[a-z0-9][a-z0-9-]{0,79}"


class FileName(BaseConverter):
    """Unguessable name of a stored file."""

    regex = r"[0-9a-f]{32}"


CONVERTERS: dict[str, type[BaseConverter]] = {
    "row": RowNumber,
    "code": DossierCode,
    "key": ProcedureKey,
    "file": FileName,
}

#: How the OpenAPI document describes them.
DESCRIBED: dict[type[BaseConverter], dict[str, Any]] = {
    RowNumber: {"type": "integer", "format": "int64", "minimum": 1, "maximum": MAX_ID},
    DossierCode: {"type": "string", "examples": ["H27.01-241101-0001"]},
    ProcedureKey: {"type": "string", "pattern": f"^{ProcedureKey.regex}$"},
    FileName: {"type": "string", "pattern": f"^{FileName.regex}$"},
}
