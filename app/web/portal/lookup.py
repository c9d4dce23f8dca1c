"""Follow a dossier without an account: code and a second secret, with few attempts."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.foundation.db import db
from app.foundation.text import gettext
from app.queries.citizen_pages import proves_to_own
from app.queries.dossier_pages import UnknownDossier, dossier_page
from app.web.kept_posts import continued
from app.web.portal.room import blueprint
from app.web.security import attempts_allowed, guesses_allowed, is_wrong, limiter
from app.web.session import current_actor, open_code


@blueprint.get("/tra-cuu")
def lookup() -> str:
    """The form; a code may come with the link, the secret never does."""
    return lookup_page(request.args.get("code", "").strip()[:48], "", None)


@blueprint.post("/tra-cuu")
@limiter.limit(attempts_allowed)
@limiter.limit(guesses_allowed, key_func=lambda: f"lookup:{_code()}", deduct_when=is_wrong)
def prove() -> tuple[str, int] | str | Response:
    """Open the dossier; a wrong pair never tells which half was wrong."""
    code = _code()
    identity = request.form.get("identity", "").strip()[:254]
    if not proves_to_own(db.session(), code, identity):
        wrong = gettext("No dossier fits this code and this number. Check both and try again.")
        return lookup_page(code, identity, {"": [wrong]}), 422
    if refused := refusal_of(code):
        return lookup_page(code, "", {"": [refused]}), 403
    open_code(code)
    return continued(request.form.get("kept")) or redirect(url_for("portal.status", code=code), 303)


def refusal_of(code: str) -> str:
    """Why the reader may not look at the dossier, though he has the proof; empty if he may."""
    if not current_actor().is_staff or _is_of_own_unit(code):
        return ""
    return gettext(
        "You are logged in as an officer, and this dossier is not handled in your units. "
        "To open it with the applicant's number, log out first."
    )


def _code() -> str:
    return request.form.get("code", "").strip().upper()[:48]


def _is_of_own_unit(code: str) -> bool:
    """Whether an officer may read it; the proof of an applicant is not his (`has_opened`)."""
    try:
        dossier_page(db.session(), code, current_actor())
    except UnknownDossier:
        return False
    return True


def lookup_page(code: str, identity: str, errors: dict[str, list[str]] | None) -> str:
    kept = request.form.get("kept", "")
    return render_template(
        "portal/lookup.html", code=code, identity=identity, kept=kept, errors=errors
    )
