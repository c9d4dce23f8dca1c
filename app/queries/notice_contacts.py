"""Where the reader of a notice can be reached, and how he wants to be told."""

from datetime import time

from sqlalchemy.orm import Session

from app.domain.dossiers.model import Dossier
from app.domain.dossiers.status import Channel as WayIn
from app.domain.notices.model import Channel, Notice, NoticePreference, Party
from app.domain.notices.pacing import QuietHours
from app.domain.notices.reaching import Contact, Wishes
from app.domain.people.model import Person

_MINUTES = 60


def contact_of(session: Session, notice: Notice, dossier: Dossier) -> Contact:
    """The reader: the applicant as the dossier tells him, everybody else by his account."""
    wishes = wishes_of(session, notice.person_id)
    person = session.get(Person, notice.person_id) if notice.person_id else None
    if notice.party is Party.OWNER:
        return Contact(
            name=dossier.owner_name,
            email=dossier.owner_email or (person.email if person else None),
            phone=_phone_of_owner(dossier, person),
            wishes=wishes,
        )
    if notice.party is Party.SUBMITTER and dossier.authorisation is not None:
        return Contact(
            name=dossier.submitter_name,
            email=dossier.submitter_email or (person.email if person else None),
            phone=_phone_of_submitter(dossier, person),
            wishes=wishes,
        )
    return Contact(
        name=person.name if person else "",
        email=person.email if person else None,
        phone=person.phone if person else None,
        wishes=wishes,
    )


def _phone_of_submitter(dossier: Dossier, person: Person | None) -> str | None:
    """The same: nobody has confirmed the number a visitor types."""
    if dossier.channel is WayIn.ONLINE and person is None:
        return None
    return dossier.submitter_phone or (person.phone if person else None)


def _phone_of_owner(dossier: Dossier, person: Person | None) -> str | None:
    """Whoever sent it without an account is told by e-mail only (spec R3-03)."""
    if dossier.channel is WayIn.ONLINE and dossier.submitter_id is None:
        return None
    return dossier.owner_phone or (person.phone if person else None)


def wishes_of(session: Session, person_id: int | None) -> Wishes:
    """As he chose, or the defaults."""
    found = session.get(NoticePreference, person_id) if person_id else None
    if found is None:
        return Wishes()
    chosen = {
        Channel.EMAIL: found.by_email,
        Channel.SMS: found.by_sms,
        Channel.APP: found.by_app,
        Channel.ZALO: found.by_zalo,
    }
    return Wishes(
        language=found.language,
        channels=frozenset(channel for channel, wanted in chosen.items() if wanted),
        quiet=QuietHours(begin=_clock(found.quiet_from), end=_clock(found.quiet_to)),
    )


def _clock(minutes: int) -> time:
    return time(*divmod(minutes, _MINUTES))
