"""A draft opened by its writer, and what keeps it from being sent."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.draft_dossier import UnknownDraft, lock_draft, open_draft
from app.domain.dossiers.authorisation import paper_form
from app.domain.dossiers.model import Draft
from app.domain.procedures.cases import Case
from app.forms import FormDefinition, is_asked, validate
from app.foundation.actor import Actor
from app.foundation.db import db
from app.foundation.errors import Invalid
from app.queries.citizen_pages import code_of
from app.queries.definitions import LoadedVersion, loaded_version
from app.queries.file_pages import infected_answers
from app.queries.succession import asked_before
from app.web.form_posts import Errors
from app.web.portal import applicants
from app.web.portal.places import Place, places, whole
from app.web.session import LogInFirst, remembered_drafts


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A draft with what it is written on, open at one of its pages."""

    draft: Draft
    version: LoadedVersion
    case: Case
    form: FormDefinition
    #: The page that is open; all of the form where nobody asks for a page.
    place: Place

    @property
    def address(self) -> str:
        """The open page."""
        return address_of(self.draft, self.place)


def open_paper(session: Session, draft_id: str, actor: Actor, number: int | None = None) -> Paper:
    """The draft for its writer, at one page of a long form; raises UnknownDraft."""
    draft = open_draft(session, draft_id, actor=actor, remembered=remembered_drafts())
    version = loaded_version(session, draft.version_id)
    case = version.case(draft.case_key)
    form = version.form(case.application_form)
    place = whole(form)
    if number is not None:
        place = next((one for one in places(form) if one.number == number), place)
        if place.is_whole:
            raise UnknownDraft
    return Paper(draft=draft, version=version, case=case, form=form, place=place)


def open_to_write(
    session: Session, draft_id: str, actor: Actor, number: int | None = None
) -> Paper:
    """The same as it is now; nobody else changes, sends or deletes it before the commit."""
    paper = open_paper(session, draft_id, actor, number)
    if lock_draft(session, draft_id) is None:
        raise UnknownDraft
    return paper


def opened(session: Session, draft_id: str, actor: Actor, number: int | None = None) -> Paper:
    """The paper for a page: whoever may only have been logged out meanwhile is asked to log in.

    Raises LogInFirst for any draft that this browser has not written, which tells nobody whether
    it exists, and for one that belongs to an account; what was typed is kept until he is back in.
    """
    try:
        return open_paper(session, draft_id, actor, number)
    except UnknownDraft:
        if actor.person_id is None and not _visitors(session, draft_id):
            raise LogInFirst from None
        raise


def _visitors(session: Session, draft_id: str) -> bool:
    """Whether this browser has written it without an account; it may be gone by now."""
    if draft_id not in remembered_drafts():
        return False
    draft = session.get(Draft, draft_id)
    return draft is None or draft.person_id is None


def address_of(draft: Draft, place: Place) -> str:
    """Where a page of the draft is written."""
    return url_for("portal.apply", draft_id=draft.id, number=place.number)


def missing(draft: Draft, form: FormDefinition, actor: Actor) -> tuple[Errors, Errors]:
    """Answers that are missing or wrong: in the applicant block, and in the form."""
    in_block: Errors = {}
    in_form: Errors = {}
    try:
        applicants.read(draft.applicant, actor)
    except Invalid as refusal:
        in_block = refusal.errors
    try:
        validate(form, draft.data)
    except Invalid as refusal:
        in_form = refusal.errors
    return in_block, in_form


def problems_of(paper: Paper, actor: Actor) -> tuple[Errors, Errors]:
    """What keeps the draft from being sent, files in quarantine included; at the same places."""
    session, draft = db.session(), paper.draft
    in_block, in_form = missing(draft, paper.form, actor)
    bad = infected_answers(session, paper_form(), applicants.documents(draft.applicant))
    return in_block | bad, infected_answers(session, paper.form, draft.data) | in_form


def problems_here(paper: Paper, actor: Actor) -> tuple[Errors, Errors]:
    """Those that can be settled on the open page."""
    in_block, in_form = problems_of(paper, actor)
    here = {path: told for path, told in in_form.items() if paper.place.asks(path)}
    return in_block if paper.place.applicant else {}, here


def asked_places(paper: Paper) -> list[Place]:
    """The pages of a long form, without those of which the answers leave nothing to ask."""
    return [
        one
        for one in places(paper.form)
        if one.section is None or is_asked(paper.form, one.section, paper.draft.data)
    ]


def replaced(session: Session, draft: Draft) -> dict[str, Any] | None:
    """The dossier given back in whose place this one will be sent, with what was asked for."""
    found = asked_before(session, draft.supersedes_id)
    return {"code": found[0], "asked": found[1]} if found else None


def already_sent(session: Session, draft: Draft) -> Response | None:
    """Where a draft that has become a dossier leads."""
    if draft.dossier_id is None:
        return None
    code = code_of(session, draft.dossier_id)
    return redirect(url_for("portal.confirmation", code=code), 303)
