"""Edit what an account tells of its owner (spec R3-14)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import Gender
from app.domain.accounts.queries import account_of
from app.domain.people.model import Person


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What people may tell of themselves, checked."""

    name: str
    phone: str | None = None
    gender: Gender | None = None
    birth_date: date | None = None
    identity_number: str | None = None
    address: str | None = None


def edit_profile(
    session: Session, person: Person, profile: Profile, *, whence: Whence, at: datetime
) -> None:
    """Replace it; what a national system or an officer vouches for stays as it is."""
    account = account_of(session, person.id)
    if account.proof is None:
        person.name = profile.name
        person.identity_number = profile.identity_number
        account.gender = profile.gender
        account.birth_date = profile.birth_date
    person.phone = profile.phone
    account.address = profile.address
    note(session, person.id, AccountEvent.PROFILE_CHANGED, whence=whence, at=at)
