"""Anybody may check whether a file is a result that an office has issued."""

import re
from base64 import b64encode
from hashlib import file_digest
from hmac import compare_digest
from io import BytesIO

import segno
from flask import current_app, render_template, request, url_for

from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.results import Issued, issued_result
from app.web.portal.room import blueprint
from app.web.security import attempts_allowed, is_wrong, limiter

_HASH = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/xac-minh/<file_id>")
@limiter.limit(attempts_allowed, deduct_when=is_wrong)
def verify(file_id: str) -> tuple[str, int]:
    """What is known of the result; no word about whose it is."""
    found = issued_result(db.session(), file_id)
    return _page(found), 200 if found else 422


@blueprint.post("/xac-minh/<file_id>")
@limiter.limit(attempts_allowed)
def compare(file_id: str) -> tuple[str, int]:
    """Whether a file, or its fingerprint, is that of the result. The file is not kept."""
    found = issued_result(db.session(), file_id)
    if found is None:
        return _page(None), 422
    typed = "".join(request.form.get("sha256", "").split()).lower()
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        typed = file_digest(upload.stream, "sha256").hexdigest()  # type: ignore[arg-type] # a stream of bytes
    if not _HASH.fullmatch(typed):
        wrong = gettext("Choose the file, or type its SHA-256 fingerprint of 64 signs.")
        return _page(found, errors={"sha256": [wrong]}), 422
    return _page(found, same=compare_digest(typed, found.sha256.hex())), 200


def verification_of(file_id: str) -> tuple[str, str]:
    """The address under which a result is checked, and its code for telephones, as `data:`."""
    address = current_app.config["PUBLIC_URL"] + url_for("portal.verify", file_id=file_id)
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=4, border=4, light="white"
    )
    return address, "data:image/svg+xml;base64," + b64encode(drawn.getvalue()).decode()


def _page(
    found: Issued | None, *, same: bool | None = None, errors: dict[str, list[str]] | None = None
) -> str:
    return render_template("portal/verify.html", result=found, same=same, errors=errors)
