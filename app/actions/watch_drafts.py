"""Look after applications that nobody sends: tell their writers, then delete them.

A draft is no dossier and no record: nothing of it stands in a journal. Whoever writes in it, starts
its time anew; the watch finds that out by itself when it looks.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.discard_draft import discard_draft
from app.actions.promise_mail import promise_mail
from app.domain.accounts.emails import is_address, normal
from app.domain.accounts.registrations import MailPurpose
from app.domain.dossiers.drafts import DraftWatch, Keeping, is_begun
from app.domain.dossiers.model import Draft
from app.domain.notices.model import Channel
from app.domain.notices.reaching import Wishes
from app.domain.people.model import Person
from app.domain.people.rules import digest_of
from app.foundation.appointments import comes_due
from app.foundation.due import DueRows
from app.queries.notice_contacts import wishes_of

#: So many letters of this kind go to one mailbox within a day: anybody may type any address.
MOST_A_DAY = 3

WATCHED_DRAFTS = DueRows(number=DraftWatch.id, instant=DraftWatch.look_at, waiting=())


def watch_draft(session: Session, watch_id: int, *, keeping: Keeping, at: datetime) -> bool:
    """Tell the writer, delete the draft, or look again later; False when there is nothing to do."""
    watch = session.scalar(
        select(DraftWatch)
        .where(DraftWatch.id == watch_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if watch is None or watch.look_at > at:
        return False
    draft = session.get_one(Draft, watch.draft_id, with_for_update=True, populate_existing=True)
    if draft.dossier_id is not None:
        session.delete(watch)
    else:
        _watch(session, watch, draft, keeping, at)
    session.flush()
    return True


def _watch(
    session: Session, watch: DraftWatch, draft: Draft, keeping: Keeping, at: datetime
) -> None:
    changed_at = draft.updated_at
    if watch.told_at is not None and changed_at > watch.told_at:
        watch.told_at = watch.told_whom = None
    if at < keeping.tells_at(changed_at):
        _look_again(session, watch, keeping.tells_at(changed_at))
    elif watch.told_at is None and _tell(session, watch, draft, at):
        _look_again(session, watch, max(keeping.ends_at(changed_at), keeping.told_in_time(at)))
    elif at < (ends_at := _ends_at(watch, changed_at, keeping)):
        _look_again(session, watch, ends_at)
    else:
        discard_draft(session, draft)


def _ends_at(watch: DraftWatch, changed_at: datetime, keeping: Keeping) -> datetime:
    """After an outage nobody loses what he was told of too late."""
    ends_at = keeping.ends_at(changed_at)
    return max(ends_at, keeping.told_in_time(watch.told_at)) if watch.told_at else ends_at


def _look_again(session: Session, watch: DraftWatch, at: datetime) -> None:
    watch.look_at = at
    comes_due(session, at)


def _tell(session: Session, watch: DraftWatch, draft: Draft, at: datetime) -> bool:
    """Promise a letter where an address is known and wanted; an empty draft is worth none."""
    if not is_begun(draft):
        return False
    wishes = wishes_of(session, draft.person_id)
    if draft.person_id is not None:
        address = _of_person(session, draft.person_id, wishes)
    else:
        address = _typed(draft.applicant)
    if not address or _flooded(session, address, at):
        return False
    watch.told_at, watch.told_whom = at, digest_of(address)
    promise_mail(
        session,
        MailPurpose.DRAFT_ENDS,
        language=wishes.language,
        login=address,
        person_id=draft.person_id,
        draft_id=draft.id,
        at=at,
        goes_at=wishes.quiet.after(at),
    )
    return True


def _of_person(session: Session, person_id: int, wishes: Wishes) -> str:
    """The address of an account, if its owner wants e-mails."""
    person = session.get_one(Person, person_id)
    is_told = person.is_active and Channel.EMAIL in wishes.channels
    return normal(person.email or "") if is_told else ""


def _typed(applicant: Mapping[str, Any]) -> str:
    """The address that a visitor has typed into the draft, if it can be one."""
    typed = normal(str(applicant.get("email") or ""))
    return typed if is_address(typed) else ""


def _flooded(session: Session, address: str, at: datetime) -> bool:
    same = select(func.count()).where(
        DraftWatch.told_whom == digest_of(address), DraftWatch.told_at > at - timedelta(days=1)
    )
    return (session.scalar(same) or 0) >= MOST_A_DAY
