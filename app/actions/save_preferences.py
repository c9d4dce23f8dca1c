"""Remember how somebody with an account wants to be told."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from app.domain.notices.model import Channel, NoticePreference
from app.domain.notices.reaching import Wishes
from app.foundation.actor import Actor
from app.foundation.errors import NotAllowed

_MINUTES = 60


def save_preferences(session: Session, wishes: Wishes, *, actor: Actor, at: datetime) -> None:
    """His own, and nobody else's; raises NotAllowed without an account."""
    if actor.person_id is None:
        raise NotAllowed
    session.merge(
        NoticePreference(
            person_id=actor.person_id,
            language=wishes.language,
            by_email=Channel.EMAIL in wishes.channels,
            by_sms=Channel.SMS in wishes.channels,
            by_app=Channel.APP in wishes.channels,
            by_zalo=Channel.ZALO in wishes.channels,
            quiet_from=_minutes(wishes.quiet.begin),
            quiet_to=_minutes(wishes.quiet.end),
            updated_at=at,
        )
    )
    session.flush()


def _minutes(at: time) -> int:
    return at.hour * _MINUTES + at.minute
