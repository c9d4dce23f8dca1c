"""The document of authorisation on the page of an application: one file question of our own."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.domain.documents.model import StoredFile
from app.domain.dossiers.authorisation import PAPER, paper_form
from app.domain.dossiers.model import Draft
from app.forms import FieldView, FormDefinition, view
from app.foundation.actor import Actor
from app.foundation.text import gettext
from app.web.form_posts import Errors, Posted, Uploads, read_post
from app.web.portal import applicants
from app.web.portal.loose_files import files_so_far


def proof_form() -> FormDefinition:
    """The question in the reader's language."""
    return paper_form(
        label=gettext("Document of authorisation"),
        hint=gettext("A scan or photo of every page with the signatures."),
    )


def read_proof(
    session: Session, draft: Draft, files: Sequence[StoredFile], uploads: Uploads, actor: Actor
) -> Posted:
    """What came for it with this post, and what came before."""
    form = paper_form()
    earlier = files_so_far(form, applicants.documents(draft.applicant), files)
    return read_post(session, form, earlier, uploads, actor=actor, draft_id=draft.id)


def files_posted(posted: Posted) -> list[str]:
    """The ids of its files."""
    return list(posted.data.get(PAPER) or ())


def proof_view(
    draft: Draft, files: Sequence[StoredFile], errors: Mapping[str, list[str]]
) -> tuple[FieldView, ...]:
    """The question as it is drawn, with its errors alone."""
    form = proof_form()
    held = files_so_far(form, applicants.documents(draft.applicant), files)
    own: Errors = {PAPER: errors[PAPER]} if errors.get(PAPER) else {}
    names = {file.id: file.name for file in files}
    return view(form, {PAPER: held.get(PAPER, [])}, own, file_names=names)
