"""Have a message tried again that failed: by an administrator, or at the terminal."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendars.rules import PROVINCE_ADMIN, UNIT_ADMIN
from app.domain.dossiers.model import Dossier
from app.domain.notices.model import Delivery, DeliveryState, Notice
from app.foundation.actor import Actor, ActorKind
from app.foundation.appointments import POST, comes_due
from app.foundation.errors import Conflict, NotFound
from app.foundation.text import lazy_gettext


class UnknownDelivery(NotFound):
    """There is no such message, or it is not the actor's to see."""

    message = lazy_gettext("There is no such message.")


class NothingToRetry(Conflict):
    """The message has left, or is tried again by itself."""

    message = lazy_gettext("This message has been sent already, or is being sent.")


def retry_delivery(session: Session, delivery_id: int, *, actor: Actor, at: datetime) -> Delivery:
    """Put a failed message back in front; raises UnknownDelivery and NothingToRetry."""
    found = session.execute(
        select(Delivery, Dossier.handling_unit_id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .join(Dossier, Dossier.id == Notice.dossier_id)
        .where(Delivery.id == delivery_id)
        .with_for_update(of=Delivery)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or not may_look_after(actor, found[1]):
        raise UnknownDelivery
    delivery = found[0]
    if delivery.state is not DeliveryState.FAILED:
        raise NothingToRetry
    delivery.state, delivery.attempts, delivery.next_try_at = DeliveryState.QUEUED, 0, at
    comes_due(session, at, whom=POST)
    session.flush()
    return delivery


def may_look_after(actor: Actor, unit_id: int) -> bool:
    """Whether the messages about dossiers of that unit are the actor's to look after."""
    if actor.kind is ActorKind.SYSTEM or actor.holds(PROVINCE_ADMIN):
        return True
    return actor.holds(UNIT_ADMIN, unit_id)
