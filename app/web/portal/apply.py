"""Writing an application: fill in, save, come back; a long one page by page."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.dossiers.authorisation import PAPER, Basis, paper_form
from app.domain.dossiers.folders import Folder
from app.domain.dossiers.model import Draft
from app.domain.dossiers.status import ApplicantKind
from app.forms import FieldView, view
from app.foundation.actor import Actor
from app.foundation.db import db, transaction
from app.foundation.text import gettext
from app.queries.file_pages import files_of_draft
from app.web.files import show_cards
from app.web.filters import time_vn
from app.web.form_posts import Errors, taken_uploads
from app.web.portal import applicants, task_list
from app.web.portal.begun import kept_until, saved_at
from app.web.portal.keeping import Came, changes_nothing, keep, written
from app.web.portal.loose_files import files_so_far, with_files
from app.web.portal.paper import (
    Paper,
    address_of,
    already_sent,
    asked_places,
    open_to_write,
    opened,
    problems_here,
    problems_of,
    replaced,
)
from app.web.portal.places import places
from app.web.portal.proofs import proof_view
from app.web.portal.revisions import is_outdated, revision_of
from app.web.portal.room import blueprint
from app.web.security import limiter
from app.web.session import current_actor, remember_draft
from app.web.uploads import upload_for, uploads_allowed, without_files

#: Buttons that keep and check nothing.
UNCHECKED = ("save", "later")


@blueprint.get("/ho-so-nhap/<draft_id>")
@blueprint.get("/ho-so-nhap/<draft_id>/phan/<int:number>")
def apply(draft_id: str, number: int | None = None) -> str | Response:
    """The form as it was left, or the list of its parts where it is long, or one part of it.

    With `check` the page also says what is still wrong.
    """
    session, actor = db.session(), current_actor()
    paper = opened(session, draft_id, actor, number)
    if sent := already_sent(session, paper.draft):
        return sent
    remember_draft(draft_id)
    checking = "check" in request.args
    if number is None and places(paper.form):
        return task_list.page(paper, *problems_of(paper, actor), checking=checking)
    if number is not None and number not in [one.number for one in asked_places(paper)]:
        return redirect(url_for("portal.apply", draft_id=draft_id), 303)
    return _page(session, paper, *(problems_here(paper, actor) if checking else ({}, {})))


@blueprint.post("/ho-so-nhap/<draft_id>")
@blueprint.post("/ho-so-nhap/<draft_id>/phan/<int:number>")
@limiter.limit(uploads_allowed, exempt_when=without_files)
def write(draft_id: str, number: int | None = None) -> tuple[str, int] | Response:
    """Keep what was typed and uploaded, right or wrong; then go where the button says."""
    actor = current_actor()
    # Who may not write here is turned away before anything of his is looked into.
    part = opened(db.session(), draft_id, actor, number).place.part
    with (
        taken_uploads(part) as uploads,
        taken_uploads(paper_form()) as proofs,
        transaction() as session,
    ):
        came = Came(uploads=uploads, proofs=proofs)
        paper = open_to_write(session, draft_id, actor, number)
        if sent := already_sent(session, paper.draft):
            return sent
        outdated = is_outdated(paper.draft, paper.place, request.form.get("seen"))
        if outdated and not changes_nothing(session, paper, came, actor):
            return _changed_elsewhere(session, paper, came, actor), 409
        told = keep(session, paper, came, actor)
    if told.rows_changed:
        return redirect(_again(paper), 303)
    action = request.form.get("action")
    in_block, in_form = ({}, {}) if action in UNCHECKED else problems_here(paper, actor)
    in_form |= told.in_form
    in_block |= told.in_block
    if in_block or in_form:
        return _page(db.session(), paper, in_block, in_form), 422
    if action == "save":
        flash(gettext("The draft is saved. It is not sent yet."), "success")
        return redirect(_kept_at(draft_id, actor), 303)
    return redirect(_onwards(paper, actor), 303)


def _again(paper: Paper) -> str:
    """The same page, on the same way."""
    return url_for(
        "portal.apply",
        draft_id=paper.draft.id,
        number=paper.place.number,
        back=request.args.get("back"),
    )


def _kept_at(draft_id: str, actor: Actor) -> str:
    """Where what was put aside is found again: among one's drafts (spec R3-31, R3-32)."""
    if actor.person_id is None or actor.is_staff:
        return url_for("portal.apply", draft_id=draft_id)
    return url_for("portal.my_dossiers", folder=Folder.DRAFTS.value)


