"""Keeping what was posted for one page of a draft; the other pages stay as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from app.actions.discard_files import discard_unnamed
from app.actions.draft_dossier import save_draft
from app.domain.documents.model import StoredFile
from app.domain.dossiers.authorisation import PAPER
from app.forms import apply_list_action, file_ids, with_part
from app.foundation.actor import Actor
from app.foundation.clock import now
from app.queries.file_pages import files_of_draft
from app.web.form_posts import Errors, Posted, Uploads, read_post
from app.web.portal import applicants
from app.web.portal.loose_files import files_so_far
from app.web.portal.paper import Paper
from app.web.portal.proofs import files_posted, read_proof


@dataclass(frozen=True, kw_only=True)
class Came:
    """Files that came with a post: answers of the form, and the proof of whoever acts."""

    uploads: Uploads
    proofs: Uploads


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a post makes of the draft; nothing of it is stored yet."""

    applicant: Mapping[str, Any]
    data: dict[str, Any]
    #: Whether a row of a list was added or removed.
    rows_changed: bool
    #: Refused files: in the applicant block, and in the form.
    in_block: Errors
    in_form: Errors
    #: The files of the applicant block.
    proven: Sequence[str]


NOTHING = Came(uploads=Uploads(), proofs=Uploads())


def written(
    session: Session, paper: Paper, files: Sequence[StoredFile], came: Came, actor: Actor
) -> Written:
    """Read this request as an answer to the open page."""
    draft, part = paper.draft, paper.place.part
    earlier = files_so_far(part, draft.data, files)
    posted = read_post(
        session, part, earlier, came.uploads, actor=actor, draft_id=draft.id
    )  # fmt: skip
    changed = apply_list_action(part, posted.data, request.form)
    answers = posted.data if changed is None else changed
    whole = paper.place.is_whole
    proof = Posted(data={}, errors={})
    applicant = draft.applicant
    if paper.place.applicant:
        proof = read_proof(session, draft, files, came.proofs, actor)
        applicant = applicants.from_post(draft.applicant, files_posted(proof))
    return Written(
        applicant=applicant,
        data=answers if whole else with_part(paper.form, part, draft.data, answers),
        rows_changed=changed is not None,
        in_block=proof.errors,
        in_form=posted.errors,
        proven=files_posted(proof),
    )


def changes_nothing(session: Session, paper: Paper, came: Came, actor: Actor) -> bool:
    """Whether the draft already holds all of this post, as when a page is loaded anew."""
    if came != NOTHING:
        return False
    draft = paper.draft
    told = written(session, paper, files_of_draft(session, draft.id), came, actor)
    return told.applicant == draft.applicant and told.data == draft.data


def keep(session: Session, paper: Paper, came: Came, actor: Actor) -> Written:
    """Save this post in the draft; files that it takes away are gone."""
    files = files_of_draft(session, paper.draft.id)
    told = written(session, paper, files, came, actor)
    save_draft(session, paper.draft, applicant=told.applicant, data=told.data, at=now())
    here = [file for file in files if _belongs(paper, file)]
    discard_unnamed(session, here, {*file_ids(paper.form, told.data), *told.proven})
    return told


def keep_answers(session: Session, paper: Paper, actor: Actor) -> None:
    """Save what is typed and leave the files alone: some may still be on their way."""
    files = files_of_draft(session, paper.draft.id)
    told = written(session, paper, files, NOTHING, actor)
    save_draft(session, paper.draft, applicant=told.applicant, data=told.data, at=now())


def _belongs(paper: Paper, file: StoredFile) -> bool:
    """What was uploaded for another page is that page's own."""
    place = paper.place
    return place.takes(file.field_key) or (place.applicant and file.field_key == PAPER)
