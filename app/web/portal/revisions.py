"""Which state of a draft a page was made from, so that two windows never overwrite each other."""

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Draft


def revision_of(draft: Draft) -> str:
    """The name of the state a draft is in."""
    return draft.updated_at.isoformat()


def is_outdated(session: Session, draft: Draft, seen: str | None) -> bool:
    """Whether the draft was changed since the page was made; it stays locked until the commit.

    A page that names no state is taken at its word.
    """
    if not seen:
        return False
    session.refresh(draft, with_for_update=True)
    return seen != revision_of(draft)
