"""Reading how results go back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.postal.choice import ReturnChoice, ReturnMethod
from app.domain.postal.model import CarrierMessage, Parcel, ResultReturn

#: Messages of one parcel that a page shows.
SHOWN = 100


def choice_of(session: Session, dossier_id: int) -> ReturnChoice:
    """What was chosen for the dossier; the counter where nobody has chosen."""
    row = session.get(ResultReturn, dossier_id, populate_existing=True)
    return row.choice if row else ReturnChoice(method=ReturnMethod.COUNTER)


def parcel_of(session: Session, dossier_id: int) -> Parcel | None:
    """The parcel of that dossier."""
    wanted = select(Parcel).where(Parcel.dossier_id == dossier_id)
    return session.scalar(wanted.execution_options(populate_existing=True))


def return_rows(session: Session, dossier_id: int) -> tuple[ResultReturn | None, Parcel | None]:
    """The choice and the parcel of a dossier, in one look."""
    row = session.execute(
        select(ResultReturn, Parcel)
        .select_from(Dossier)
        .outerjoin(ResultReturn, ResultReturn.dossier_id == Dossier.id)
        .outerjoin(Parcel, Parcel.dossier_id == Dossier.id)
        .where(Dossier.id == dossier_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def messages_of(session: Session, parcel_id: int) -> Sequence[CarrierMessage]:
    """What was said about a parcel, oldest first."""
    return session.scalars(
        select(CarrierMessage)
        .where(CarrierMessage.parcel_id == parcel_id)
        .order_by(CarrierMessage.id)
        .limit(SHOWN)
    ).all()
