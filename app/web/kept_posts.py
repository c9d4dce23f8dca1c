"""A form that was sent after its session had ended: kept in the page until its reader is back in.

Nothing is stored: the answers travel in the page that asks who he is, signed, and are offered again
afterwards. A visitor's session is the hour for which his proof counts.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.web.addresses import safe_path

#: Seconds until what was typed is too old to be sent.
LIFE = 12 * 3600
#: Characters of one form at most; a form with more was no half-written one.
LONGEST = 400_000
_TOKEN = "csrf_token"  # noqa: S105 - the name of a field
#: A form with a secret is never kept.
_SECRET = frozenset({"password", "present", "code"})


@dataclass(frozen=True, kw_only=True)
class KeptPost:
    """Where a form was going, and what it said."""

    path: str
    answers: tuple[tuple[str, str], ...]
    #: Files do not travel along; they have to be chosen again.
    had_files: bool


def kept() -> str:
    """This post, signed, for a hidden field; empty where nothing can be kept."""
    if request.method != "POST" or _SECRET & set(request.form):
        return ""
    answers = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    if not answers or sum(len(name) + len(value) for name, value in answers) > LONGEST:
        return ""
    files = any(upload.filename for upload in request.files.values())
    return str(_signer().dumps([request.path, answers, files]))


def opened(signed: str | None) -> KeptPost | None:
    """The post behind a hidden field; None when there is none or it is not genuine."""
    if not signed:
        return None
    try:
        told: Any = _signer().loads(signed, max_age=LIFE)
    except BadSignature:
        return None
    path, answers, files = told
    if safe_path(path) is None:
        return None
    pairs = tuple((str(name), str(value)) for name, value in answers)
    return KeptPost(path=path, answers=pairs, had_files=bool(files))


def continued(signed: str | None) -> str | None:
    """The page that offers the kept post to whoever is back in; None where there is none."""
    post = opened(signed)
    return render_template("account/continue.html", post=post) if post else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="kept post")
