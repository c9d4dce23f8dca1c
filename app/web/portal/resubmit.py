"""A visitor sends again, as a new dossier, what was given back to him (spec R3-04)."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.resubmit_dossier import resubmit_dossier
from app.actions.supersede import AlreadySuperseded
from app.domain.dossiers.model import Dossier
from app.domain.inbox.rules import is_applicant
from app.domain.journal.model import JournalEntry
from app.foundation.clock import now
from app.foundation.db import transaction
from app.queries.succession import Succession, asked_on_return
from app.web.portal.room import blueprint
from app.web.session import current_actor, remember_draft, require_proof


@blueprint.post("/ho-so/<code>/nop-lai")
def send_again(code: str) -> Response:
    """Begin the new dossier, or go on with it; once sent, a second try leads to what was sent."""
    require_proof(code)
    try:
        with transaction() as session:
            draft_id = resubmit_dossier(session, code, actor=current_actor(), at=now()).id
    except AlreadySuperseded as refusal:
        return to_successor(refusal)
    remember_draft(draft_id)
    return redirect(url_for("portal.apply", draft_id=draft_id), 303)


def to_successor(refusal: AlreadySuperseded) -> Response:
    """Where somebody is led who wanted to replace a dossier a second time."""
    flash(str(refusal), "success")
    return redirect(url_for("portal.status", code=refusal.successor), 303)


def way_on(
    session: Session,
    dossier: Dossier,
    entries: Sequence[JournalEntry],
    neighbours: Succession,
) -> dict[str, Any] | None:
    """What the page of a dossier given back says: what is missing, and where to go on."""
    asked = asked_on_return(session, dossier, entries)
    if asked is None:
        return None
    after = neighbours.superseded_by
    mine = is_applicant(dossier, current_actor())
    return {
        "asked": asked,
        "successor": after,
        "successor_url": url_for("portal.status", code=after) if after else None,
        "url": url_for("portal.send_again", code=dossier.code) if mine and not after else None,
    }
