"""Which officers a notice is for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.inbox.rules import RECEPTION
from app.domain.notices.kinds import KINDS, Audience
from app.domain.notices.model import Notice
from app.domain.people.model import APPLICANT, Membership, Person, Unit
from app.domain.people.overseers import LAST_RESORT
from app.domain.people.seats import LEADERS, held_on
from app.foundation.clock import local_date

#: More than so many are never told of one thing.
MOST = 20


def staff_of(
    session: Session,
    dossier: Dossier,
    audience: Audience,
    told: Mapping[str, Any],
    at: datetime,
) -> Sequence[int]:
    """Numbers of the people; nobody where nobody has the step or holds the role today."""
    return _FINDERS[audience](session, dossier, told, at)


#: Told by name, for what they have or had in hand, and not for a role.
_BY_NAME = frozenset({Audience.ASSIGNEE, Audience.HOLDER})


def still_concerns(
    session: Session, notice: Notice, dossier: Dossier, told: Mapping[str, Any], at: datetime
) -> bool:
    """Whether what was promised to an officer may still be told him: he may have left meanwhile.

    Whoever had taken a step needs a seat where the dossier is or was at work, even if a colleague
    has taken over; whoever was told for his role still has to hold it.
    """
    audience = KINDS[notice.kind].audience
    if audience not in _BY_NAME:
        return notice.person_id in staff_of(session, dossier, audience, told, at)
    worked = select(InboxItem.unit_id).where(InboxItem.dossier_id == dossier.id)
    seat = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id == notice.person_id,
            Membership.unit_id.in_(worked),
            Person.is_active.is_(True),
            held_on(local_date(at)),
        )
    )
    return session.scalar(seat.limit(1)) is not None


def _assignees(
    session: Session, dossier: Dossier, told: Mapping[str, Any], _at: datetime
) -> Sequence[int]:
    """Whoever has taken the step that is told of, or any open step of the dossier."""
    wanted = select(InboxItem.assignee_id).where(
        InboxItem.dossier_id == dossier.id,
        InboxItem.state == ItemState.OPEN,
        InboxItem.assignee_id.is_not(None),
        InboxItem.role != APPLICANT,
    )
    if "task" in told:
        wanted = wanted.where(InboxItem.task_id == told["task"])
    return [one for one in session.scalars(wanted.distinct()) if one is not None]


def _holders_of_ended(
    session: Session, dossier: Dossier, told: Mapping[str, Any], _at: datetime
) -> Sequence[int]:
    """Whoever had taken a step that the run has ended."""
    wanted = select(InboxItem.assignee_id).where(
        InboxItem.dossier_id == dossier.id,
        InboxItem.task_id.in_(told["closed"]),
        InboxItem.assignee_id.is_not(None),
        InboxItem.role != APPLICANT,
    )
    return [one for one in session.scalars(wanted.distinct()) if one is not None]


def _one_stop(
    session: Session, dossier: Dossier, _told: Mapping[str, Any], at: datetime
) -> Sequence[int]:
    units = {dossier.receiving_unit_id, dossier.handling_unit_id}
    return _holders(session, (RECEPTION,), Unit.id.in_(units), at)


def _leaders(
    session: Session, dossier: Dossier, _told: Mapping[str, Any], at: datetime
) -> Sequence[int]:
    return _holders(session, LEADERS, Unit.id == dossier.handling_unit_id, at)


def _superiors(
    session: Session, _dossier: Dossier, told: Mapping[str, Any], at: datetime
) -> Sequence[int]:
    """Those whom the escalation names; nobody where it found no unit, or was erased by law."""
    if not told.get("unit"):
        return []
    return _holders(session, (told["role"],), Unit.code == told["unit"], at)


def _postmasters(
    session: Session, _dossier: Dossier, _told: Mapping[str, Any], at: datetime
) -> Sequence[int]:
    return _holders(session, (LAST_RESORT,), true(), at)


def _holders(session: Session, roles: Collection[str], place: Any, at: datetime) -> Sequence[int]:
    wanted = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            place,
            Person.is_active.is_(True),
            Membership.role_key.in_(roles),
            held_on(local_date(at)),
        )
        .distinct()
        .order_by(Person.id)
        .limit(MOST)
    )
    return session.scalars(wanted).all()


_FINDERS: Mapping[Audience, Callable[..., Sequence[int]]] = {
    Audience.ASSIGNEE: _assignees,
    Audience.HOLDER: _holders_of_ended,
    Audience.ONE_STOP: _one_stop,
    Audience.LEADER: _leaders,
    Audience.SUPERIOR: _superiors,
    Audience.POSTMASTER: _postmasters,
}