def _onwards(paper: Paper, actor: Actor) -> str:
    """What comes after this page: the next one, or the check of all."""
    check = url_for("portal.check", draft_id=paper.draft.id)
    if paper.place.number is None or request.args.get("back") == "check":
        return check
    after = [one for one in asked_places(paper) if (one.number or 0) > paper.place.number]
    if after:
        return address_of(paper.draft, after[0])
    unsettled = any(problems_of(paper, actor))
    return url_for("portal.apply", draft_id=paper.draft.id) if unsettled else check


def _changed_elsewhere(session: Session, paper: Paper, came: Came, actor: Actor) -> str:
    """The page as it was typed, not kept yet: the writer decides which of the two states stays."""
    draft = paper.draft
    told = written(session, paper, files_of_draft(session, draft.id), came, actor)
    typed = Draft(
        id=draft.id,
        supersedes_id=draft.supersedes_id,
        applicant=told.applicant,
        data=told.data,
        updated_at=draft.updated_at,
    )
    words = gettext(
        "This draft was changed in another window at %(time)s. What you see here is not saved yet."
        " Save it to keep this, or open the draft again to see the other.",
        time=time_vn(draft.updated_at),
    )
    errors = {"": [words], **told.in_block}
    shown = replace(paper, draft=typed)
    return _page(session, shown, errors, told.in_form, seen=revision_of(draft, paper.place))


def _page(
    session: Session, paper: Paper, in_block: Errors, in_form: Errors, *, seen: str | None = None
) -> str:
    draft, place = paper.draft, paper.place
    files = files_of_draft(session, draft.id)
    data = with_files(paper.form, draft.data, files_so_far(paper.form, draft.data, files))
    show_cards(files)
    upload_for("draft", draft.id)
    # Of a file its own question tells.
    shown = {name: told for name, told in in_block.items() if name != PAPER}
    names = {file.id: file.name for file in files}
    return render_template(
        "portal/apply.html" if place.is_whole else "portal/section.html",
        catalogue=paper.version.catalogue,
        case=paper.case,
        fields=_untitled(
            view(paper.form, data or None, in_form, file_names=names, part=place.part), place.title
        ),
        applicant=applicants.for_page(draft.applicant),
        applicant_kinds=list(ApplicantKind),
        bases=list(Basis),
        proof=proof_view(draft, files, in_block) if place.applicant else (),
        # An empty list of messages marks the title when only questions with files have errors.
        errors=shown or ({"": []} if in_block or in_form else {}),
        saved_at=saved_at(draft),
        kept_until=kept_until(draft),
        delete_url=url_for("portal.ask_to_delete", draft_id=draft.id),
        seen=seen or revision_of(draft, place),
        replaces=replaced(session, draft),
        autosave_url=url_for("portal.autosave", draft_id=draft.id, number=place.number),
        **(_whole(paper) if place.is_whole else _part(paper)),
    )


def _whole(paper: Paper) -> dict[str, Any]:
    return {"back_url": url_for("portal.procedure", key=paper.version.key)}


def _part(paper: Paper) -> dict[str, Any]:
    """Where one part stands among the others, and the way back."""
    asked = asked_places(paper)
    checking = request.args.get("back") == "check"
    back = "portal.check" if checking else "portal.apply"
    return {
        "place": paper.place,
        "position": next(
            (at for at, one in enumerate(asked, start=1) if one.number == paper.place.number), 1
        ),
        "count": len(asked),
        "checking": checking,
        "back_url": url_for(back, draft_id=paper.draft.id),
    }


def _untitled(fields: tuple[FieldView, ...], title: str) -> tuple[FieldView, ...]:
    """A group does not say again what stands above the page."""
    return tuple(
        replace(one, label="") if one.kind == "group" and one.label == title else one
        for one in fields
    )
