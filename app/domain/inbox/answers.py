"""What applicants have begun to write for a step that waits for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.inbox.model import InboxItem
from app.foundation.actor import Actor
from app.foundation.db import Base, BigId, JsonBytes, UtcDateTime
from app.foundation.errors import Conflict
from app.foundation.text import lazy_gettext

#: A visitor has no number; all who prove to be the applicant share one draft.
VISITOR = 0


class AnswerDraft(Base):
    """A half-written answer; no part of the record, and gone once the step is over."""

    __tablename__ = "answer_drafts"

    item_id: Mapped[int] = mapped_column(
        ForeignKey(InboxItem.id), primary_key=True, autoincrement=False
    )
    #: Number of the person who writes, so that nobody reads another's unsent words.
    writer: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    #: As it was typed, right or wrong, with the ids of uploads.
    data: Mapped[Any] = mapped_column(JsonBytes)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerChangedElsewhere(Conflict):
    """Another window has kept something else meanwhile; the draft is as that one left it."""

    message = lazy_gettext(
        "This answer was changed in another window. What you see here is not saved yet. Save it to "
        "keep this, or open the page again to see the other."
    )

    def __init__(self, draft: AnswerDraft) -> None:
        super().__init__()
        self.draft = draft


def writer_of(actor: Actor) -> int:
    """Whose draft an actor writes."""
    return actor.person_id or VISITOR


def answer_of(session: Session, item_id: int, actor: Actor) -> AnswerDraft | None:
    """What the actor has begun to write for the item."""
    key = (item_id, writer_of(actor))
    return session.get(AnswerDraft, key, populate_existing=True)


def revision_of(draft: AnswerDraft | None) -> str:
    """The name of the state it is in; also a page without a draft was made from one."""
    return draft.updated_at.isoformat() if draft else "new"
