"""Writing an application: begin, fill in, save, come back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.actions.discard_files import discard_unnamed
from app.actions.draft_dossier import open_draft, save_draft
from app.domain.documents.model import StoredFile
from app.domain.dossiers.authorisation import PAPER, Basis, paper_form
from app.domain.dossiers.drafts import is_begun
from app.domain.dossiers.model import Draft
from app.domain.dossiers.status import ApplicantKind
from app.domain.procedures.cases import Case
from app.forms import FormDefinition, apply_list_action, file_ids, validate, view
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.foundation.errors import Invalid
from app.foundation.text import gettext
from app.queries.citizen_pages import code_of
from app.queries.definitions import LoadedVersion, loaded_version
from app.queries.file_pages import files_of_draft, infected_answers
from app.queries.succession import asked_before
from app.web.files import show_cards
from app.web.filters import time_vn
from app.web.form_posts import Errors, Posted, Uploads, read_post, taken_uploads
from app.web.portal import applicants
from app.web.portal.begun import kept_until
from app.web.portal.loose_files import files_so_far, with_files
from app.web.portal.proofs import files_posted, proof_view, read_proof
from app.web.portal.revisions import is_outdated, revision_of
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, remember_draft, remembered_drafts
from app.web.uploads import upload_for, uploads_allowed, without_files


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A draft with what it is written on."""

    draft: Draft
    version: LoadedVersion
    case: Case
    form: FormDefinition


def open_paper(session: Session, draft_id: str, actor: Actor) -> Paper:
    """The draft for its writer; raises UnknownDraft."""
    draft = open_draft(session, draft_id, actor=actor, remembered=remembered_drafts())
    version = loaded_version(session, draft.version_id)
    case = version.case(draft.case_key)
    return Paper(draft=draft, version=version, case=case, form=version.form(case.application_form))


def problems_of(paper: Paper, actor: Actor) -> tuple[Errors, Errors]:
    """What keeps the draft from being sent: in the applicant block, and in the form."""
    in_block: Errors = {}
    in_form: Errors = {}
    try:
        applicants.read(paper.draft.applicant, actor)
    except Invalid as refusal:
        in_block = refusal.errors
    try:
        validate(paper.form, paper.draft.data)
    except Invalid as refusal:
        in_form = refusal.errors
    session, documents = db.session(), applicants.documents(paper.draft.applicant)
    in_block |= infected_answers(session, paper_form(), documents)
    return in_block, infected_answers(session, paper.form, paper.draft.data) | in_form


def already_sent(session: Session, draft: Draft) -> Response | None:
    """Where a draft that has become a dossier leads."""
    if draft.dossier_id is None:
        return None
    code = code_of(session, draft.dossier_id)
    return redirect(url_for("portal.confirmation", code=code), 303)


@blueprint.get("/ho-so-nhap/<draft_id>")
def apply(draft_id: str) -> str | Response:
    """The form as it was left; with `check` it also says what is still wrong."""
    session, actor = db.session(), current_actor()
    paper = open_paper(session, draft_id, actor)
    if sent := already_sent(session, paper.draft):
        return sent
    remember_draft(draft_id)
    errors = problems_of(paper, actor) if "check" in request.args else ({}, {})
    return _page(session, paper, *errors)


@blueprint.post("/ho-so-nhap/<draft_id>")
@limiter.limit(uploads_allowed, exempt_when=without_files)
def write(draft_id: str) -> tuple[str, int] | Response:
    """Keep what was typed and uploaded, right or wrong; then go where the button says."""
    actor = current_actor()
    # Who may not write here is turned away before anything of his is looked into.
    form = open_paper(db.session(), draft_id, actor).form
    with (
        taken_uploads(form) as uploads,
        taken_uploads(paper_form()) as proofs,
        transaction() as session,
    ):
        paper = open_paper(session, draft_id, actor)
        if sent := already_sent(session, paper.draft):
            return sent
        if is_outdated(session, paper.draft, request.form.get("seen")):
            return _changed_elsewhere(session, paper, uploads, proofs, actor), 409
        rows_changed, refused, no_proof = _keep(session, paper, uploads, proofs, actor)
    if rows_changed:
        return redirect(url_for("portal.apply", draft_id=draft_id), 303)
    saving = request.form.get("action") == "save"
    in_block, in_form = ({}, {}) if saving else problems_of(paper, actor)
    in_form |= refused
    in_block |= no_proof
    if in_block or in_form:
        return _page(db.session(), paper, in_block, in_form), 422
    if saving:
        flash(gettext("The draft is saved. It is not sent yet."), "success")
        return redirect(url_for("portal.apply", draft_id=draft_id), 303)
    return redirect(url_for("portal.check", draft_id=draft_id), 303)


