"""What a notice says: facts of the dossier as it stands, and of the entry it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import ApplicantKind, Status
from app.domain.dossiers.told_by_officers import reason_in
from app.domain.dossiers.withdrawal import REASON as WITHDRAWAL_REASON
from app.domain.inbox.due import NEVER
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.notices.model import Notice, Party
from app.domain.people.model import APPLICANT, Person, Unit
from app.domain.postal.choice import ReturnMethod
from app.domain.postal.queries import choice_of
from app.foundation.text import one_line
from app.queries.definitions import LoadedVersion, loaded_version
from app.queries.succession import asked_on_return

#: Where a reader finds the dossier, below the public address.
PAGES: Mapping[Party, str] = {
    Party.OWNER: "/ho-so/{code}",
    Party.SUBMITTER: "/ho-so/{code}",
    Party.STAFF: "/viec/ho-so/{code}",
}
#: Where a leader decides about a letter.
LETTER_PAGE = "/viec/ho-so/{code}/xin-loi"
#: Where an administrator looks after the post.
POST_PAGE = "/quan-tri/buu-chinh"
#: Kinds that lead elsewhere.
OWN_PAGES = {"apology-waiting": LETTER_PAGE, "parcel-blocked": POST_PAGE}
#: Where somebody with an account chooses how to be told.
PREFERENCES_PAGE = "/tai-khoan/thong-bao"
#: The notice that lists what is missing.
SENT_AGAIN = "send-again"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who writes, and where the links lead."""

    province: str
    public_url: str


def facts_of_notice(session: Session, notice: Notice, head: Letterhead) -> dict[str, Any]:
    """Everything any wording may name."""
    dossier = session.get_one(Dossier, notice.dossier_id)
    version = loaded_version(session, dossier.version_id)
    units = _units(session, dossier)
    told = told_of(session, notice)
    return {
        "name": _name(session, notice, dossier),
        "is_person": notice.party is not Party.OWNER or dossier.owner_kind is ApplicantKind.CITIZEN,
        "owner": _name(session, notice, dossier)
        if notice.party is Party.OWNER
        else dossier.owner_name,
        "submitter": dossier.submitter_name if dossier.authorisation else "",
        "code": dossier.code,
        "procedure": version.catalogue.name,
        "unit": units[dossier.handling_unit_id],
        "receiving_unit": units[dossier.receiving_unit_id],
        "due_at": _due_at(notice, dossier, told),
        "due_before": _moment(told.get("due_before")),
        "promised": dossier.due_at_original is not None,
        "reception_due_at": dossier.reception_due_at,
        "answer_by": _moment(told.get("pay_by")) or _answer_by(session, dossier),
        "awaits_payment": dossier.status is Status.AWAITING_PAYMENT,
        "by_post": choice_of(session, dossier.id).method is ReturnMethod.POST,
        "reason": _reason(told),
        "refund": bool(told.get("refund")),
        "asked": _asked(session, notice, dossier),
        "step": _step(version, told),
        "province": head.province,
        "url": head.public_url + _page(notice).format(code=dossier.code),
        "preferences_url": head.public_url + PREFERENCES_PAGE if notice.person_id else "",
    }


def _page(notice: Notice) -> str:
    return OWN_PAGES.get(notice.kind) or PAGES[notice.party]


def told_of(session: Session, notice: Notice) -> Mapping[str, Any]:
    """What the entry says that it tells of; nothing where it was erased by law."""
    entry = session.get(JournalEntry, (notice.dossier_id, notice.seq))
    return (entry.payload if entry else None) or {}


def _name(session: Session, notice: Notice, dossier: Dossier) -> str:
    if notice.party is Party.OWNER:
        return dossier.owner_name
    if notice.party is Party.SUBMITTER:
        return dossier.submitter_name
    return session.get_one(Person, notice.person_id).name


def _units(session: Session, dossier: Dossier) -> dict[int, str]:
    wanted = {dossier.handling_unit_id, dossier.receiving_unit_id}
    found = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))
    return {row.id: row.name for row in found}


def _due_at(notice: Notice, dossier: Dossier, told: Mapping[str, Any]) -> datetime:
    """Applicants are told the date in force, officers that of the alarm."""
    if notice.party is Party.STAFF:
        return _moment(told.get("due_at")) or dossier.due_at_current
    return dossier.due_at_current


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _answer_by(session: Session, dossier: Dossier) -> datetime | None:
    """By when the applicant has to do what waits for him."""
    found = session.scalar(
        select(InboxItem.due_at)
        .where(
            InboxItem.dossier_id == dossier.id,
            InboxItem.role == APPLICANT,
            InboxItem.state == ItemState.OPEN,
        )
        .order_by(InboxItem.due_at)
        .limit(1)
    )
    return None if found is None or found >= NEVER else found


def _asked(session: Session, notice: Notice, dossier: Dossier) -> tuple[str, ...]:
    """Item by item, what a visitor has to put right in the dossier he sends instead."""
    if notice.kind != SENT_AGAIN:
        return ()
    asked = asked_on_return(session, dossier, entries_of(session, dossier.id))
    items = asked.items if asked else ()
    return tuple(one_line(f"{one.name}: {one.remark}".removesuffix(": ")) for one in items)


def _reason(told: Mapping[str, Any]) -> str:
    """In the words of whoever decided: an officer, the applicant who withdraws, a leader."""
    data = told.get("data") or {}
    found = reason_in(data) or data.get(WITHDRAWAL_REASON) or told.get("reason")
    return found if isinstance(found, str) else ""


def _step(version: LoadedVersion, told: Mapping[str, Any]) -> str:
    """Name of the step, in whichever diagram of the version it stands."""
    key = told.get("step") or ""
    for definition in version.diagrams.values():
        if key in definition.steps:
            return definition.steps[key].name
    return key
