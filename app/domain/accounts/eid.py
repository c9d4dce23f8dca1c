"""Identities of a national system (VNeID), and whose account each belongs to (spec R2-01, §8)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.model import Account, EidLink, Gender
from app.domain.people.model import Membership, Person
from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext


class ClaimMissing(Invalid):
    """The system vouches for somebody without saying who it is."""

    message = lazy_gettext(
        "VNeID did not tell us your name and personal identification number. Nothing was changed; "
        "please try again, and allow VNeID to share them."
    )


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is, on the word of a national system."""

    issuer: str
    #: The person's name there, never given to another.
    subject: str
    name: str
    number: str = field(repr=False)
    birth_date: date | None = None
    gender: Gender | None = None
    email: str | None = None
    phone: str | None = None


class Standing(Enum):
    """How an identity stands to the accounts of the house."""

    LINKED = "LINKED"  # it has opened this account before
    PROVED = "PROVED"  # an account with this number, for which somebody has vouched
    CLAIMED = "CLAIMED"  # an account whose owner says that the number is his
    NEW = "NEW"  # nobody has the number


@dataclass(frozen=True, kw_only=True)
class Match:
    """What was found; `people` are the accounts in question."""

    standing: Standing
    people: tuple[Person, ...] = ()


def read_claims(claims: Mapping[str, Any], issuer: str) -> Identity:
    """The identity in the claims of VNeID or of the national portal. Raises ClaimMissing."""
    number = _text(claims, "SoDinhDanh", "SoCMND").replace(" ", "")
    name = _text(claims, "HoVaTen", "name")
    subject = _text(claims, "sub")
    if not (subject and name and re.fullmatch(r"\d{9}|\d{12}", number)):
        raise ClaimMissing
    return Identity(
        issuer=issuer,
        subject=subject[:200],
        name=name[:120],
        number=number,
        birth_date=_date(_text(claims, "NgayThangNamSinh")),
        gender=_GENDERS.get(_text(claims, "GioiTinh").casefold()),
        email=_text(claims, "ThuDienTu", "email")[:80].lower() or None,
        phone=_text(claims, "SoDienThoai")[:20] or None,
    )


def match(session: Session, identity: Identity) -> Match:
    """Whose account it opens: by its own link, then by the personal number, never by the name."""
    linked = session.scalar(
        select(Person)
        .join(EidLink, EidLink.person_id == Person.id)
        .where(EidLink.issuer == identity.issuer, EidLink.subject == identity.subject)
    )
    if linked is not None:
        return Match(standing=Standing.LINKED, people=(linked,))
    rows = session.execute(
        select(Person, Account.proof)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(
            Person.identity_number == identity.number,
            Person.is_active.is_(True),
            # An officer's account belongs to his unit; as a citizen he has one of his own.
            ~select(Membership.id).where(Membership.person_id == Person.id).exists(),
        )
        .order_by(Person.id)
        .limit(20)
    ).all()
    proved = tuple(person for person, proof in rows if proof is not None)
    if proved:
        return Match(standing=Standing.PROVED, people=proved[:1])
    if rows:
        return Match(standing=Standing.CLAIMED, people=tuple(person for person, _ in rows))
    return Match(standing=Standing.NEW)


def one_of(people: Sequence[Person], person_id: int) -> bool:
    """Whether the person is among them."""
    return any(person.id == person_id for person in people)


_GENDERS = {"nam": Gender.MALE, "nữ": Gender.FEMALE, "1": Gender.MALE, "2": Gender.FEMALE}


def _text(claims: Mapping[str, Any], *names: str) -> str:
    """The first of these claims that says something."""
    told = (" ".join(str(claims.get(name) or "").split()) for name in names)
    return next(filter(None, told), "")


def _date(text: str) -> date | None:
    """`27/03/1990`, `1990-03-27` or `19900327`; anything else is no date."""
    for form in (
        r"(?P<d>\d{2})/(?P<m>\d{2})/(?P<y>\d{4})",
        r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})",
    ):
        if found := re.fullmatch(form, text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
