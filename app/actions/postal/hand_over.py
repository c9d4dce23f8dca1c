"""A delivered parcel completes the step that hands the result over, as an officer would.

The officer who packs the parcel writes that step's answers beforehand; the delivery completes it
with them through `complete_task`. Without them the step waits for an officer as it always did.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.casework import Casework, open_item
from app.actions.complete_task import complete_task
from app.actions.postal.parcels import AtHand, block, parcel_at_hand
from app.actions.record import record
from app.actions.set_aside import set_aside
from app.domain.dossiers.status import Status
from app.domain.inbox.model import IS_OPEN, InboxItem
from app.domain.inbox.rules import ensure_mine_to_do, ensure_open, seat_used
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.people.model import APPLICANT
from app.domain.people.queries import actor_of
from app.domain.postal.model import Parcel
from app.domain.postal.queries import choice_of, parcel_of
from app.domain.postal.states import UNDER_WAY, ParcelState, Trouble
from app.forms import FormDefinition, validate
from app.foundation.actor import SYSTEM, Actor
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.foundation.errors import Conflict, Invalid
from app.foundation.text import lazy_gettext

#: Deliveries whose dossier has to be completed.
DELIVERED_PARCELS = DueRows(
    number=Parcel.id, instant=Parcel.hand_over_at, waiting=(Parcel.hand_over_at.is_not(None),)
)
#: What the forms of the last step call the way of handing over, and what stands there.
METHOD, BY_POST = "result_method", "postal"
#: States in which the answers may be written for later.
OPEN = UNDER_WAY | {ParcelState.WAITING, ParcelState.DELIVERED}


class NothingToPrepare(Conflict):
    """No parcel of this dossier is on its way, or this is not the step that it completes."""

    message = lazy_gettext("This step does not wait for a parcel. Complete it instead.")


def is_hand_over(form: FormDefinition) -> bool:
    """Whether the step of that form hands a result over."""
    return any(one.path[0] == METHOD for one in form.inputs)


def prepare_hand_over(
    session: Session, item_id: int, data: Mapping[str, Any], *, actor: Actor, at: datetime
) -> None:
    """Keep the answers of the last step until the parcel is delivered.

    Raises as `complete_task` does for work that is not the actor's, FormInvalid, NothingToPrepare.
    """
    item, work = open_item(session, item_id, at)
    ensure_mine_to_do(item, work.dossier, actor)
    ensure_open(item)
    parcel = parcel_of(session, work.dossier.id)
    form = work.version.form(item.form)
    if parcel is None or parcel.state not in OPEN or not is_hand_over(form):
        raise NothingToPrepare
    clean = validate(form, _by_post(session, form, data, parcel, receiver=""))
    told = {"step": item.step, "task": item.task_id, "data": clean}
    seat = seat_used(item, work.dossier, actor)
    record(session, work, Event.PARCEL_PREPARED, told, actor=actor, seat=seat, at=at)
    # From here on the carrier takes his time: the step is nobody's to be late with.
    set_aside(session, [item])
    if parcel.state is ParcelState.DELIVERED:
        parcel.hand_over_at, parcel.trouble = at, None
        comes_due(session, at)
    session.flush()


def hand_over(session: Session, parcel_id: int, *, at: datetime) -> bool:
    """Complete the last step of a delivered parcel's dossier; False when somebody is at it.

    Raises DiagramFails and FeeUnpaid; the delivery stays recorded whatever the diagram does.
    """
    hand = parcel_at_hand(session, parcel_id, at, skip_locked=True)
    if hand is None:
        return False
    parcel = hand.parcel
    if parcel.hand_over_at is None or parcel.hand_over_at > at:
        return False
    parcel.hand_over_at = None
    session.flush()
    item = _last_step(session, hand.work)
    prepared = _prepared(session, item) if item else None
    if item is None or prepared is None or not _complete(session, hand, item, prepared, at):
        _leave_to_people(session, hand, at)
    return True


def _complete(
    session: Session, hand: AtHand, item: InboxItem, prepared: JournalEntry, at: datetime
) -> bool:
    """Whether the answers could be used; files that are gone, or another form, leave it open."""
    form = hand.work.version.form(item.form)
    given = (prepared.payload or {})["data"]
    receiver = _receiver(session, hand.work.dossier.id)
    data = _by_post(session, form, given, hand.parcel, receiver=receiver)
    packer = actor_of(session, prepared.actor_id, at) if prepared.actor_id else None
    try:
        with session.begin_nested():
            complete_task(session, item.id, data, actor=SYSTEM, at=at, uploader=packer)
    except Invalid:
        return False
    return True


def _by_post(
    session: Session,
    form: FormDefinition,
    data: Mapping[str, Any],
    parcel: Parcel,
    *,
    receiver: str,
) -> dict[str, Any]:
    """The answers with what is known of the parcel, as far as the form asks for it."""
    address = choice_of(session, parcel.dossier_id).address
    named = receiver or data.get("receiver_name") or (address.recipient if address else "")
    known = {METHOD: BY_POST, "receiver_name": named}
    if parcel.item_code:
        known["postal_code"] = parcel.item_code
    asked = {one.path[0] for one in form.inputs}
    return dict(data) | {name: value for name, value in known.items() if name in asked}


def _last_step(session: Session, work: Casework) -> InboxItem | None:
    """The open step that hands the result over, if there is exactly one."""
    if work.dossier.status is not Status.RESULT_READY:
        return None
    found = session.scalars(
        select(InboxItem)
        .where(InboxItem.dossier_id == work.dossier.id, IS_OPEN, InboxItem.role != APPLICANT)
        .execution_options(populate_existing=True)
    ).all()
    steps = [one for one in found if is_hand_over(work.version.form(one.form))]
    return steps[0] if len(steps) == 1 else None


def _prepared(session: Session, item: InboxItem) -> JournalEntry | None:
    """The answers that were written last for that task."""
    written = session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.dossier_id == item.dossier_id,
            JournalEntry.event == Event.PARCEL_PREPARED,
        )
        .order_by(JournalEntry.seq.desc())
    )
    return next(
        (one for one in written if one.payload and one.payload["task"] == item.task_id), None
    )


def _receiver(session: Session, dossier_id: int) -> str:
    """Who took it, as the carrier says (spec L-17)."""
    told = session.scalar(
        select(JournalEntry.payload)
        .where(JournalEntry.dossier_id == dossier_id, JournalEntry.event == Event.PARCEL_MOVED)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    )
    return str(((told or {}).get("data") or {}).get("parcel", {}).get("receiver", ""))


def give_up_hand_over(
    session: Session, parcel_id: int, error: Exception, /, *, at: datetime
) -> None:
    """The step cannot be completed, again and again: an officer is told, and sees why."""
    del error  # It stands in the log, and on the page of whoever completes the step.
    hand = parcel_at_hand(session, parcel_id, at)
    if hand and hand.parcel.hand_over_at:
        hand.parcel.hand_over_at = None
        _leave_to_people(session, hand, at)
        session.flush()


def _leave_to_people(session: Session, hand: AtHand, at: datetime) -> None:
    """Unless it was handed over meanwhile, an officer has to complete the step."""
    if hand.work.dossier.status is Status.RESULT_READY:
        block(session, hand, Trouble.NOT_PREPARED, at)
