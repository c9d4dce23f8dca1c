"""Parcels that do not move, and the pool of item codes, for those who look after the post."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.people.model import Unit
from app.domain.postal.item_codes import codes_left
from app.domain.postal.model import Parcel
from app.domain.postal.states import UNTOLD, ParcelState

#: More than this nobody works off in one sitting.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A parcel with its dossier."""

    parcel: Parcel
    code: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class PostPage:
    """What an administrator looks at."""

    codes_left: int
    #: Those in trouble, and those that an officer takes to the post, oldest first.
    stuck: Sequence[Listed]

    @property
    def can_try(self) -> bool:
        """Whether any of them has still to be ordered."""
        return any(one.parcel.state in UNTOLD for one in self.stuck)


def post_page(session: Session) -> PostPage:
    """How the post stands."""
    found = session.execute(
        select(Parcel, Dossier.code, Unit.name)
        .join(Dossier, Dossier.id == Parcel.dossier_id)
        .join(Unit, Unit.id == Dossier.receiving_unit_id)
        .where(
            Parcel.trouble.is_not(None)
            | Parcel.state.in_((ParcelState.RETURNED, ParcelState.FAILED, ParcelState.BY_HAND)),
            Dossier.closed_at.is_(None),
        )
        .order_by(Parcel.id)
        .limit(MOST)
    )
    stuck = [Listed(parcel=parcel, code=code, unit=unit) for parcel, code, unit in found]
    return PostPage(codes_left=codes_left(session), stuck=stuck)
