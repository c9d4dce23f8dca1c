"""Where open steps stand in their queues, when the clock of their dossier rings or is set anew."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.inbox.due import SET_ASIDE, URGENT, rank_of
from app.domain.inbox.model import InboxItem, ItemState
from app.foundation.db import table_of

_OPEN = (InboxItem.dossier_id == bindparam("dossier"), InboxItem.state == ItemState.OPEN)
_URGE = update(table_of(InboxItem)).where(*_OPEN, InboxItem.rank != SET_ASIDE).values(rank=URGENT)
_ITEMS = select(InboxItem).where(*_OPEN).execution_options(populate_existing=True)


def urge(session: Session, work: Casework) -> None:
    """Put the open work of the dossier in front, save what is set aside: its clock has rung."""
    session.connection().execute(_URGE, {"dossier": work.dossier.id})


def rank_again(session: Session, work: Casework, stage_before: int) -> None:
    """Put the open work of the dossier where it belongs, if its clock stands otherwise now."""
    if work.dossier.clock_stage == stage_before:
        return
    session.flush()
    for item in session.scalars(_ITEMS, {"dossier": work.dossier.id}):
        if item.rank != SET_ASIDE:
            item.rank = item_rank(work, item)
    session.flush()


def item_rank(work: Casework, item: InboxItem) -> int:
    """Where an item belongs by what it says and by the clock of its dossier, if not set aside."""
    stage = max(item.stage, work.dossier.clock_stage)
    return rank_of(work.dossier.channel, stage, item.due_at)
