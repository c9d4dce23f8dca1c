"""One-time codes from a phone (RFC 6238), and the codes kept for the day it is lost."""

import base64
import hashlib
import secrets
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken

#: Seconds a code lives; the one before and the one after count as well, since clocks differ.
PERIOD = 30
#: How many codes for the loss of the phone are handed out.
RECOVERY_CODES = 8
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """A secret as authenticator apps read it."""
    return pyotp.random_base32()


def sealed(secret: str, house_key: str) -> bytes:
    """The secret as it is stored: worth nothing to whoever has the database alone."""
    return _box(house_key).encrypt(secret.encode())


def unsealed(stored: bytes, house_key: str) -> str | None:
    """The secret; None when the house's key has changed meanwhile."""
    try:
        return _box(house_key).decrypt(stored).decode()
    except InvalidToken:
        return None


def address_for_apps(secret: str, username: str, house: str) -> str:
    """What the square picture says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=house)


def period_of(secret: str, code: str, at: datetime, used: int | None) -> int | None:
    """The period to which a code belongs; None when it is wrong or its period is used up."""
    now = int(at.timestamp()) // PERIOD
    typed = code.replace(" ", "")
    for period in (now, now - 1, now + 1):
        right = pyotp.TOTP(secret).generate_otp(period)
        if secrets.compare_digest(right.encode(), typed.encode()):
            return period if used is None or period > used else None
    return None


def recovery_codes() -> tuple[str, ...]:
    """Fresh codes to be kept on paper."""
    return tuple(
        "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    )


def plain_code(typed: str) -> str:
    """A recovery code as it is compared, however it was typed."""
    letters = "".join(typed.split()).replace("-", "").lower()
    return f"{letters[:5]}-{letters[5:]}"


def _box(house_key: str) -> Fernet:
    key = hashlib.scrypt(house_key.encode(), salt=b"totp", n=2**10, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(key))
