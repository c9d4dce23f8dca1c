"""Exchange a provider's tokens before they expire; both of the new pair are stored at once.

A refresh token is good for one exchange. Whoever is killed between the answer and the note has lost
the pair: then somebody enters a new one (`notices token`), and what waits is sent.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.carriers.by_zalo import Pair
from app.domain.notices.model import Channel, ChannelToken
from app.foundation.appointments import POST, comes_due
from app.foundation.due import Due

#: Nobody exchanges again before the exchange at hand must have ended.
LEASE = timedelta(minutes=2)
#: So much earlier than they expire.
MARGIN = timedelta(hours=1)
#: Waits after the first, second, ... failure; then as long as the last.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


class DueTokens:
    """The pairs that wait to be exchanged, as the scheduler looks for rows: one a channel."""

    def due(self, session: Session, at: datetime, limit: int = 100) -> list[Due]:
        """Those to exchange by then."""
        found = session.scalars(
            select(ChannelToken)
            .where(ChannelToken.refresh_at <= at)
            .order_by(ChannelToken.refresh_at)
            .limit(limit)
        )
        return [Due(pair.refresh_at, _ORDER.index(pair.channel)) for pair in found]

    def next(self, session: Session, after: datetime) -> datetime | None:
        """When the next one is to be exchanged."""
        return session.scalar(
            select(ChannelToken.refresh_at)
            .where(ChannelToken.refresh_at > after)
            .order_by(ChannelToken.refresh_at)
            .limit(1)
        )


_ORDER = tuple(Channel)
DUE_TOKENS = DueTokens()


def take_token(session: Session, row: int, *, at: datetime) -> str | None:
    """The refresh token, once; None when somebody else exchanges it."""
    pair = _locked(session, row)
    if pair is None or pair.refresh_at > at:
        return None
    pair.refresh_at = at + LEASE
    session.flush()
    return pair.refresh_token


def note_token(session: Session, row: int, outcome: Pair | str, *, at: datetime) -> bool:
    """Store the new pair, or wait longer each time."""
    pair = _locked(session, row)
    if pair is None:
        return False
    if isinstance(outcome, str):
        pair.attempts += 1
        pair.refresh_at = at + WAITS[min(pair.attempts, len(WAITS)) - 1]
    else:
        lasts = timedelta(seconds=outcome.seconds)
        pair.access_token, pair.refresh_token = outcome.access, outcome.refresh
        pair.refresh_at, pair.attempts = at + max(lasts - MARGIN, lasts / 2), 0
        pair.updated_at = at
    comes_due(session, pair.refresh_at, whom=POST)
    session.flush()
    return not isinstance(outcome, str)


def enter_tokens(
    session: Session, channel: Channel, *, access: str, refresh: str, at: datetime
) -> None:
    """The pair that somebody got from the provider by hand; it is exchanged at once."""
    session.merge(
        ChannelToken(
            channel=channel,
            access_token=access,
            refresh_token=refresh,
            refresh_at=at,
            attempts=0,
            updated_at=at,
        )
    )
    comes_due(session, at, whom=POST)
    session.flush()


def _locked(session: Session, row: int) -> ChannelToken | None:
    return session.scalar(
        select(ChannelToken)
        .where(ChannelToken.channel == _ORDER[row])
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
