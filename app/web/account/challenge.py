"""The confirmation code in a form: shown, answered, spent."""

import secrets
from dataclasses import dataclass

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from app.actions.register import spend
from app.domain.accounts.challenges import LIFE, Challenge
from app.foundation.clock import now
from app.foundation.db import transaction
from app.web.account.entering import secret_key


@dataclass(frozen=True, kw_only=True)
class Posed:
    """A challenge as a page shows it."""

    token: str
    challenge: Challenge

    @property
    def question(self) -> str:
        """For those who cannot see the picture."""
        return self.challenge.question


def posed() -> Posed:
    """A new challenge."""
    token = str(_signer().dumps([secrets.token_urlsafe(12), int(now().timestamp())]))
    return Posed(token=token, challenge=_challenge(token))


def posed_before(token: str) -> Posed | None:
    """The challenge behind a token that is genuine and not too old."""
    try:
        _, made = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    if now().timestamp() - made > LIFE.total_seconds():
        return None
    return Posed(token=token, challenge=_challenge(token))


def still_posed() -> Posed:
    """The one of this post, to be shown again; a new one when it is worth nothing."""
    if request.form.get("action") == "another":
        return posed()
    return posed_before(request.form.get("challenge", "")) or posed()


def is_met() -> bool:
    """Whether this post answers its challenge; asking uses it up."""
    shown = posed_before(request.form.get("challenge", ""))
    if shown is None:
        return False
    with transaction() as session:
        fresh = spend(session, shown.challenge, at=now())
    code, answer = request.form.get("captcha", ""), request.form.get("answer", "")
    return fresh and shown.challenge.is_met_by(code[:20], answer[:20])


def _challenge(token: str) -> Challenge:
    return Challenge(name=token, secret=secret_key())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(), salt="challenge")
