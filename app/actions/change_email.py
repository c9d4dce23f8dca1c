"""Take over another e-mail address, once its owner has followed the link sent there."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.actions.change_password import link_behind, void_links
from app.actions.promise_mail import promise_mail
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.queries import account_of, person_with_login
from app.domain.accounts.registrations import LinkPurpose, LinkVoid, MailPurpose
from app.domain.people.model import Person


def ask_new_email(
    session: Session, person: Person, email: str, *, language: str, at: datetime
) -> None:
    """Promise a link to the new address; whether another account has it is not told here."""
    promise_mail(
        session,
        MailPurpose.CONFIRM_EMAIL,
        login=email,
        person_id=person.id,
        language=language,
        at=at,
    )


def confirm_email(
    session: Session, token: str, *, whence: Whence, language: str, at: datetime
) -> Person:
    """Use the new address from now on, to log in as well. Raises LinkVoid."""
    link = link_behind(session, token, LinkPurpose.CONFIRM_EMAIL, at)
    person = session.get_one(Person, link.person_id)
    other = person_with_login(session, link.email)
    if not person.is_active or (other is not None and other.id != person.id):
        raise LinkVoid
    # A link for a new password may still lie in the mailbox that is given up.
    void_links(session, person.id, at=at)
    if person.email:
        promise_mail(
            session,
            MailPurpose.EMAIL_CHANGED,
            login=person.email,
            person_id=person.id,
            language=language,
            at=at,
        )
    try:
        with session.begin_nested():
            if person.username == person.email:
                person.username = link.email
            person.email = link.email
    except IntegrityError as error:
        # Somebody else has just become the one with this address.
        raise LinkVoid from error
    account_of(session, person.id).email_confirmed_at = at
    note(session, person.id, AccountEvent.EMAIL_CHANGED, whence=whence, at=at)
    return person
