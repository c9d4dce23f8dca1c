"""Choose how the result comes back: when the dossier is sent, or later until it is ready."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_dossier_called
from app.actions.record import record
from app.domain.inbox.rules import RECEPTION, is_applicant
from app.domain.journal.events import Event
from app.domain.postal.choice import RULES, ReturnChoice
from app.domain.postal.model import ResultReturn
from app.domain.postal.queries import choice_of
from app.domain.postal.rules import ensure_offered, ensure_still_open, may_choose
from app.foundation.actor import Actor, Seat
from app.queries.dossier_pages import UnknownDossier


def choose_return(
    session: Session,
    code: str,
    choice: ReturnChoice,
    *,
    allowed: bool,
    actor: Actor,
    at: datetime,
) -> bool:
    """Keep another choice; False when it is the one that stands already.

    `allowed` is whether the province sends results by post; the procedure must allow it as well.
    Raises UnknownDossier, also for those whose choice it is not, TooLateToChoose, PostNotOffered.
    """
    work = open_dossier_called(session, code, at)
    if work is None or not may_choose(work.dossier, actor):
        raise UnknownDossier(code=code)
    ensure_still_open(work.dossier)
    ensure_offered(choice, offered=allowed and work.version.catalogue.postal_return)
    if choice_of(session, work.dossier.id) == choice:
        return False
    own = is_applicant(work.dossier, actor)
    seat = None if own else actor.seat_for(RECEPTION, work.dossier.receiving_unit_id)
    keep_choice(session, work, choice, actor=actor, seat=seat, at=at)
    return True


def keep_choice(
    session: Session,
    work: Casework,
    choice: ReturnChoice,
    *,
    actor: Actor,
    seat: Seat | None,
    at: datetime,
) -> None:
    """Write the choice and its entry, under the dossier's lock."""
    address = choice.address.as_dict() if choice.address else {}
    row = session.get(ResultReturn, work.dossier.id, populate_existing=True)
    if row is None:
        row = ResultReturn(dossier_id=work.dossier.id)
        session.add(row)
    row.method, row.chosen_at, row.chosen_by_id = choice.method, at, actor.person_id
    for name in RULES:
        setattr(row, name, address.get(name))
    session.flush()
    told = {
        "method": choice.method.value,
        # One key of its own: answers of forms are looked up by theirs.
        "data": {"result_return": address},
    }
    record(session, work, Event.RESULT_RETURN_CHOSEN, told, actor=actor, seat=seat, at=at)
