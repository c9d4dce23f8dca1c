"""Every step of a dossier, for its applicant (spec R3-37..R3-40)."""

from flask import render_template, url_for

from app.domain.dossiers.folders import shows_process
from app.domain.dossiers.status import Status
from app.domain.inbox.model import ItemState
from app.domain.journal.queries import entries_of
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.text import gettext, lazy_gettext
from app.queries.dossier_pages import dossier_page
from app.queries.process_pages import WayStep, way_of
from app.web.clock_accounts import running_view
from app.web.facts import facts_of, soon
from app.web.filters import span_vn
from app.web.portal.room import blueprint
from app.web.session import current_actor, require_proof


class NoProcessYet(NotFound):
    """Its steps are told once an office has taken the dossier up, or has given it back."""

    message = lazy_gettext(
        "The steps of this dossier can be seen once an office works on it, or has ended it."
    )


@blueprint.get("/ho-so/<code>/qua-trinh")
def process(code: str) -> str:
    """Who had the dossier, when, and for how many hours; raises NoProcessYet elsewhere."""
    require_proof(code)
    session = db.session()
    page = dossier_page(session, code, current_actor())
    dossier = page.dossier
    if not shows_process(dossier.status):
        raise NoProcessYet
    entries = entries_of(session, dossier.id)
    return render_template(
        "portal/process.html",
        dossier=facts_of(
            dossier,
            procedure_name=page.version.catalogue.name,
            handling_unit=page.handling_unit.name,
            soon_at=soon(session),
        ),
        steps=[
            (step, sentence_of(step, dossier.status)) for step in way_of(session, dossier.id, now())
        ],
        account=running_view(session, dossier, entries),
        clock_url=url_for("portal.clock", code=code),
        back_url=url_for("portal.status", code=code),
    )


def sentence_of(step: WayStep, status: Status) -> str:
    """What the legal clock has to say about a step."""
    taken = span_vn(step.taken)
    if step.state is ItemState.CANCELLED:
        return _not_done(status)
    if step.applicant:
        return gettext("The office waited for the applicant; its own time stood still.")
    if step.allowed is None:
        return gettext("This step has no time of its own.")
    allowed = span_vn(step.allowed)
    if step.late:
        return gettext("%(taken)s of %(allowed)s: too late.", taken=taken, allowed=allowed)
    if step.ended_at is None:
        return gettext("%(taken)s of %(allowed)s used so far.", taken=taken, allowed=allowed)
    return gettext("%(taken)s of %(allowed)s: in time.", taken=taken, allowed=allowed)


def _not_done(status: Status) -> str:
    if status is Status.WITHDRAWN:
        return gettext("The dossier was withdrawn; this step was not done.")
    return gettext("The dossier went another way; this step was not done.")
