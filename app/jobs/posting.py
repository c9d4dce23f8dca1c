"""Errand: tell the carrier of a parcel, or ask him about it."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.actions.postal.order_parcel import Dispatch, Heard, carry, settle_parcel, take_parcel
from app.domain.postal.vnpost import carrier_of
from app.jobs.errands import Errand


def _take(session: Session, row: int, /, *, at: datetime) -> Dispatch | None:
    connected = carrier_of(current_app.config) is not None
    province = current_app.config["PROVINCE_NAME"]
    return take_parcel(session, row, at=at, province=province, connected=connected)


def _carry(dispatch: Dispatch, /) -> Heard:
    carrier = carrier_of(current_app.config)
    if carrier is None:
        return Heard(kind="order", result="no_carrier")
    return carry(carrier, dispatch)


talk_to_carrier = Errand(take=_take, carry=_carry, note=settle_parcel)
