"""Files as clients see them."""

from typing import Any

from flask import url_for
from flask_smorest.fields import Upload
from marshmallow import RAISE, Schema, fields

from app.api.fields import MISSING
from app.domain.documents.model import ScanState


class FileSchema(Schema):
    """A stored file."""

    id = fields.Str()
    name = fields.Str()
    media_type = fields.Str(metadata={"description": "By content, never by name."})
    size = fields.Int(metadata={"description": "Bytes."})
    sha256 = fields.Function(lambda file: file.sha256.hex(), metadata={"type": "string"})
    sent_sha256 = fields.Function(
        lambda file: file.sent_sha256.hex(),
        metadata={
            "type": "string",
            "description": "Of the file as it was sent; pictures are kept without camera data.",
        },
    )
    scan = fields.Function(
        lambda file: file.scan.value,
        metadata={
            "type": "string",
            "enum": [state.value for state in ScanState],
            "description": "What the virus scanner says.",
        },
    )
    url = fields.Function(lambda file: address(file.id), metadata={"type": "string"})


def address(file_id: str) -> str:
    """Where the file is read."""
    return url_for("api-files.download", file_id=file_id)


class UploadSchema(Schema):
    """A multipart body with one part named `file`."""

    class Meta:
        unknown = RAISE

    file: Any = Upload(required=True, error_messages=MISSING)
