"""Follow a dossier without an account: code and a second secret, with few attempts."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.citizen_pages import proves_to_own
from app.web.portal.room import blueprint
from app.web.security import attempts_allowed, limiter
from app.web.session import open_code


@blueprint.get("/tra-cuu")
def lookup() -> str:
    """The form; a code may come with the link, the secret never does."""
    return _page(request.args.get("code", "").strip()[:48], "", None)


@blueprint.post("/tra-cuu")
@limiter.limit(attempts_allowed)
def prove() -> tuple[str, int] | Response:
    """Open the dossier; a wrong pair never tells which half was wrong."""
    code = request.form.get("code", "").strip().upper()[:48]
    identity = request.form.get("identity", "").strip()[:254]
    if not proves_to_own(db.session(), code, identity):
        wrong = gettext("No dossier fits this code and this number. Check both and try again.")
        return _page(code, identity, {"": [wrong]}), 422
    open_code(code)
    return redirect(url_for("portal.status", code=code), 303)


def _page(code: str, identity: str, errors: dict[str, list[str]] | None) -> str:
    return render_template("portal/lookup.html", code=code, identity=identity, errors=errors)
