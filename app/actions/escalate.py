"""Tell superiors of what is late, and stop when it is late no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.orm import Session

from app.actions.casework import Casework
from app.domain.deadlines.escalations import IS_WAITING, Escalation
from app.domain.deadlines.model import Deadline
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.people.overseers import Superior, superior
from app.foundation.clock import local_date


@dataclass(frozen=True, kw_only=True)
class LateClock:
    """What is late: a step, or the reception or term of the dossier."""

    due_at: datetime
    #: Where the chain begins.
    unit_id: int
    item_id: int | None = None
    deadline_id: int | None = None


def escalate(
    session: Session, work: Casework, late: LateClock, *, role: str, level: int, at: datetime
) -> dict[str, Any]:
    """Put it before whoever is told in the name of `role`; gives what the journal tells of it.

    Somebody who knows already, since he stands in for several in the chain, finds it once.
    """
    found = superior(session, late.unit_id, role, local_date(at))
    if found:
        _tell(session, work, late, found, level=level, at=at)
    return {
        "level": level,
        "asked": role,
        "role": found.role if found else role,
        "unit": found.unit.code if found else None,
    }


def _tell(
    session: Session, work: Casework, late: LateClock, to: Superior, *, level: int, at: datetime
) -> None:
    known = session.scalar(
        select(Escalation).where(
            Escalation.dossier_id == work.dossier.id,
            Escalation.item_id.is_not_distinct_from(late.item_id),
            Escalation.deadline_id.is_not_distinct_from(late.deadline_id),
            Escalation.role == to.role,
            Escalation.unit_id == to.unit.id,
            IS_WAITING,
        )
    )
    if known:
        known.level = level
    else:
        session.add(
            Escalation(
                dossier_id=work.dossier.id,
                item_id=late.item_id,
                deadline_id=late.deadline_id,
                level=level,
                role=to.role,
                unit_id=to.unit.id,
                due_at=late.due_at,
                told_at=at,
            )
        )
    work.dossier.is_escalated = True
    session.flush()


def _among(*rows: ColumnElement[bool]) -> ColumnElement[bool]:
    """The clocks that are over, or due only later."""
    steps = select(InboxItem.id).where(InboxItem.dossier_id == bindparam("dossier"), or_(*rows[:3]))
    clocks = select(Deadline.id).where(Deadline.dossier_id == bindparam("dossier"), or_(*rows[3:]))
    return or_(Escalation.item_id.in_(steps), Escalation.deadline_id.in_(clocks))


_OVER = _among(
    InboxItem.state != ItemState.OPEN,
    InboxItem.due_at > bindparam("at"),
    InboxItem.task_id.in_(bindparam("closed", expanding=True)),
    Deadline.settled_at.is_not(None),
    Deadline.due_at > bindparam("at"),
)
_SETTLE = (
    update(Escalation)
    .where(Escalation.dossier_id == bindparam("dossier"), IS_WAITING, _OVER)
    .values(settled_at=bindparam("at"))
    .execution_options(synchronize_session=False)
)
_LEFT = select(Escalation.id).where(Escalation.dossier_id == bindparam("dossier"), IS_WAITING)


def settle_escalations(
    session: Session, work: Casework, *, at: datetime, closed: tuple[str, ...] = ()
) -> None:
    """Whatever was done, dropped or given another date needs no superior any more.

    `closed` are tasks that the present run ends. One look at the dossier where nothing is open.
    """
    if not work.dossier.is_escalated:
        return
    session.flush()
    told = {"dossier": work.dossier.id, "at": at, "closed": list(closed)}
    session.execute(_SETTLE, told)
    left = session.scalar(_LEFT.limit(1), {"dossier": work.dossier.id})
    work.dossier.is_escalated = left is not None
    session.flush()
