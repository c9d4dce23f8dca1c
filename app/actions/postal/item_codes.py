"""Fill the pool of item codes, and let what waited for them go on."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from app.domain.people.overseers import LAST_RESORT
from app.domain.postal.item_codes import add_codes
from app.domain.postal.model import Parcel
from app.domain.postal.states import ParcelState, Trouble
from app.foundation.actor import Actor, ActorKind
from app.foundation.appointments import comes_due
from app.foundation.errors import NotAllowed
from app.foundation.text import lazy_gettext


class NotThePostmaster(NotAllowed):
    """The post is the matter of the province's administrators."""

    message = lazy_gettext("Only administrators of the province look after the post.")


def ensure_postmaster(actor: Actor) -> None:
    """Raise NotThePostmaster for everybody but administrators of the province."""
    if actor.kind is not ActorKind.SYSTEM and not actor.holds(LAST_RESORT):
        raise NotThePostmaster


def add_item_codes(session: Session, codes: Iterable[str], *, actor: Actor, at: datetime) -> int:
    """Add codes that the carrier has allotted; returns how many are new.

    Raises NotThePostmaster, and Invalid under `codes`.
    """
    ensure_postmaster(actor)
    added = add_codes(session, codes, at)
    hurry_parcels(session, actor=actor, at=at)
    return added


def hurry_parcels(session: Session, *, actor: Actor, at: datetime) -> int:
    """Have everything that waits to be ordered tried now, with or without a mishap before.

    A parcel that was refused gets another item code: the old one may be the reason. One statement:
    what the carrier takes at this moment is not called back.
    """
    ensure_postmaster(actor)
    refused = Parcel.trouble == Trouble.REFUSED
    hurried = session.scalars(
        update(Parcel)
        .where(Parcel.state.in_((ParcelState.WAITING, ParcelState.BY_HAND)))
        .values(
            state=ParcelState.WAITING,
            act_at=at,
            item_code=case((refused, None), else_=Parcel.item_code),
        )
        .returning(Parcel.id)
        .execution_options(synchronize_session=False)
    ).all()
    if hurried:
        comes_due(session, at)
    return len(hurried)
