"""Keep what an applicant has begun to write for a step, until he sends it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from app.actions.casework import open_item
from app.domain.documents.uploads import ErrandKind, FileErrand
from app.domain.inbox.answers import (
    AnswerChangedElsewhere,
    AnswerDraft,
    answer_of,
    revision_of,
    writer_of,
)
from app.domain.inbox.model import InboxItem
from app.domain.inbox.rules import TaskOfAnotherUnit, ensure_open, is_applicant
from app.domain.people.model import APPLICANT
from app.foundation.actor import Actor


def keep_answer(
    session: Session,
    item_id: int,
    data: Mapping[str, Any],
    files: Collection[str],
    *,
    seen: str | None,
    kept_for: timedelta,
    actor: Actor,
    at: datetime,
) -> AnswerDraft:
    """Keep the answers, right or wrong; their uploads stay for `kept_for` from now on.

    Nothing of it is for the journal. A page that names no state it has `seen` is taken at its word.
    Raises UnknownTask, TaskOfAnotherUnit, TaskAlreadyDone, TaskWithdrawn, AnswerChangedElsewhere.
    """
    item, work = open_item(session, item_id, at)
    if item.role != APPLICANT or not is_applicant(work.dossier, actor):
        raise TaskOfAnotherUnit
    ensure_open(item)
    draft = answer_of(session, item_id, actor)
    if draft is not None and seen and seen != revision_of(draft):
        raise AnswerChangedElsewhere(draft)
    if draft is None:
        draft = AnswerDraft(item_id=item_id, writer=writer_of(actor))
        session.add(draft)
    draft.data, draft.updated_at = dict(data), at
    _spare(session, files, until=at + kept_for)
    session.flush()
    return draft


#: By task, since the corridor knows no numbers of items.
_FORGET = (
    delete(AnswerDraft)
    .where(
        AnswerDraft.item_id.in_(
            select(InboxItem.id).where(
                InboxItem.dossier_id == bindparam("dossier"),
                InboxItem.task_id.in_(bindparam("tasks", expanding=True)),
            )
        )
    )
    .execution_options(synchronize_session=False)
)


def forget_answers(session: Session, dossier_id: int, tasks: Sequence[str]) -> None:
    """These steps are over: what was begun for them has been sent, or will never be."""
    session.execute(_FORGET, {"dossier": dossier_id, "tasks": tasks})


def _spare(session: Session, files: Collection[str], *, until: datetime) -> None:
    """Let the uploads be swept only after that."""
    session.execute(
        update(FileErrand)
        .where(
            FileErrand.kind == ErrandKind.SWEEP_FILE,
            FileErrand.subject.in_(files),
            FileErrand.done_at.is_(None),
            FileErrand.available_at < until,
        )
        .values(available_at=until)
        .execution_options(synchronize_session=False)
    )
