"""Log-in in two steps: switched on with a first code, passed with a code, switched off."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.actions.account_log import note
from app.domain.accounts.events import AccountEvent, Whence
from app.domain.accounts.model import Account, LogInMethod, RecoveryCode
from app.domain.accounts.queries import account_of
from app.domain.accounts.totp import (
    new_secret,
    period_of,
    plain_code,
    recovery_codes,
    sealed,
    unsealed,
)
from app.domain.people.rules import digest_of


def begin_two_steps(session: Session, person_id: int, *, house_key: str) -> str | None:
    """The secret to be scanned; in force only once a code of it has been typed.

    None where one is in force already: replacing it would lock its owner out.
    """
    account = account_of(session, person_id)
    if account.totp_since is not None:
        return None
    if account.totp_secret is not None:
        known = unsealed(account.totp_secret, house_key)
        if known is not None:
            return known
    secret = new_secret()
    account.totp_secret, account.totp_last = sealed(secret, house_key), None
    session.flush()
    return secret


def switch_on(
    session: Session, person_id: int, code: str, *, house_key: str, whence: Whence, at: datetime
) -> tuple[str, ...] | None:
    """Put it in force; returns the recovery codes, shown this once. None for a wrong code."""
    account = account_of(session, person_id)
    secret = unsealed(account.totp_secret, house_key) if account.totp_secret else None
    period = period_of(secret, code, at, account.totp_last) if secret else None
    if period is None or account.totp_since is not None:
        return None
    account.totp_since, account.totp_last = at, period
    note(session, person_id, AccountEvent.TOTP_SWITCHED_ON, whence=whence, at=at)
    return _fresh_codes(session, person_id)


def pass_second_step(
    session: Session, person_id: int, typed: str, *, house_key: str, at: datetime
) -> LogInMethod | None:
    """Use a code up, of the phone or of the paper; None when it is neither."""
    account = session.get(Account, person_id, with_for_update=True)
    if account is None or account.totp_secret is None or account.totp_since is None:
        return None
    secret = unsealed(account.totp_secret, house_key)
    period = period_of(secret, typed, at, account.totp_last) if secret else None
    if period is not None:
        account.totp_last = period
        session.flush()
        return LogInMethod.TOTP
    kept = session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.digest == digest_of(plain_code(typed)),
            RecoveryCode.used_at.is_(None),
        )
    )
    if kept is None:
        return None
    kept.used_at = at
    session.flush()
    return LogInMethod.RECOVERY_CODE


def switch_off(
    session: Session,
    person_id: int,
    *,
    whence: Whence,
    at: datetime,
    actor_id: int | None = None,
) -> None:
    """One step is enough again."""
    account = account_of(session, person_id)
    if account.totp_since is None:
        return
    account.totp_secret = account.totp_since = account.totp_last = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    note(
        session,
        person_id,
        AccountEvent.TOTP_SWITCHED_OFF,
        whence=whence,
        at=at,
        actor_id=actor_id,
    )


def new_codes(session: Session, person_id: int, *, whence: Whence, at: datetime) -> tuple[str, ...]:
    """Other recovery codes; the old ones are void."""
    note(session, person_id, AccountEvent.CODES_ISSUED, whence=whence, at=at)
    return _fresh_codes(session, person_id)


def _fresh_codes(session: Session, person_id: int) -> tuple[str, ...]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = recovery_codes()
    session.add_all(RecoveryCode(person_id=person_id, digest=digest_of(code)) for code in codes)
    session.flush()
    return codes
