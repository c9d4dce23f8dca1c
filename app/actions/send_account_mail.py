"""Keep the promise of an e-mail about an account, in two steps: prepare, then settle.

Between the two the e-mail leaves, outside any transaction. The link in it follows from the promise
and the house's secret: sent again after a failure it is the same link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from app.actions.promise_mail import link_token
from app.actions.prove_by_mail import address_of, make_proof_code
from app.domain.accounts.letters import Letter
from app.domain.accounts.queries import is_officer, person_with_login
from app.domain.accounts.registrations import (
    ACTIVATION_LIFE,
    RECOVERY_LIFE,
    AccountLink,
    AccountMail,
    LinkPurpose,
    MailPurpose,
    Registration,
)
from app.domain.dossiers.drafts import DraftWatch
from app.domain.dossiers.model import Draft
from app.domain.dossiers.proofs import LIFE, digits_of
from app.domain.feedback.complaints import Complaint
from app.domain.people.model import Person, Unit
from app.domain.people.rules import digest_of
from app.domain.procedures.model import Procedure
from app.foundation.appointments import POST, comes_due
from app.foundation.clock import local_date
from app.foundation.due import DueRows

#: Nobody else takes up a promise that somebody is keeping.
HELD_FOR = timedelta(minutes=2)
#: After so many failures the promise is given up: links are short-lived anyway.
MOST_ATTEMPTS = 6
#: No mailbox and no account gets more letters of one kind within an hour.
MOST_AN_HOUR = 4

DUE_MAILS = DueRows(number=AccountMail.id, instant=AccountMail.available_at, waiting=())


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """To whom which letter goes; `token` is the secret part of its link."""

    #: Names the e-mail for good, however often it has to be sent.
    key: str
    to: str
    name: str
    letter: Letter
    language: str
    at: datetime
    token: str = ""
    #: What else the letter tells.
    facts: Mapping[str, str] = field(default_factory=dict)


def prepare_mail(session: Session, mail_id: int, *, secret: str, at: datetime) -> Envelope | None:
    """Take the promise up and make its link valid; None when there is nothing to send."""
    mail = session.get(AccountMail, mail_id, with_for_update=True)
    if mail is None or mail.available_at is None or mail.available_at > at:
        return None
    mail.available_at = at + HELD_FOR
    mail.attempts += 1
    token = link_token(secret, mail.id)
    envelope = _envelope(session, mail, token, at)
    if envelope is None:
        settle_mail(session, mail_id, "nobody to write to", at=at)
    session.flush()
    return envelope


def settle_mail(session: Session, mail_id: int, outcome: str, *, at: datetime) -> bool:
    """It has left, or never will."""
    del at
    session.execute(
        update(AccountMail)
        .where(AccountMail.id == mail_id)
        .values(available_at=None, outcome=outcome[:200], login=None),
        execution_options={"synchronize_session": False},
    )
    return True


def postpone_mail(session: Session, mail_id: int, reason: str, *, at: datetime) -> int:
    """Try again later, or give up; returns how often it was tried."""
    mail = session.get(AccountMail, mail_id)
    if mail is None or mail.available_at is None:
        return 0
    if mail.attempts >= MOST_ATTEMPTS:
        settle_mail(session, mail_id, reason, at=at)
    else:
        mail.available_at = at + timedelta(seconds=5 * 2.0**mail.attempts)
        mail.outcome = reason[:200]
        comes_due(session, mail.available_at, whom=POST)
        session.flush()
    return mail.attempts


def _envelope(session: Session, mail: AccountMail, token: str, at: datetime) -> Envelope | None:
    match mail.purpose:
        case MailPurpose.REGISTER:
            return _about_registration(session, mail, token, at)
        case MailPurpose.RECOVER:
            return _about_recovery(session, mail, token, at)
        case MailPurpose.CONFIRM_EMAIL:
            return _about_new_address(session, mail, token, at)
        case MailPurpose.PASSWORD_CHANGED | MailPurpose.EMAIL_CHANGED | MailPurpose.LOCKED:
            return _news(session, mail)
        case MailPurpose.DRAFT_ENDS | MailPurpose.FEEDBACK_RECEIVED | MailPurpose.FEEDBACK_ANSWERED:
            return _about_what_was_written(session, mail)
        case MailPurpose.PROOF_CODE:
            return _with_code(session, mail, token, at)
        case unknown:
            assert_never(unknown)


def _about_registration(
    session: Session, mail: AccountMail, token: str, at: datetime
) -> Envelope | None:
    row = session.get(Registration, mail.registration_id)
    if row is None or row.activated_at is not None:
        return None
    same = (
        select(func.count())
        .select_from(AccountMail)
        .join(Registration, Registration.id == AccountMail.registration_id)
    )
    if _too_many(session, same.where(Registration.email == row.email), mail, at):
        return None
    letter = Letter.ACTIVATE
    if person_with_login(session, row.email) is not None:
        letter, token = Letter.HAS_ACCOUNT, ""
    else:
        row.digest, row.expires_at = digest_of(token), at + ACTIVATION_LIFE
    return _to(mail, letter, name=row.name, address=row.email, token=token)


def _about_recovery(
    session: Session, mail: AccountMail, token: str, at: datetime
) -> Envelope | None:
    person = person_with_login(session, mail.login or "")
    if person is None or not person.email or not person.is_active:
        return None
    mail.person_id = person.id
    if _too_many(session, _letters_of(person), mail, at):
        return None
    if is_officer(session, person.id, at):
        return _to(mail, Letter.RECOVER_OFFICER, name=person.name, address=person.email)
    link = AccountLink(
        person_id=person.id,
        purpose=LinkPurpose.RECOVER,
        digest=digest_of(token),
        email=person.email,
        created_at=at,
        expires_at=at + RECOVERY_LIFE,
    )
    _link(session, link)
    return _to(mail, Letter.RECOVER, name=person.name, address=person.email, token=token)


def _about_new_address(
    session: Session, mail: AccountMail, token: str, at: datetime
) -> Envelope | None:
    person = session.get(Person, mail.person_id)
    if person is None or not mail.login or _too_many(session, _letters_of(person), mail, at):
        return None
    link = AccountLink(
        person_id=person.id,
        purpose=LinkPurpose.CONFIRM_EMAIL,
        digest=digest_of(token),
        email=mail.login,
        created_at=at,
        expires_at=at + ACTIVATION_LIFE,
    )
    _link(session, link)
    return _to(mail, Letter.CONFIRM_EMAIL, name=person.name, address=mail.login, token=token)


def _about_draft(session: Session, mail: AccountMail) -> Envelope | None:
    """None when it was sent, deleted or written in since; `look_at` is when it is deleted."""
    row = session.execute(
        select(Draft, DraftWatch.look_at, Procedure.name)
        .join(DraftWatch, DraftWatch.draft_id == Draft.id)
        .join(Procedure, Procedure.id == Draft.procedure_id)
        .where(Draft.id == mail.draft_id, Draft.dossier_id.is_(None))
        .where(Draft.updated_at <= mail.created_at)
    ).one_or_none()
    if row is None or not mail.login:
        return None
    draft, ends_at, procedure = row
    # It goes at midnight: the day before is the last on which it is there.
    last_day = local_date(ends_at - timedelta(minutes=1))
    person = session.get(Person, draft.person_id) if draft.person_id else None
    envelope = _to(
        mail,
        Letter.DRAFT_ENDS if person else Letter.VISITORS_DRAFT_ENDS,
        name=person.name if person else str(draft.applicant.get("name") or mail.login),
        address=mail.login,
        token=draft.id,
    )
    facts = {"procedure": procedure, "day": f"{last_day:%d/%m/%Y}"}
    return replace(envelope, facts=facts) if envelope else None


def _with_code(session: Session, mail: AccountMail, token: str, at: datetime) -> Envelope | None:
    """A code that opens a dossier, to the address given in it and to nobody else."""
    dossier = make_proof_code(session, mail, at)
    if dossier is None:
        return None
    name = dossier.owner_name if dossier.owner_email else dossier.submitter_name
    envelope = _to(mail, Letter.PROOF_CODE, name=name, address=address_of(dossier))
    minutes = int(LIFE.total_seconds() // 60)
    facts = {"code": dossier.code, "digits": digits_of(token), "life": str(minutes)}
    return replace(envelope, facts=facts) if envelope else None


def _about_what_was_written(session: Session, mail: AccountMail) -> Envelope | None:
    """A draft, or feedback."""
    about = _about_draft if mail.purpose is MailPurpose.DRAFT_ENDS else _about_feedback
    return about(session, mail)


def _about_feedback(session: Session, mail: AccountMail) -> Envelope | None:
    """To the account, or the address told with it; only an account has a page to read it on."""
    row = session.execute(
        select(Complaint, Unit.name, Person.email)
        .join(Unit, Unit.id == Complaint.unit_id)
        .outerjoin(Person, Person.id == Complaint.sender_id)
        .where(Complaint.id == mail.complaint_id)
    ).one_or_none()
    if row is None:
        return None
    complaint, unit, of_account = row
    address = mail.login if complaint.sender_id is None else of_account
    letters = (Letter.VISITORS_FEEDBACK_RECEIVED, Letter.VISITORS_FEEDBACK_ANSWERED)
    if complaint.sender_id is not None:
        letters = (Letter.FEEDBACK_RECEIVED, Letter.FEEDBACK_ANSWERED)
    envelope = _to(
        mail,
        letters[mail.purpose is MailPurpose.FEEDBACK_ANSWERED],
        # A name that a visitor has typed may be anything, and the address anybody's.
        name=complaint.sender_name if complaint.sender_id is not None else mail.login or "",
        address=address,
        token=complaint.code,
    )
    facts = {
        "code": complaint.code,
        "unit": unit,
        "day": f"{local_date(complaint.due_at):%d/%m/%Y}" if complaint.due_at else "",
        "answer": complaint.answer or "",
    }
    return replace(envelope, facts=facts) if envelope else None


#: News carry no link that does anything.
_NEWS = {
    MailPurpose.PASSWORD_CHANGED: Letter.PASSWORD_CHANGED,
    MailPurpose.EMAIL_CHANGED: Letter.EMAIL_CHANGED,
    MailPurpose.LOCKED: Letter.LOCKED,
}


def _news(session: Session, mail: AccountMail) -> Envelope | None:
    if mail.person_id is not None:
        person = session.get(Person, mail.person_id)
    else:
        person = person_with_login(session, mail.login or "")
    if person is None:
        return None
    old = mail.login if mail.purpose is MailPurpose.EMAIL_CHANGED else None
    return _to(mail, _NEWS[mail.purpose], name=person.name, address=old or person.email)


def _to(
    mail: AccountMail, letter: Letter, *, name: str, address: str | None, token: str = ""
) -> Envelope | None:
    """The envelope; none without an address."""
    if not address:
        return None
    return Envelope(
        key=f"account-{mail.id}",
        to=address,
        name=name,
        letter=letter,
        language=mail.language,
        at=mail.created_at,
        token=token,
    )


def _link(session: Session, link: AccountLink) -> None:
    """Only the newest link of a kind works; the one of this promise is made once."""
    if session.scalar(select(AccountLink.id).where(AccountLink.digest == link.digest)) is not None:
        return
    session.execute(
        update(AccountLink)
        .where(
            AccountLink.person_id == link.person_id,
            AccountLink.purpose == link.purpose,
            AccountLink.used_at.is_(None),
        )
        .values(used_at=link.created_at),
        execution_options={"synchronize_session": False},
    )
    session.add(link)


def _letters_of(person: Person) -> Select[int]:
    return select(func.count()).select_from(AccountMail).where(AccountMail.person_id == person.id)


def _too_many(session: Session, same: Select[int], mail: AccountMail, at: datetime) -> bool:
    statement = same.where(
        AccountMail.purpose == mail.purpose,
        AccountMail.id < mail.id,
        AccountMail.created_at > at - timedelta(hours=1),
    )
    return (session.scalar(statement) or 0) >= MOST_AN_HOUR
