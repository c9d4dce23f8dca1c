"""Looking after drafts that nobody sends."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.actions.watch_drafts import watch_draft
from app.domain.dossiers.drafts import keeping_of


def look_after_draft(session: Session, row: int, *, at: datetime) -> bool:
    """Tell its writer, delete it, or let it be."""
    return watch_draft(session, row, keeping=keeping_of(current_app.config), at=at)
