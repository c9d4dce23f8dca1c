"""A second factor for whoever has no identity number at hand: a code sent by e-mail (R3-03)."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.actions.promise_mail import link_token, promise_mail
from app.domain.accounts.registrations import AccountMail, MailPurpose
from app.domain.dossiers.codes import is_code
from app.domain.dossiers.model import Dossier
from app.domain.dossiers.proofs import KEPT, LIFE, MOST_AN_HOUR, MOST_TRIES, ProofCode, digits_of
from app.foundation.errors import Invalid
from app.foundation.text import gettext


def ask_proof_code(session: Session, code: str, *, language: str, at: datetime) -> None:
    """Promise a code to the address of the dossier, if there is such a dossier.

    Nothing is looked up here: a known and an unknown code take the same way and the same time.
    Raises Invalid for what is no code of a dossier.
    """
    if not is_code(code):
        wrong = gettext("Enter the code of the dossier, for example H27.01-241101-0001.")
        raise Invalid(errors={"code": [wrong]})
    promise_mail(session, MailPurpose.PROOF_CODE, login=code, language=language, at=at)


def make_proof_code(session: Session, mail: AccountMail, at: datetime) -> Dossier | None:
    """Let the code of that promise count from now on, and no earlier one of the dossier.

    None for an unknown dossier, one without address, and one that was sent enough of them.
    """
    dossier = session.scalar(select(Dossier).where(Dossier.code == (mail.login or "")))
    if dossier is None or not address_of(dossier):
        return None
    if session.scalar(select(ProofCode.id).where(ProofCode.mail_id == mail.id)) is not None:
        return dossier
    mine = ProofCode.dossier_id == dossier.id
    session.execute(delete(ProofCode).where(mine, ProofCode.created_at <= at - KEPT))
    lately = ProofCode.created_at > at - timedelta(hours=1)
    if (session.scalar(select(func.count(ProofCode.id)).where(mine, lately)) or 0) >= MOST_AN_HOUR:
        return None
    session.add(
        ProofCode(dossier_id=dossier.id, mail_id=mail.id, created_at=at, expires_at=at + LIFE)
    )
    session.flush()
    return dossier


def address_of(dossier: Dossier) -> str | None:
    """The mailbox that was told when it was sent: the owner's, or that of whoever acts for him."""
    return dossier.owner_email or dossier.submitter_email


def proves_by_code(session: Session, code: str, digits: str, *, secret: str, at: datetime) -> bool:
    """Whether `digits` are the newest code sent for the dossier; spends it, or one of its tries."""
    newest = session.scalar(
        select(ProofCode)
        .join(Dossier, Dossier.id == ProofCode.dossier_id)
        .where(Dossier.code == code)
        .order_by(ProofCode.id.desc())
        .limit(1)
        .with_for_update(of=ProofCode)
        .execution_options(populate_existing=True)
    )
    expected = digits_of(link_token(secret, newest.mail_id if newest else 0))
    fits = hmac.compare_digest("".join(digits.split()).encode(), expected.encode())
    if newest is None or newest.used_at is not None or newest.expires_at <= at:
        return False
    if newest.tries >= MOST_TRIES:
        return False
    if fits:
        newest.used_at = at
    else:
        newest.tries += 1
    session.flush()
    return fits
