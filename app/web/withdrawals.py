"""What pages of applicants and of officers say about withdrawing a dossier."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from app.actions.withdraw_dossier import can_withdraw
from app.domain.dossiers.status import FINISHED, Status
from app.domain.payments.queries import payments_of
from app.domain.payments.rules import is_asked_back
from app.foundation.actor import Actor
from app.queries.dossier_pages import DossierPage


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A withdrawal that has happened, as pages tell it."""

    at: datetime | None
    #: Whole VND that the office is to give back.
    owed: int


def withdraw_url(page: DossierPage, actor: Actor) -> str | None:
    """Where the reader may withdraw it, or learns why not yet; none once the office is done."""
    if page.dossier.status in FINISHED or not can_withdraw(page.dossier, actor):
        return None
    return url_for("portal.withdraw", code=page.dossier.code)


def withdrawn_view(session: Session, page: DossierPage) -> Withdrawn | None:
    """What is said of a dossier that was withdrawn."""
    if page.dossier.status is not Status.WITHDRAWN:
        return None
    known = payments_of(session, page.dossier.id)
    owed = sum(one.total for one in known if is_asked_back(one, page.dossier))
    return Withdrawn(at=page.dossier.closed_at, owed=owed)