def _keep(
    session: Session, paper: Paper, uploads: Uploads, proofs: Uploads, actor: Actor
) -> tuple[bool, Errors, Errors]:
    """Save this post in the draft; says whether a row was added or removed, and refused files.

    Those of the form come first, then those of the applicant block.
    """
    draft, form = paper.draft, paper.form
    files = files_of_draft(session, draft.id)
    posted = _posted(session, paper, files, uploads, actor)
    changed = apply_list_action(form, posted.data, request.form)
    data = posted.data if changed is None else changed
    proof = read_proof(session, draft, files, proofs, actor)
    proven = files_posted(proof)
    applicant = applicants.from_post(draft.applicant, proven)
    save_draft(session, draft, applicant=applicant, data=data, at=now())
    discard_unnamed(session, files, {*file_ids(form, data), *proven})
    return changed is not None, posted.errors, proof.errors


def _posted(
    session: Session, paper: Paper, files: Sequence[StoredFile], uploads: Uploads, actor: Actor
) -> Posted:
    draft, form = paper.draft, paper.form
    earlier = files_so_far(form, draft.data, files)
    return read_post(session, form, earlier, uploads, actor=actor, draft_id=draft.id)


def keep_answers(session: Session, paper: Paper, actor: Actor) -> None:
    """Save what is typed and leave the files alone: some may still be on their way."""
    draft = paper.draft
    files = files_of_draft(session, draft.id)
    posted = _posted(session, paper, files, Uploads(), actor)
    proof = read_proof(session, draft, files, Uploads(), actor)
    applicant = applicants.from_post(draft.applicant, files_posted(proof))
    save_draft(session, draft, applicant=applicant, data=posted.data, at=now())


def _changed_elsewhere(
    session: Session, paper: Paper, uploads: Uploads, proofs: Uploads, actor: Actor
) -> str:
    """The page as it was typed, not kept yet: the writer decides which of the two states stays."""
    draft = paper.draft
    files = files_of_draft(session, draft.id)
    posted = _posted(session, paper, files, uploads, actor)
    proof = read_proof(session, draft, files, proofs, actor)
    typed = Draft(
        id=draft.id,
        supersedes_id=draft.supersedes_id,
        applicant=applicants.from_post(draft.applicant, files_posted(proof)),
        data=posted.data,
        updated_at=draft.updated_at,
    )
    words = gettext(
        "This draft was changed in another window at %(time)s. What you see here is not saved yet."
        " Save it to keep this, or open the draft again to see the other.",
        time=time_vn(draft.updated_at),
    )
    errors = {"": [words], **proof.errors}
    return _page(session, replace(paper, draft=typed), errors, posted.errors)


def _replaces(session: Session, draft: Draft) -> dict[str, Any] | None:
    """The dossier given back in whose place this one will be sent, with what was asked for."""
    found = asked_before(session, draft.supersedes_id)
    return {"code": found[0], "asked": found[1]} if found else None


def _page(session: Session, paper: Paper, in_block: Errors, in_form: Errors) -> str:
    draft = paper.draft
    files = files_of_draft(session, draft.id)
    data = with_files(paper.form, draft.data, files_so_far(paper.form, draft.data, files))
    show_cards(files)
    upload_for("draft", draft.id)
    # Of a file its own question tells.
    shown = {name: told for name, told in in_block.items() if name != PAPER}
    return render_template(
        "portal/apply.html",
        catalogue=paper.version.catalogue,
        case=paper.case,
        fields=view(
            paper.form, data or None, in_form, file_names={file.id: file.name for file in files}
        ),
        applicant=applicants.for_page(draft.applicant),
        applicant_kinds=list(ApplicantKind),
        bases=list(Basis),
        proof=proof_view(draft, files, in_block),
        # An empty list of messages marks the title when only questions with files have errors.
        errors=shown or ({"": []} if in_block or in_form else {}),
        back_url=url_for("portal.procedure", key=paper.version.key),
        saved_at=draft.updated_at if is_begun(draft) else None,
        kept_until=kept_until(draft),
        delete_url=url_for("portal.ask_to_delete", draft_id=draft.id),
        seen=revision_of(draft),
        replaces=_replaces(session, draft),
        autosave_url=url_for("portal.autosave", draft_id=draft.id),
    )
