"""Reading how results go back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.postal.choice import ReturnChoice, ReturnMethod
from app.domain.postal.model import CarrierMessage, Parcel, ResultReturn
from app.foundation.partner_messages import last_messages


def choice_of(session: Session, dossier_id: int) -> ReturnChoice:
    """What was chosen for the dossier; the counter where nobody has chosen."""
    row = session.get(ResultReturn, dossier_id, populate_existing=True)
    return row.choice if row else ReturnChoice(method=ReturnMethod.COUNTER)


def parcel_of(session: Session, dossier_id: int) -> Parcel | None:
    """The parcel of that dossier."""
    wanted = select(Parcel).where(Parcel.dossier_id == dossier_id)
    return session.scalar(wanted.execution_options(populate_existing=True))


def messages_of(session: Session, parcel_id: int) -> Sequence[CarrierMessage]:
    """What was said about a parcel, oldest first."""
    return last_messages(session, CarrierMessage, CarrierMessage.parcel_id == parcel_id)
