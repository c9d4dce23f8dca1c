"""Which state of a page a window shows, so that two windows never overwrite each other."""

from hashlib import sha256

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Draft
from app.forms import answers_in
from app.foundation.db import canonical_json
from app.web.portal.places import Place


def revision_of(draft: Draft, place: Place) -> str:
    """The name of the state in which the answers of that page are.

    Pages of a long form do not disturb each other, and going back to one that was saved before is
    no second window.
    """
    if place.is_whole:
        return draft.updated_at.isoformat()
    told = draft.applicant if place.applicant else answers_in(place.part, draft.data)
    return sha256(canonical_json(told)).hexdigest()[:32]


def is_outdated(session: Session, draft: Draft, place: Place, seen: str | None) -> bool:
    """Whether the page was changed since it was made; the draft stays locked until the commit.

    A page that names no state is taken at its word.
    """
    if not seen:
        return False
    session.refresh(draft, with_for_update=True)
    return seen != revision_of(draft, place)
