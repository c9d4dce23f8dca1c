"""Beginning an application, or going on with one that was begun (spec R3-26)."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.draft_dossier import begin_draft
from app.domain.dossiers.drafts import is_begun
from app.domain.dossiers.model import Draft
from app.domain.people.model import Person
from app.domain.procedures.model import Procedure
from app.domain.procedures.queries import offer_at, procedure_by_key
from app.foundation.actor import Actor
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.queries.citizen_pages import open_drafts
from app.queries.definitions import current_version
from app.web.portal import applicants
from app.web.portal.begun import begun
from app.web.portal.room import blueprint
from app.web.session import current_actor, remember_draft, remembered_drafts


@blueprint.get("/thu-tuc/<key>/nop")
def before_start(key: str) -> str | Response:
    """Go on or begin anew, for whoever has begun; everybody else sees what to know first.

    Starting writes, so it is a post; who follows a link starts nothing.
    """
    session, actor = db.session(), current_actor()
    procedure = procedure_by_key(session, key)
    drafts = [one for one in _drafts(session, procedure, actor) if is_begun(one)]
    if not drafts:
        return redirect(url_for("portal.procedure", key=key, _anchor="start"), 303)
    catalogue = current_version(session, procedure).catalogue
    case = catalogue.case(request.args.get("case"))
    return render_template(
        "portal/resume.html",
        catalogue=catalogue,
        drafts=[begun(session, one, actor) for one in drafts],
        start_url=url_for("portal.start", key=key),
        case=case,
        unit=request.args.get("unit", "")[:40],
        back_url=url_for("portal.procedure", key=key),
    )


@blueprint.post("/thu-tuc/<key>/nop")
def start(key: str) -> Response:
    """Begin an application; whoever has begun one is asked first, unless he says `begin=new`.

    One that was left empty is no beginning: it is taken again without a question.
    """
    actor = current_actor()
    case, unit = request.form.get("case") or None, request.form.get("unit") or None
    with transaction() as session:
        procedure = procedure_by_key(session, key)
        version = current_version(session, procedure)
        offer_at(session, procedure, unit, local_date(now()))
        place = (version.id, version.case(case).key)
        drafts = _drafts(session, procedure, actor)
        if request.form.get("begin") != "new" and any(is_begun(one) for one in drafts):
            choice = url_for("portal.before_start", key=key, case=case, unit=unit)
            return redirect(choice, 303)
        empty = (one for one in drafts if (one.version_id, one.case_key) == place)
        draft = next((one for one in empty if not is_begun(one)), None)
        if draft is None:
            draft = begin_draft(session, procedure, case, actor=actor, at=now())
            draft.applicant = _known_of(session, actor)
        if unit:
            draft.applicant = {**draft.applicant, "unit": unit}
    remember_draft(draft.id)
    return redirect(url_for("portal.apply", draft_id=draft.id), 303)


def _drafts(session: Session, procedure: Procedure, actor: Actor) -> Sequence[Draft]:
    return open_drafts(session, actor, remembered_drafts(), procedure_id=procedure.id)


def _known_of(session: Session, actor: Actor) -> dict[str, Any]:
    """What the applicant block begins with; an officer at a counter writes for somebody else."""
    if actor.person_id is None or actor.is_staff:
        return {}
    return applicants.of_person(session.get(Person, actor.person_id))
