"""`Idempotency-Key`: a repeated request gets the first answer and does no harm."""

import re

from flask import request

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext

HEADER = "Idempotency-Key"
#: Fits the stored column together with the number of whoever sent it.
_KEY = re.compile(r"[\x21-\x7e]{1,56}")
BAD_KEY = lazy_gettext("Send 1 to 56 visible ASCII characters, for example a UUID.")

#: For the OpenAPI document.
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "description": "Repeats with the same key get the first answer.",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 56},
}


def idempotency_key() -> str | None:
    """The key of this request, if any; raises Invalid for one that cannot be kept."""
    key = request.headers.get(HEADER)
    if key is None or _KEY.fullmatch(key):
        return key
    raise Invalid(errors={HEADER: [str(BAD_KEY)]})
